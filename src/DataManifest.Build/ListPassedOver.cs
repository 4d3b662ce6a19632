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
        try
        {
            Names = MSBuildText.Escape(string.Join(" and ", ManifestDiscovery.PassedOver(Manifest)));
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            // A folder that cannot be listed may still have a manifest that can be read.
            Log.LogMessage(MessageImportance.Low, "{0}", unreadable.Message);
        }

        return true;
    }
}
