using DataManifest.Diagnostics;
using DataManifest.Fetching;
using DataManifest.Provenance;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace DataManifest.Build;

/// <summary>Fetches what a manifest declares and is not there, and says what the next build has to find for there to be nothing to do.</summary>
[MSBuildMultiThreadableTask]
public sealed class FetchDatasets : FetchTask
{
    private const int MostNames = 10;

    /// <summary>Whether a dataset without a checksum is an error instead of a warning.</summary>
    public bool Locked { get; set; }

    /// <summary>The licences that data may have, as SPDX writes them, with bars or semicolons between them; empty for any.</summary>
    public string AllowedLicenses { get; set; } = "";

    /// <summary>The lines of the stamp that each project keeps.</summary>
    [Output]
    public ITaskItem[] StampLines { get; private set; } = [];

    /// <summary>The datasets that are there now, as items.</summary>
    [Output]
    public ITaskItem[] Datasets { get; private set; } = [];

    /// <summary>The same as elements of the file that the next evaluation of each project reads.</summary>
    [Output]
    public ITaskItem[] ItemLines { get; private set; } = [];

    /// <summary>The record of what the datasets contain; none when there is nothing to record.</summary>
    [Output]
    public ITaskItem[] Contents { get; private set; } = [];

    private protected override string NamedBy => "A DatasetReference of the project names it.";

    private protected override void Run(Database database)
    {
        var stamp = new BuildStamp(database);
        foreach (var dataset in Select(database).Where(dataset => Locked && database.Manifest.Get(dataset.Name)!.LacksPin))
        {
            ReportError(database.Manifest.Diagnose(
                DiagnosticRules.Unpinned, $"Dataset '{dataset.Name}' has no checksum, and the manifest is locked. Run 'dotnet build -t:DataSync' and commit the manifest.", dataset.Name));
        }

        if (AllowedLicenses.Length > 0)
        {
            foreach (var found in database.CheckLicenses(new LicensePolicy(AllowedLicenses.Split('|', ';')), Selection))
            {
                ReportError(found);
            }
        }

        var fetched = Fetch(database);
        if (Log.HasLoggedErrors)
        {
            // The compiler, whose analyzer shows them otherwise, will not run; and a misspelt field is often the cause.
            ReportWarnings(database);
        }

        if (fetched is not { } report)
        {
            return;
        }

        WarnOfUnpinned(database, [.. report.Results.Where(result => result.Outcome != FetchOutcome.Failed && database.Manifest.Get(result.Dataset.Name)!.LacksPin)]);

        if (!Log.HasLoggedErrors)
        {
            var contents = RecordContents(database, report);
            Contents = contents.Path.Length > 0 ? [new TaskItem(MSBuildText.Escape(contents.Path))] : [];
            Dataset[] datasets = [.. report.Results.Select(result => result.Dataset)];
            var references = Names.GroupBy(name => database[name].Name).ToDictionary(names => names.Key, names => names.First());
            DatasetItem[] items = [.. datasets.Select(dataset => new DatasetItem(database, dataset, references.GetValueOrDefault(dataset.Name, "")))];
            StampLines = [.. stamp.Lines(datasets).Select(line => new TaskItem(line))];
            Datasets = [.. items.Select(item => item.ToItem())];
            // The names too, for a project with several manifests to see that one of them has each.
            var found = NamesOfSeveral ? Names.Concat(OnlyNamed).Select(name => $"<_DataManifestFound Include=\"{DatasetItem.Xml(MSBuildText.Escape(name))}\" />") : [];
            ItemLines = [.. items.Select(item => item.ToXml()).Concat(found).Select(line => new TaskItem(MSBuildText.Escape(line)))];
        }
    }

    /// <summary>Once for all of them, at the first one: the cure is one command, and MSBuild repeats every warning at the end.</summary>
    private void WarnOfUnpinned(Database database, FetchResult[] unpinned)
    {
        if (unpinned is [])
        {
            return;
        }

        var names = unpinned.Select(result => $"'{result.Dataset.Name}'").ToArray();
        var problem = unpinned is [var only]
            ? $"Dataset {names[0]} has no checksum{(only.ComputedChecksum.Length > 0 ? $"; what was fetched has {only.ComputedChecksum}" : "")}. Run 'dotnet build -t:DataSync' to write it into the manifest."
            : $"{names.Length} datasets have no checksum: {string.Join(", ", names.Take(MostNames))}{(names.Length > MostNames ? ", …" : "")}. Run 'dotnet build -t:DataSync' to write them into the manifest.";
        Report(database.Manifest.Diagnose(DiagnosticRules.Unpinned, problem, unpinned[0].Dataset.Name));
    }
}
