using DataManifest.Diagnostics;
using DataManifest.Maintenance;
using DataManifest.Manifest;
using DataManifest.Text;
using Microsoft.Build.Framework;

namespace DataManifest.Build;

/// <summary>Says how the datasets of a manifest stand, without hashing, fetching or changing anything.</summary>
[MSBuildMultiThreadableTask]
public sealed class StatusDatasets : DatasetTask
{
    /// <summary>Whether what a build could not do without the network is an error: data that are missing or not whole.</summary>
    public bool Offline { get; set; }

    /// <summary>Whether that and a dataset without a checksum are errors.</summary>
    public bool Locked { get; set; }

    /// <summary>One item per dataset: its local path, and what the manifest says of it as metadata.</summary>
    [Output]
    public ITaskItem[] Datasets { get; private set; } = [];

    private protected override void Run(Database database)
    {
        foreach (var found in database.Manifest.Diagnostics.Where(found => found.Rule.Severity == DiagnosticSeverity.Error))
        {
            Report(found);
        }

        var status = Await((_, token) => database.StatusAsync(token));
        Dataset[] selected = [.. Select(database)];
        var names = selected.Select(dataset => dataset.Name).ToHashSet(StringComparer.Ordinal);
        Datasets = [.. selected.Select(dataset => new DatasetItem(database, dataset).ToItem())];
        StoredDataset[] Of(IEnumerable<StoredDataset> datasets) => [.. datasets.Where(dataset => names.Contains(dataset.Name))];
        var (missing, incomplete, unpinned) = (Of(status.Missing), Of(status.Incomplete), Of(status.Unpinned));

        Tell(database.Manifest, missing, DiagnosticRules.DataNotHere, "is not on this machine. Build with the network to fetch it", Offline || Locked);
        Tell(database.Manifest, incomplete, DiagnosticRules.DataNotHere, "is on this machine, but not wholly, or not as it was fetched. Build to verify it or fetch it again", Offline || Locked);
        Tell(database.Manifest, unpinned, DiagnosticRules.Unpinned, "has no checksum. Run 'dotnet build -t:DataSync' to write it into the manifest", Locked);
        Warn(status.Inventory.Warnings);
        Log.LogMessage(
            MessageImportance.High, "{0}: {1} of {2} present ({3}), {4} missing, {5} incomplete, {6} without a checksum",
            Path.GetFileName(Manifest), Of(status.Usable).Length, names.Count, ByteSize.Format(Of(status.Inventory.Datasets).Sum(dataset => dataset.Size ?? 0)), missing.Length, incomplete.Length, unpinned.Length);
    }

    private void Tell(ManifestDocument manifest, IEnumerable<StoredDataset> datasets, DiagnosticRule rule, string what, bool isError)
    {
        foreach (var dataset in datasets)
        {
            var text = $"Dataset '{dataset.Name}' {what}.";
            if (isError)
            {
                ReportError(manifest.Diagnose(rule, text, dataset.Name));
            }
            else
            {
                Log.LogMessage(MessageImportance.High, "{0}", text);
            }
        }
    }
}
