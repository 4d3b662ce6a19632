using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace DataManifest.Storage;

/// <summary>
/// Brings all that was written into a folder to the disk, before the folder gets the name under which it counts as complete. On Linux one call does it for the whole
/// file system, which takes a hundredth of the time that asking for each of ten thousand small files does; elsewhere the files are asked for, many at once.
/// </summary>
internal static class DurableFolder
{
    private const int AtOnce = 16;

    /// <summary>Flushes a folder and everything in it.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="file">Any file in it.</param>
    public static void Flush(string folder, string file)
    {
        if (OperatingSystem.IsLinux())
        {
            using var handle = File.OpenHandle(file);
            if (syncfs(handle) == 0)
            {
                return;
            }
        }

        var files = Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint });
        Parallel.ForEach(files, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, FlushFile);
    }

    /// <summary>Flushes one file.</summary>
    /// <param name="file">The file.</param>
    public static void FlushFile(string file)
    {
        try
        {
            using var handle = File.OpenHandle(file, FileMode.Open, OperatingSystem.IsWindows() ? FileAccess.ReadWrite : FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            RandomAccess.FlushToDisk(handle);
        }
        catch (UnauthorizedAccessException)
        {
            // A file that nobody may write, by the word of its archive or of the program that made it, is flushed by the system in its time.
        }
    }

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int syncfs(SafeFileHandle file);
}
