using DataManifest.Diagnostics;
using DataManifest.Manifest;
using Microsoft.Build.Framework;

namespace DataManifest.Build;

/// <summary>Tells of metadata of a project's <c>DatasetReference</c>s that have nearly the name of one that counts. Others may be the project's own.</summary>
[MSBuildMultiThreadableTask]
public sealed class CheckReferences : Microsoft.Build.Utilities.Task
{
    private static readonly string[] Known = ["CopyToOutputDirectory", "CopyToPublishDirectory", "EmbedAsResource", "FirstRun", "LinkKind"];

    /// <summary>The items.</summary>
    [Required]
    public ITaskItem[] References { get; set; } = [];

    /// <summary>The project that has them.</summary>
    [Required]
    public string Project { get; set; } = "";

    /// <inheritdoc />
    public override bool Execute()
    {
        foreach (var (reference, name) in References.SelectMany(item => item.CloneCustomMetadata().Keys.Cast<string>().Select(name => (item.ItemSpec, name))))
        {
            if (!Known.Contains(name, StringComparer.OrdinalIgnoreCase) && Spelling.Closest(name, Known) is { } meant)
            {
                var rule = DiagnosticRules.UnknownMetadata;
                Log.LogWarning(null, rule.Code, null, rule.HelpLink, Project, 0, 0, 0, 0, "{0}", $"The DatasetReference '{reference}' has the metadata '{name}', which has no effect; did you mean '{meant}'?");
            }
        }

        return true;
    }
}
