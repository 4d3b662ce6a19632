namespace DataManifest.Storage;

/// <summary>Removes the lock of a holder that is gone, and no other lock.</summary>
internal static class StaleLock
{
    /// <summary>Removes a lock if it still is the one that was judged.</summary>
    /// <param name="path">The lock file.</param>
    /// <param name="judged">The lock as it was seen and found stale.</param>
    /// <param name="staleAge">The staleness age.</param>
    /// <param name="hostName">This machine's name.</param>
    /// <returns>Whether it is gone; false when it is another one by now, or when somebody else is at it.</returns>
    public static bool TryRemove(string path, LockFile judged, TimeSpan staleAge, string hostName)
    {
        try
        {
            using var turn = TakeTurn(path + ".claim");
            var current = LockFile.TryRead(path);
            if (current != judged || !current.IsStale(staleAge, hostName))
            {
                return false;
            }

            // The turn means nothing to other tools, or on volumes without such holds. So the file is renamed, which only one can do, and looked at again.
            var aside = $"{path}.{Guid.NewGuid():N}";
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
