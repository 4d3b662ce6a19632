using Microsoft.Build.Framework;

namespace DataManifest.Build;

/// <summary>Shows the warnings of a manifest, for projects in which no analyzer does. Its errors are left to what needs the manifest.</summary>
[MSBuildMultiThreadableTask]
public sealed class CheckManifest : DatasetTask
{
    private protected override void Run(Database database) => ReportWarnings(database);
}
