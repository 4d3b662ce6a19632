using DataManifest.Tool.Output;

namespace DataManifest.Tool.Doctor;

/// <summary>Whether the folders and files that commands write to can be written to, and have room.</summary>
/// <param name="database">The opened manifest.</param>
internal sealed class FolderChecks(Database database)
{
    private const string StateFile = "state file";
    private const long Little = 1L << 30;

    /// <summary>Looks at them.</summary>
    public IEnumerable<Check> Run()
    {
        var places = database.GetPlaces();
        foreach (var (subject, path) in new[] { ("datasets_dir", places.DatasetsDirectory), ("datacache_dir", places.DatacacheDirectory), (StateFile, places.StateFile is { } state ? Path.GetDirectoryName(state) : null) })
        {
            if (path is not null)
            {
                yield return Folder(subject, path);
            }
        }

        if (new FileInfo(places.Manifest) is { Exists: true, IsReadOnly: true })
        {
            yield return new Check("manifest", Verdict.Doubtful, $"{places.Manifest} may not be written.", "Checksums cannot be written into it; make it writable.");
        }

        foreach (var pool in places.DatasetsPools.Where(Directory.Exists).Where(pool => !IsReadable(pool)))
        {
            yield return new Check("read pools", Verdict.Doubtful, $"'{pool}' cannot be read.", "Ask for the right to read it, or remove it from datasets_pools.");
        }
    }

    private static Check Folder(string subject, string path)
    {
        var existing = path;
        while (!Directory.Exists(existing) && Path.GetDirectoryName(existing) is { } parent)
        {
            if (File.Exists(existing))
            {
                return new Check(subject, Verdict.Bad, $"'{path}' cannot be written to: '{existing}' is a file.", "Move that file away, or name another folder.");
            }

            existing = parent;
        }

        try
        {
            // Only writing tells whether a folder can be written to: permissions, read-only mounts and quotas all count.
            var probe = Path.Combine(existing, $".datamanifest-{Guid.NewGuid():n}");
            File.Create(probe, 1, FileOptions.DeleteOnClose).Dispose();
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            return new Check(subject, Verdict.Bad, $"'{path}' cannot be written to: {unwritable.Message}", subject == StateFile ? $"Make '{existing}' writable." : $"Make '{existing}' writable, or set {subject} elsewhere: 'datamanifest config set'.");
        }

        var free = FreeBytes(existing);
        return free < Little
            ? new Check(subject, Verdict.Doubtful, $"'{path}' has only {ByteSize.Format(free)} left.", subject == StateFile ? "Make room." : "Make room, or set it elsewhere.")
            : new Check(subject, Verdict.Good, $"'{path}' can be written to{(existing == path ? "" : ", once it is made")}; {ByteSize.Format(free)} are free.");
    }

    private static long FreeBytes(string folder)
    {
        try
        {
            return new DriveInfo(folder).AvailableFreeSpace;
        }
        catch (Exception unknown) when (unknown is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return long.MaxValue;
        }
    }

    private static bool IsReadable(string folder)
    {
        try
        {
            return Directory.EnumerateFileSystemEntries(folder).Take(1).Count() >= 0;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }
}
