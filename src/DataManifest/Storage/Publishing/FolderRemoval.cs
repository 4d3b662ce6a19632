using System.Diagnostics;
using System.Runtime.Versioning;

namespace DataManifest.Storage;

/// <summary>Deletes folders, also those that what made them has left read-only.</summary>
internal static class FolderRemoval
{
    /// <summary>Deletes a folder with all that is in it; links are deleted, not what they lead to.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="IOException">Something in it is in use.</exception>
    /// <exception cref="UnauthorizedAccessException">It is somebody else's.</exception>
    public static void Delete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (!OperatingSystem.IsWindows() && e is IOException or UnauthorizedAccessException)
        {
            MakeWritable(new DirectoryInfo(folder));
            DeleteAnyNames(folder);
        }
    }

    /// <summary>Names that are no UTF-8 cannot be told to the system from here.</summary>
    private static void DeleteAnyNames(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (IOException) when (File.Exists("/bin/rm"))
        {
            using (var remover = Process.Start("/bin/rm", ["-rf", "--", folder]))
            {
                remover.WaitForExit();
            }

            if (Directory.Exists(folder))
            {
                throw;
            }
        }
    }

    [UnsupportedOSPlatform("windows")]
    private static void MakeWritable(DirectoryInfo folder)
    {
        folder.UnixFileMode |= UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        foreach (var child in folder.EnumerateDirectories().Where(child => child.LinkTarget is null && Path.Exists(child.FullName)))
        {
            MakeWritable(child);
        }
    }
}
