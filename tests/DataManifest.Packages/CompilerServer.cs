namespace DataManifest.Packages;

/// <summary>The compiler of all builds of the run: one process that stays, since starting a compiler takes longer than what a test compiles.</summary>
internal static class CompilerServer
{
    /// <summary>The name under which builds find it; nobody else's builds do.</summary>
    public static string Name { get; } = $"datamanifest-{Guid.NewGuid():n}";

    /// <summary>Ends the process, if there is one.</summary>
    public static void End()
    {
        var folder = PackageFeed.Instance.Dotnet("msbuild", "sdk/DataManifest.Sdk.csproj", "-getProperty:RoslynTargetsPath").MustSucceed().Output.Trim();
        Command.Dotnet(folder, ProcessEnvironment.Clean, Path.Combine(folder, "bincore", "VBCSCompiler.dll"), "-shutdown", $"-pipename:{Name}").MustSucceed();
    }
}
