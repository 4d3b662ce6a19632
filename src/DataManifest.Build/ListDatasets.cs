using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace DataManifest.Build;

/// <summary>Lists the datasets of a manifest without fetching, reading or changing anything.</summary>
[MSBuildMultiThreadableTask]
public sealed class ListDatasets : DatasetTask
{
    /// <summary>One item per dataset: its local path, and what the manifest says of it as metadata.</summary>
    [Output]
    public ITaskItem[] Datasets { get; private set; } = [];

    private protected override void Run(Database database) => Datasets = [.. database.Datasets.Select(ToItem)];

    private static TaskItem ToItem(Dataset dataset)
    {
        var location = dataset.Location;
        var metadata = new Dictionary<string, string>
        {
            ["Name"] = dataset.Name,
            ["Key"] = dataset.Key,
            ["Uri"] = dataset.Uri,
            ["Checksum"] = dataset.Checksum,
            ["Version"] = dataset.Version,
            ["Doi"] = dataset.Doi,
            ["Format"] = dataset.Format,
            ["Description"] = dataset.Description,
            ["State"] = location.State.ToString(),
        };
        return new TaskItem(MSBuildText.Escape(location.Path), metadata.ToDictionary(field => field.Key, field => MSBuildText.Escape(field.Value)));
    }
}
