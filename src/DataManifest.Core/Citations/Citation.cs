using System.Text.RegularExpressions;
using DataManifest.Manifest;

namespace DataManifest.Citations;

/// <summary>
/// How a dataset is cited: what its manifest says in <c>doi</c>, <c>version</c>, <c>description</c> and in its <c>_DOTNET</c> table (<c>title</c>, <c>creators</c>, <c>license</c>,
/// <c>publisher</c>, <c>published</c>). Nobody is asked.
/// </summary>
public sealed record Citation
{
    private static readonly Lazy<Regex> Years = new(() => new(@"^\d{4}"));
    private static readonly Lazy<Regex> Resolver = new(() => new(@"^(?:doi:\s*|https?://(?:dx\.)?doi\.org/)", RegexOptions.IgnoreCase));

    /// <summary>The dataset's name in the manifest.</summary>
    public required string Name { get; init; }

    /// <summary>The title; the description, or else the name, where there is none.</summary>
    public required string Title { get; init; }

    /// <summary>Who made the data.</summary>
    public IReadOnlyList<CitedCreator> Creators { get; init; } = [];

    /// <summary>The day of publication, <c>yyyy-mm-dd</c>, or only its year or month; empty when it is not known.</summary>
    public string Published { get; init; } = "";

    /// <summary>The year of publication; empty when it is not known.</summary>
    public string Year => Years.Value.Match(Published).Value;

    /// <summary>Who published the data: the repository, or else the host that has them; empty when neither is known.</summary>
    public string Publisher { get; init; } = "";

    /// <summary>The version; empty when there is none.</summary>
    public string Version { get; init; } = "";

    /// <summary>The DOI without its resolver; empty when there is none.</summary>
    public string Doi { get; init; } = "";

    /// <summary>Where a reader finds the data: the DOI's address, or else the source without credentials; empty when the source is no address.</summary>
    public string Url { get; init; } = "";

    /// <summary>The licence; empty when it is not known.</summary>
    public string License { get; init; } = "";

    /// <summary>What a good citation has and this one lacks: <c>title</c>, <c>creators</c>, <c>published</c>, <c>doi</c>. Write it into the manifest.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    /// <summary>The citation of a dataset.</summary>
    /// <param name="manifest">The manifest.</param>
    /// <param name="dataset">One of its datasets.</param>
    public static Citation Of(ManifestDocument manifest, DatasetDeclaration dataset) => Of(dataset, DatasetMetadata.Read(manifest.TableOf(dataset.Name)));

    /// <summary>The citation of a dataset.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <param name="metadata">What its <c>_DOTNET</c> table says.</param>
    public static Citation Of(DatasetDeclaration dataset, DatasetMetadata metadata)
    {
        var doi = BareDoi(dataset.Doi);
        var source = UriCredentials.Remove(dataset.Uris.Count > 0 ? dataset.Uris[0] : dataset.Uri);
        var isAddress = Uri.TryCreate(source, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" or "ftp";
        var year = Years.Value.IsMatch(metadata.Published);
        return new Citation
        {
            Name = dataset.Name,
            Title = metadata.Title.Length > 0 ? metadata.Title : dataset.Description.Length > 0 ? dataset.Description : dataset.Name,
            Creators = [.. (metadata.Creators ?? []).Select(CitedCreator.Read)],
            Published = year ? metadata.Published : "",
            Publisher = metadata.Publisher.Length > 0 ? metadata.Publisher : isAddress ? uri!.Host : "",
            Version = dataset.Version,
            Doi = doi,
            Url = doi.Length > 0 ? $"https://doi.org/{doi}" : isAddress ? source : "",
            License = metadata.License,
            Missing = [.. new[] { ("title", metadata.Title.Length + dataset.Description.Length > 0), ("creators", metadata.Creators is { Count: > 0 }), ("published", year), ("doi", doi.Length > 0) }
                .Where(field => !field.Item2).Select(field => field.Item1)],
        };
    }

    /// <summary>A DOI without <c>doi:</c> or the address of a resolver before it.</summary>
    /// <param name="doi">The DOI, as written.</param>
    public static string BareDoi(string doi) => Resolver.Value.Replace(doi.Trim(), "").Trim();

    /// <summary>The citation as an entry of a BibTeX file.</summary>
    public string ToBibTeX() => BibTeX.Of(this);

    /// <summary>The citations of several datasets as one BibTeX file; no two of its entries have the same label.</summary>
    /// <param name="citations">The citations.</param>
    public static string ToBibTeX(IReadOnlyList<Citation> citations) => BibTeX.Of(citations);

    /// <summary>The citation as text, in the style of the American Psychological Association.</summary>
    public string ToApa() => Apa.Of(this);
}
