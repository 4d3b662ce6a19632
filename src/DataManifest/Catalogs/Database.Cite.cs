using DataManifest.Citations;

namespace DataManifest;

/// <content>Citing datasets.</content>
public sealed partial class Database
{
    /// <summary>How datasets are cited, by what the manifest says; nobody is asked.</summary>
    /// <param name="names">The datasets, by anything that finds exactly one each; null for all.</param>
    /// <returns>One citation per dataset.</returns>
    /// <exception cref="DataManifestException">A name finds no dataset, or several.</exception>
    public IReadOnlyList<Citation> Cite(IReadOnlyList<string>? names = null) => [.. Select(names).Select(dataset => Citation.Of(Manifest, dataset.Declaration))];
}
