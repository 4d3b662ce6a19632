namespace DataManifest.Storage;

/// <summary>Removes the lock of a holder that is gone, and no other lock.</summary>
internal static class StaleLock
{
    private const int ReadOnlyOnUnix = 30;
    private const int ReadOnlyOnWindows = unchecked((int)0x80070013);

    /// <summary>Removes a lock if it still is the one that was judged.</summary>
    /// <param name="path">The lock file.</param>
    /// <param name="judged">The lock as it was seen and found stale.</param>
    /// <param name="refused">Why the system does not let it be removed; null when it does, or when it is only for now.</param>
    /// <returns>Whether it is gone; false when it is another one by now, when somebody else is at it, or when it cannot be removed.</returns>
    public static bool TryRemove(string path, LockFile judged, out Exception? refused)
    {
        refused = null;
        var aside = $"{path}.{Guid.NewGuid():N}";
        try
        {
            using var turn = TakeTurn(path + ".claim");
            if (LockFile.TryRead(path) != judged)
            {
                return false;
            }

            // The turn means nothing to other tools, or on volumes without such holds. So the file is renamed, which only one can do, and looked at again.
            File.Move(path, aside, overwrite: false);
            if (LockFile.TryRead(aside) != judged)
            {
                File.Move(aside, path, overwrite: false);
                return false;
            }

            File.Delete(aside);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Where the system refuses to rename, the runtime copies.
            Staging.Delete(aside);
            refused = e is UnauthorizedAccessException || e.HResult is ReadOnlyOnUnix or ReadOnlyOnWindows ? e : null;
            return false;
        }
    }

    /// <summary>
    /// One remover at a time. The system drops this hold with the process; the file may stay, of a process that was killed, and be another user's. Then there is no
    /// turn, and the renaming alone decides.
    /// </summary>
    /// <exception cref="IOException">Somebody else is at it.</exception>
    private static FileStream? TakeTurn(string claim)
    {
        try
        {
            return new FileStream(claim, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
        }
        catch (UnauthorizedAccessException)
        {
            return null;
        }
    }
}
