using System.Collections;

namespace DataManifest.Packages;

/// <summary>What the commands of a test see of this process's environment.</summary>
internal static class ProcessEnvironment
{
    private static readonly string Home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

    /// <summary>The machine's packages: what a consumer needs beside ours is taken from here when it is there.</summary>
    public static string MachinePackages { get; } = Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } folder ? folder : Path.Combine(Home, ".nuget", "packages");

    /// <summary>Takes away what the surrounding test run set for its own builds, and what would change how the product behaves.</summary>
    public static IReadOnlyDictionary<string, string?> Clean { get; } = MakeClean();

    /// <summary>A user of the machine with folders of their own; NuGet and the SDK keep the machine's configuration.</summary>
    /// <param name="home">The user's home folder.</param>
    /// <param name="packages">Where packages are unpacked.</param>
    public static Dictionary<string, string?> ForUser(string home, string packages) => new(Clean)
    {
        ["HOME"] = home,
        ["XDG_DATA_HOME"] = null,
        ["XDG_CACHE_HOME"] = null,
        ["XDG_CONFIG_HOME"] = null,
        ["XDG_STATE_HOME"] = null,
        ["DOTNET_CLI_HOME"] = Home,
        ["NUGET_PACKAGES"] = packages,
    };

    private static Dictionary<string, string?> MakeClean()
    {
        var clean = new Dictionary<string, string?>
        {
            ["CI"] = null,
            ["NUGET_PACKAGES"] = MachinePackages,
            ["DOTNET_CLI_UI_LANGUAGE"] = "en",
            ["DOTNET_NOLOGO"] = "1",
            ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
            ["MSBUILDDISABLENODEREUSE"] = "1",
            ["MSBUILDTERMINALLOGGER"] = "off",
            // Most of what a small build takes is a compiler that is started for it, and code that is measured and compiled anew for a longer run; the delay is in hexadecimal milliseconds.
            ["DOTNET_TieredPGO"] = "0",
            ["DOTNET_TC_CallCountingDelayMs"] = "7D0",
            ["UseSharedCompilation"] = "true",
            ["SharedCompilationId"] = CompilerServer.Name,
        };
        foreach (var name in Environment.GetEnvironmentVariables().Keys.Cast<string>())
        {
            if (name.StartsWith("DATAMANIFEST_", StringComparison.OrdinalIgnoreCase) || name.StartsWith("VSTest", StringComparison.OrdinalIgnoreCase)
                || name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) || name is "TargetFramework" or "Configuration")
            {
                clean.TryAdd(name, null);
            }
        }

        return clean;
    }
}
