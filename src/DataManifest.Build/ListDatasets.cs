using Microsoft.Build.Framework;

namespace DataManifest.Build;

/// <summary>Lists the datasets of a manifest without fetching, reading or changing anything.</summary>
[MSBuildMultiThreadableTask]
public sealed class ListDatasets : DatasetTask
{
    /// <summary>One item per dataset: its local path, and what the manifest says of it as metadata.</summary>
    [Output]
    public ITaskItem[] Datasets { get; private set; } = [];

    private protected override void Run(Database database) => Datasets = [.. Select(database).Select(dataset => new DatasetItem(database, dataset).ToItem())];
}
