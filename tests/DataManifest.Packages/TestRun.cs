namespace DataManifest.Packages;

/// <summary>What happens around the whole run.</summary>
[TestClass]
public static class TestRun
{
    /// <summary>Ends what stays, and removes the packages.</summary>
    [AssemblyCleanup]
    public static void CleanUp()
    {
        if (PackageFeed.IsPacked)
        {
            CompilerServer.End();
            Directory.Delete(PackageFeed.Instance.Root, recursive: true);
        }
    }
}
