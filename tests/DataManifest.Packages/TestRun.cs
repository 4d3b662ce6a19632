namespace DataManifest.Packages;

/// <summary>What happens around the whole run.</summary>
[TestClass]
public static class TestRun
{
    /// <summary>Removes the packages.</summary>
    [AssemblyCleanup]
    public static void RemovePackages()
    {
        if (PackageFeed.IsPacked)
        {
            Directory.Delete(PackageFeed.Instance.Root, recursive: true);
        }
    }
}
