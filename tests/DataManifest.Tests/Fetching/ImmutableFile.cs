using System.Diagnostics;

namespace DataManifest.Fetching;

/// <summary>A file that can be neither renamed nor deleted, as another user's in a folder with the sticky bit.</summary>
internal sealed class ImmutableFile : IDisposable
{
    private readonly string _path;

    private ImmutableFile(string path) => _path = path;

    /// <summary>Makes a file so; a test that cannot have it is inconclusive.</summary>
    public static ImmutableFile Make(string path)
    {
        if (!OperatingSystem.IsLinux() || Run("+i", path) != 0)
        {
            Assert.Inconclusive("needs the right to make files immutable (root on Linux, and a file system that knows it)");
        }

        return new ImmutableFile(path);
    }

    /// <summary>Makes it an ordinary file again, by the name that a renamed folder has given it.</summary>
    public static void End(string path) => Run("-i", path);

    public void Dispose() => End(_path);

    private static int Run(string flag, string path)
    {
        using var process = Process.Start(new ProcessStartInfo("chattr", [flag, path]) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }
}
