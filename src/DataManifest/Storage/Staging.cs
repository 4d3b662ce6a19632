using System.Globalization;

namespace DataManifest.Storage;

/// <summary>
/// Names beside an entry that belong to one writer alone, <c>T.&lt;pid&gt;-&lt;random&gt;.tmp</c>, so that a lock that was wrongly taken over never makes two
/// writers write one file.
/// </summary>
internal static class Staging
{
    private const string Suffix = ".tmp";
    private const string ReplacedSuffix = ".old" + Suffix;

    /// <summary>A new staging name; nothing is there yet.</summary>
    /// <param name="target">The entry.</param>
    public static string NewPath(string target) => Unique(target) + Suffix;

    /// <summary>A new name for an old entry that is being replaced.</summary>
    /// <param name="target">The entry.</param>
    public static string NewReplacedPath(string target) => Unique(target) + ReplacedSuffix;

    /// <summary>Under the entry's lock: puts back an old entry that a killed writer had moved aside, and deletes what dead writers left.</summary>
    /// <param name="entry">The entry.</param>
    public static void Recover(EntryPaths entry)
    {
        var name = Path.GetFileName(entry.Target);
        var leftovers = Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(entry.Target)!)
            .Where(path => ProcessOf(Path.GetFileName(path), name) is { } process && ProcessProbe.IsDead(process, ChangedUtc(path))).ToList();
        foreach (var path in leftovers)
        {
            if (path.EndsWith(ReplacedSuffix, StringComparison.Ordinal) && !entry.Exists)
            {
                Move(path, entry.Target);
            }
            else
            {
                Delete(path);
            }
        }
    }

    /// <summary>Deletes a file or folder, if it is there; what cannot be deleted stays for the next writer's <see cref="Recover"/>.</summary>
    /// <param name="path">The file or folder.</param>
    public static void Delete(string path)
    {
        try
        {
            if (new FileInfo(path) is { LinkTarget: not null } link)
            {
                link.Delete();
            }
            else if (Directory.Exists(path))
            {
                Directory.Delete(path, recursive: true);
            }
            else
            {
                File.Delete(path);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Nothing reads a staging name.
        }
    }

    /// <summary>Renames a file or folder to a name that is free.</summary>
    /// <param name="from">What is renamed.</param>
    /// <param name="to">Its new name.</param>
    public static void Move(string from, string to)
    {
        if (Directory.Exists(from))
        {
            Directory.Move(from, to);
        }
        else
        {
            File.Move(from, to);
        }
    }

    private static string Unique(string target) => string.Create(CultureInfo.InvariantCulture, $"{target}.{Environment.ProcessId}-{Guid.NewGuid().ToString("N")[..12]}");

    private static DateTime ChangedUtc(string path) => File.GetCreationTimeUtc(path) is var created && File.GetLastWriteTimeUtc(path) is var written && created > written ? created : written;

    /// <summary>The process in a staging name of an entry; null when it is none.</summary>
    private static int? ProcessOf(string path, string name)
    {
        if (path.Length <= name.Length + 1 || !path.StartsWith(name, StringComparison.Ordinal) || path[name.Length] != '.' || !path.EndsWith(Suffix, StringComparison.Ordinal))
        {
            return null;
        }

        var unique = path[(name.Length + 1)..];
        var dash = unique.IndexOf('-', StringComparison.Ordinal);
        var end = unique.IndexOf('.', StringComparison.Ordinal);
        return end == dash + 13 && unique[end..] is Suffix or ReplacedSuffix && int.TryParse(unique.AsSpan(0, dash), NumberStyles.None, CultureInfo.InvariantCulture, out var process)
            ? process : null;
    }
}
