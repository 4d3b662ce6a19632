using Microsoft.Build.Framework;

namespace DataManifest.Build;

/// <summary>Lists the manifests beside one that was found, which are not used because it is there.</summary>
[MSBuildMultiThreadableTask]
public sealed class ListPassedOver : Microsoft.Build.Utilities.Task
{
    /// <summary>The manifest that was found.</summary>
    [Required]
    public string Manifest { get; set; } = "";

    /// <summary>The names of the others, for people; empty when there are none.</summary>
    [Output]
    public string Names { get; private set; } = "";

    /// <inheritdoc />
    public override bool Execute()
    {
        Names = MSBuildText.Escape(string.Join(" and ", ManifestDiscovery.PassedOver(Manifest)));
        return true;
    }
}
