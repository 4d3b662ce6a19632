using Microsoft.Build.Framework;

namespace DataManifest.Build;

/// <summary>Names the data that the manifests declare, for a cache between builds.</summary>
[MSBuildMultiThreadableTask]
public sealed class ComputeCacheKey : SeveralManifestsTask
{
    /// <summary>The name: 64 hexadecimal digits.</summary>
    [Output]
    public string Key { get; private set; } = "";

    private protected override void Run(IReadOnlyList<Database> databases) => Key = Database.ComputeCacheKey(databases);
}
