using Microsoft.Build.Framework;

namespace DataManifest.Build;

/// <summary>Names the data that a manifest declares, for a cache between builds.</summary>
[MSBuildMultiThreadableTask]
public sealed class ComputeCacheKey : DatasetTask
{
    /// <summary>The name: 64 hexadecimal digits.</summary>
    [Output]
    public string Key { get; private set; } = "";

    private protected override void Run(Database database) => Key = database.ComputeCacheKey();
}
