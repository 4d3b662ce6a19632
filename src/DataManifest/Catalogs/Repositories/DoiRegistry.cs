using System.Text.RegularExpressions;
using DataManifest.Diagnostics;
using DataManifest.Fetching;

namespace DataManifest.Catalogs.Repositories;

/// <summary>Any other DOI: where it leads is asked of its registry, and that address is recognised by one of the repositories.</summary>
/// <param name="repositories">The repositories.</param>
internal sealed partial class DoiRegistry(IReadOnlyList<IRepository> repositories) : IRepository
{
    /// <summary>The pattern of what may stand before a DOI: nothing, <c>doi:</c>, or the resolver's address.</summary>
    public const string Prefix = @"^\s*(?:doi:\s*|https?://(?:dx\.)?doi\.org/)?";

    /// <inheritdoc/>
    public Func<CatalogHttp, CancellationToken, Task<RepositoryAnswer>>? Recognize(string reference)
    {
        var doi = Doi().Match(reference).Groups[1].Value;
        return doi.Length == 0 ? null : async (http, token) =>
        {
            var answer = await http.FindJsonAsync($"https://doi.org/api/handles/{Uri.EscapeDataString(doi).Replace("%2F", "/", StringComparison.Ordinal)}?type=URL", token).ConfigureAwait(false)
                ?? throw Unknown($"The DOI {doi} is not registered.");
            var address = answer.Items("values").Where(value => value.Text("type") == "URL").Select(value => value.Text("data", "value")).FirstOrDefault() ?? "";
            var resolve = repositories.Select(repository => repository.Recognize(address)).FirstOrDefault(resolve => resolve is not null)
                ?? throw Unknown($"The DOI {doi} leads to {(address.Length == 0 ? "no address" : SafeUrl.Of(address))}, which is none of the known repositories.");
            return await resolve(http, token).ConfigureAwait(false);
        };
    }

    private static DataManifestException Unknown(string problem) =>
        new(DiagnosticRules.UnknownReference, problem, "", "Add the address of the file itself, and write the DOI into the dataset's doi.");

    [GeneratedRegex(Prefix + @"(10\.\d{4,9}/[^\s?#]+)\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex Doi();
}
