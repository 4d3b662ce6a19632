using DataManifest.Citations;
using DataManifest.Provenance;

namespace DataManifest;

/// <content>Documents about the origin of data.</content>
public sealed partial class Database
{
    /// <summary>
    /// A document about the origin of datasets and of what they require, from what the manifest says: nobody is asked, nothing is looked up on disk, and the
    /// same manifest always gives the same text.
    /// </summary>
    /// <param name="format">Which document.</param>
    /// <param name="names">The datasets, by anything that finds exactly one each; null for all.</param>
    /// <param name="subject">The name of what uses the data, for formats that have a place for it; empty for none.</param>
    /// <param name="subjectVersion">Its version; may be empty.</param>
    /// <returns>The document's text, its lines ended by line feeds.</returns>
    /// <exception cref="DataManifestException">A name finds no dataset, or several.</exception>
    public string DescribeProvenance(ProvenanceFormat format, IReadOnlyList<string>? names = null, string subject = "", string subjectVersion = "")
    {
        var datasets = WithRequirements(names);
        return format == ProvenanceFormat.CycloneDx ? CycloneDx.Of(Manifest, [.. datasets.Select(dataset => dataset.Declaration)], subject, subjectVersion) : Cite([.. datasets.Select(dataset => dataset.Name)]) switch
        {
            var citations when format == ProvenanceFormat.BibTeX => Citation.ToBibTeX(citations),
            var citations when format == ProvenanceFormat.Cff => Citation.ToCff(citations),
            var citations => AttributionPage.Of(citations),
        };
    }
}
