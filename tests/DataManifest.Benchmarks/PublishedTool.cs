using System.Runtime.InteropServices;

namespace DataManifest.Benchmarks;

/// <summary>The command line as its package has it, a native program: what a person starts, and so the contestant where whole processes are compared.</summary>
internal static class PublishedTool
{
    /// <summary>The program: the one that <c>DATAMANIFEST_TOOL</c> names, or one that is published now.</summary>
    /// <param name="folder">Where to publish it.</param>
    public static string In(string folder)
    {
        if (Environment.GetEnvironmentVariable("DATAMANIFEST_TOOL") is { Length: > 0 } program)
        {
            return Path.GetFullPath(program);
        }

        var project = Path.Combine(Repository(), "src", "DataManifest.Tool");
        Command.Run(Repository(), "dotnet", "publish", project, "-c", "Release", "-r", RuntimeInformation.RuntimeIdentifier, "-p:NativeTool=true", "-o", folder, "--nologo", "-v", "q");
        return Path.Combine(folder, "DataManifest.Tool");
    }

    private static string Repository()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "DataManifest.Build.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The benchmark is not in its repository.");
        }

        return folder;
    }
}
