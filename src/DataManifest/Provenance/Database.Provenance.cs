using DataManifest.Citations;
using DataManifest.Diagnostics;
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
    public string DescribeProvenance(ProvenanceFormat format, IReadOnlyList<string>? names = null, string subject = "", string subjectVersion = "") =>
        DescribeProvenance([this], format, names, subject, subjectVersion);

    /// <summary>One document about the origin of the datasets of several manifests.</summary>
    /// <param name="databases">The manifests, one or more, in the order in which their datasets come.</param>
    /// <param name="format">Which document.</param>
    /// <param name="names">The datasets, by anything that finds exactly one each in each manifest that has it; null for all.</param>
    /// <param name="subject">The name of what uses the data, for formats that have a place for it; empty for none.</param>
    /// <param name="subjectVersion">Its version; may be empty.</param>
    /// <returns>The document's text, its lines ended by line feeds.</returns>
    /// <exception cref="DataManifestException">A name finds no dataset in any of them, or several in one.</exception>
    public static string DescribeProvenance(
        IReadOnlyList<Database> databases, ProvenanceFormat format, IReadOnlyList<string>? names = null, string subject = "", string subjectVersion = "")
    {
        (Database Database, Dataset Dataset)[] datasets = [.. databases.Distinct().SelectMany(
            database => database.WithRequirements(names is null ? null : [.. names.Where(name => OwnerOf(name) == database || database.Knows(name))]), (database, dataset) => (database, dataset))];
        if (format == ProvenanceFormat.CycloneDx)
        {
            return CycloneDx.Of([.. datasets.Select(found => (found.Database.Manifest, found.Dataset.Declaration))], subject, subjectVersion);
        }

        Citation[] citations = [.. datasets.Select(found => Citation.Of(found.Database.Manifest, found.Dataset.Declaration))];
        return format switch
        {
            ProvenanceFormat.BibTeX => Citation.ToBibTeX(citations),
            ProvenanceFormat.Cff => Cff.Of(citations),
            _ => AttributionPage.Of(citations),
        };

        // The first one says of a name that none of them knows what was probably meant.
        Database OwnerOf(string name) => databases.FirstOrDefault(database => database.Knows(name)) ?? databases[0];
    }

    private bool Knows(string name) => Manifest.Find(name).Rule != DiagnosticRules.DatasetNotFound;
}
