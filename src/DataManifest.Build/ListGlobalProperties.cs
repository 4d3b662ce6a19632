using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace DataManifest.Build;

/// <summary>Lists the global properties of the asking project, for it to keep them from the one helper project that all projects share.</summary>
[MSBuildMultiThreadableTask]
public sealed class ListGlobalProperties : Microsoft.Build.Utilities.Task
{
    /// <summary>The names of the properties.</summary>
    [Output]
    public ITaskItem[] Names { get; private set; } = [];

    /// <inheritdoc />
    public override bool Execute()
    {
        Names = [.. BuildEngine6.GetGlobalProperties().Keys.Select(name => new TaskItem(name))];
        return true;
    }
}
