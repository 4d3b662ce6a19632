using System.Text.Json;
using System.Text.RegularExpressions;
using DataManifest.Manifest;

namespace DataManifest.Catalogs.Repositories;

/// <summary>
/// The Hugging Face hub: <c>hf:owner/name[@rev][/file]</c>, with <c>datasets/</c> in front where it is no model. The revision is replaced by the commit that it is now,
/// so that the address stays what it is.
/// </summary>
internal sealed partial class HuggingFaceRepository : IRepository
{
    private const string Server = "https://huggingface.co";
    private const int MostFiles = 20_000;

    /// <inheritdoc/>
    public Func<CatalogHttp, CancellationToken, Task<RepositoryAnswer>>? Recognize(string reference)
    {
        var match = Short().Match(reference);
        return match.Success
            ? (http, token) => ResolveAsync(http, match.Groups["kind"].Value, match.Groups["name"].Value, match.Groups["rev"].Value, match.Groups["file"].Value, token)
            : null;
    }

    private static async Task<RepositoryAnswer> ResolveAsync(CatalogHttp http, string kind, string name, string revision, string file, CancellationToken cancellationToken)
    {
        var source = $"Hugging Face {name}";
        var query = $"{name}{(revision.Length == 0 ? "" : $"/revision/{Uri.EscapeDataString(revision)}")}?blobs=true";
        var answer = kind.Length > 0 ? null : await http.FindJsonAsync($"{Server}/api/models/{query}", cancellationToken).ConfigureAwait(false);
        kind = kind.Length > 0 ? kind : answer is null ? "datasets" : "models";
        var about = answer ?? await http.GetJsonAsync($"{Server}/api/{kind}/{query}", cancellationToken).ConfigureAwait(false);
        if (about.IsTrue("private") || about.Text("gated") is not "" and not "false" || about.IsTrue("gated"))
        {
            throw RepositoryErrors.NotOpen(source, "it is private or its terms must be agreed to");
        }

        var commit = about.Text("sha") is { Length: 40 } sha && sha.All(char.IsAsciiHexDigit) ? sha : throw RepositoryErrors.Unusable(source, "names no commit");
        List<JsonElement> siblings = [.. about.Items("siblings")];
        if (siblings.Count > MostFiles && file.Length == 0)
        {
            throw RepositoryErrors.Unusable(source, $"has more than {MostFiles} files; name one of them");
        }

        var place = $"{Server}/{(kind == "models" ? "" : kind + "/")}{name}/resolve/{commit}/";
        return new RepositoryAnswer(source, [new RepositoryRecord
        {
            FallbackName = name,
            Name = file.Length == 0 ? name : $"{name}/{DatasetNames.WithoutExtension(file)}",
            Metadata = new DatasetMetadata(
                name,
                about.Text("author") is { Length: > 0 } author ? [author] : [],
                Spdx.Of(about.Texts("cardData", "license") is [var license, ..] ? license : ""),
                "Hugging Face",
                about.Text("lastModified").Split('T')[0]),
            Files = [.. siblings.Where(entry => file.Length == 0 || entry.Text("rfilename") == file).Select(entry => File(entry, place))],
        }]) { File = file };
    }

    private static RepositoryFile File(JsonElement entry, string place)
    {
        var path = entry.Text("rfilename");
        var digest = entry.Text("lfs", "sha256");
        return new RepositoryFile(path, place + string.Join('/', path.Split('/').Select(Uri.EscapeDataString)), digest.Length == 0 ? "" : $"sha256:{digest}");
    }

    [GeneratedRegex(
        @"^\s*hf:(?://)?(?:(?<kind>datasets|spaces|models)/)?(?<name>[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+)(?:@(?<rev>[^/\s]+))?(?:/(?<file>\S.*?))?\s*$")]
    private static partial Regex Short();
}
