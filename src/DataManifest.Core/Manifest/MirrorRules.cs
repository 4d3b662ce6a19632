using DataManifest.Diagnostics;
using DataManifest.Text;
using DataManifest.Toml;

namespace DataManifest.Manifest;

/// <summary>Checks the mirrors of one dataset: <c>mirrors</c> in its <c>_DOTNET</c> table. A mirror that cannot be used is left out, and said to be.</summary>
internal sealed class MirrorRules(List<Finding> findings)
{
    private static readonly HashSet<string> Schemes =
        ["", "http", "https", "file", "git", "ssh+git", "ssh", "sshfs", "rsync", "s3", "gs", "gcs", "az", "abfs", "abfss", "adl", "gdrive"];

    /// <summary>The mirrors that can be used, in their order.</summary>
    /// <param name="table">The dataset's table.</param>
    public static IReadOnlyList<string> Read(TomlTable table) =>
        Field(table) is TomlArray { Items: var items } ? [.. items.Where(item => Problem(item) is null).Select(item => ((TomlString)item).Value)] : [];

    /// <summary>Checks a dataset.</summary>
    public void Check(DatasetDeclaration dataset, TomlTable table)
    {
        if (table["_DOTNET"] is { } extras and not TomlTable)
        {
            Report("'_DOTNET' of dataset '{0}' is no table, so it is ignored; write [{0}._DOTNET].", extras.Span);
        }

        if (Field(table) is not { } mirrors)
        {
            return;
        }

        if (mirrors is not TomlArray { Items: var items })
        {
            Report("'mirrors' of dataset '{0}' is no list, so it is ignored; write mirrors = [\"https://…\"].", mirrors.Span);
            return;
        }

        foreach (var (item, problem) in items.Select(item => (item, Problem(item))).Where(found => found.Item2 is not null))
        {
            Report($"A mirror of dataset '{{0}}' {problem}.", item.Span);
        }

        if (items.Count > 0 && dataset is { Uri.Length: 0, Uris.Count: 0 })
        {
            Report("'mirrors' of dataset '{0}' have no effect, since it has no uri; move the first of them there.", mirrors.Span);
        }
        else if (dataset is { Checksum.Length: 0, Mirrors.Count: > 0, SkipDownload: false, LazyAccess: false })
        {
            findings.Add(new Finding(
                dataset.Name,
                DiagnosticRules.MirrorsUnpinned,
                $"Dataset '{dataset.Name}' has mirrors and no checksum, so nothing tells whether a mirror has the same data; pin its checksum.",
                mirrors.Span));
        }

        void Report(string message, TextSpan span) =>
            findings.Add(new Finding(dataset.Name, DiagnosticRules.MalformedMirror, message.Replace("{0}", dataset.Name), span));
    }

    private static TomlValue? Field(TomlTable table) => (table["_DOTNET"] as TomlTable)?["mirrors"];

    private static string? Problem(TomlValue item) => item switch
    {
        not TomlString => "is no text, so it is ignored; put it into quotes",
        TomlString { Value: var uri } when uri.Trim().Length == 0 => "is empty, so it is ignored; remove it",
        TomlString { Value: var uri } when !SourceUri.TryParse(uri, out var parts) || (parts.Host.Length == 0 && parts.Path.Length == 0) =>
            "cannot be read as a uri, so it is ignored; correct it",
        TomlString { Value: var uri } when SourceUri.TryParse(uri, out var parts) && !Schemes.Contains(parts.Scheme) && parts.Scheme.Length > 1 =>
            $"has the scheme '{parts.Scheme}', which is not supported, so it is ignored; use https",
        TomlString { Value: var uri } when UriCredentials.IsIn(uri) =>
            "has a password, a token or a signature in it, which everybody who sees the manifest can use, so it is ignored; put them into ~/.netrc",
        _ => null,
    };
}
