using System.Diagnostics;

namespace DataManifest.Fetching;

/// <summary>A volume of a few megabytes in memory, mounted as long as it is used.</summary>
internal sealed class SmallVolume : IDisposable
{
    private readonly string _folder;

    private SmallVolume(string folder) => _folder = folder;

    /// <summary>Mounts one; a test that cannot have it is inconclusive.</summary>
    public static SmallVolume Mount(string folder, int megabytes)
    {
        Directory.CreateDirectory(folder);
        if (!OperatingSystem.IsLinux() || Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", folder) != 0)
        {
            Assert.Inconclusive("needs the right to mount a volume (root on Linux)");
        }

        return new SmallVolume(folder);
    }

    /// <summary>Lets nobody write any more.</summary>
    public void MakeReadOnly() => Assert.AreEqual(0, Run("mount", "-o", "remount,ro", _folder));

    public void Dispose() => Run("umount", "-l", _folder);

    private static int Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }
}
