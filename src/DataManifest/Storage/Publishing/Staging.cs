using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace DataManifest.Storage;

/// <summary>
/// Names beside an entry that belong to one writer alone, <c>T.&lt;pid&gt;-&lt;random&gt;.tmp</c>, so that a lock that was wrongly taken over never makes two
/// writers write one file.
/// </summary>
internal static partial class Staging
{
    /// <summary>What follows the name of a download that can be gone on with: the proof that more bytes belong to it.</summary>
    public const string ProofSuffix = ".resume";

    /// <summary>What follows the name of a batch's partial download: the folder of members that are whole.</summary>
    public const string MembersSuffix = ".members";

    private const string Suffix = ".tmp";
    private const string ReplacedSuffix = ".old" + Suffix;
    private const string PartialSuffix = ".part";

    // File systems end names at 255 bytes; the longest that is put behind an entry's name has 54.
    private const int LongestName = 200;

    /// <summary>A new staging name; nothing is there yet.</summary>
    /// <param name="target">The entry.</param>
    public static string NewPath(string target) => Unique(Shorten(target)) + Suffix;

    /// <summary>A new name for an old entry that is being replaced.</summary>
    /// <param name="target">The entry.</param>
    public static string NewReplacedPath(string target) => Unique(Shorten(target)) + ReplacedSuffix;

    /// <summary>A new name for a download while one writer has it.</summary>
    /// <param name="shared">The name under which it waits for its next writer (<see cref="EntryPaths.Partial"/>).</param>
    public static string NewPartialPath(string shared) => Unique(shared) + PartialSuffix;

    /// <summary>The entry's path; with a digest in place of a name so long that nothing could be put behind it.</summary>
    /// <param name="target">The entry.</param>
    public static string Shorten(string target)
    {
        var name = Encoding.UTF8.GetBytes(Path.GetFileName(target));
        return name.Length <= LongestName ? target : Path.Join(Path.GetDirectoryName(target), Convert.ToHexString(SHA256.HashData(name)).ToLowerInvariant());
    }

    /// <summary>
    /// Under the entry's lock, after it was taken from a writer that is gone: puts back an old entry that was moved aside, leaves a partial download to the
    /// next writer, and deletes everything else that dead writers left.
    /// </summary>
    /// <param name="entry">The entry.</param>
    public static void Recover(EntryPaths entry)
    {
        var target = Path.GetFileName(Shorten(entry.Target));
        var partial = Path.GetFileName(entry.Partial);
        var folder = Path.GetDirectoryName(entry.Target)!;
        foreach (var path in Directory.EnumerateFileSystemEntries(folder).ToList())
        {
            if (OwnName().Match(Path.GetFileName(path)) is not { Success: true } name
                || !int.TryParse(name.Groups["process"].ValueSpan, CultureInfo.InvariantCulture, out var process)
                || !(name.Groups["shared"].Value is var shared && (shared == target || shared == partial || shared.StartsWith(partial + ".", StringComparison.Ordinal)))
                || !Path.Exists(path) || !ProcessProbe.IsDead(process, ChangedUtc(path)))
            {
                continue;
            }

            try
            {
                RecoverOne(entry, path, name.Groups["kind"].Value, Path.Join(folder, shared));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Another user's, who may have it. Nothing reads a staging name.
            }
        }
    }

    private static void RecoverOne(EntryPaths entry, string path, string kind, string shared)
    {
        switch (kind)
        {
            case ReplacedSuffix when !entry.Exists:
                Move(path, entry.Target);
                break;
            case PartialSuffix when File.Exists(path + ProofSuffix):
                LeavePartial(path, shared);
                break;
            case PartialSuffix when shared.EndsWith(MembersSuffix, StringComparison.Ordinal):
                LeaveMembers(path, shared);
                break;
            case PartialSuffix + ProofSuffix when File.Exists(path[..^ProofSuffix.Length]):
                break;
            default:
                Delete(path);
                break;
        }
    }

    /// <summary>
    /// Whether something that waits for a writer is a file of this tool's: neither a link, through which he would write to somebody's file, nor a pipe, which would never end, nor out of proportion.
    /// Others may write to a shared store's folders, too.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="largest">The most bytes that it has if it is one.</param>
    public static bool IsLeftover(string path, long largest = long.MaxValue) =>
        new FileInfo(path) is { Exists: true, LinkTarget: null, Length: var length } && length > 0 && length <= largest;

    /// <summary>Leaves a partial download and its proof to the next writer.</summary>
    /// <param name="own">The name that its writer had given it.</param>
    /// <param name="shared">The name under which it waits.</param>
    public static void LeavePartial(string own, string shared)
    {
        try
        {
            // In this order a kill in between leaves a partial without proof, which is not resumed, and never one with another's proof.
            File.Delete(shared + ProofSuffix);
            File.Move(own, shared, overwrite: true);
            File.Move(own + ProofSuffix, shared + ProofSuffix, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What waits there is another user's, or another writer was faster.
            Delete(own);
            Delete(own + ProofSuffix);
        }
    }

    /// <summary>Leaves the whole members of a batch to the next writer, in place of those of an earlier one.</summary>
    /// <param name="own">The folder's name that its writer had given it.</param>
    /// <param name="shared">The name under which it waits.</param>
    public static void LeaveMembers(string own, string shared)
    {
        Delete(shared);
        try
        {
            Directory.Move(own, shared);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another writer was faster where locks do nothing, and his members are as good; or what waits there is another user's.
            Delete(own);
        }
    }

    /// <summary>Deletes a file or folder, if it is there; what cannot be deleted stays for the next writer's <see cref="Recover"/>.</summary>
    /// <param name="path">The file or folder; null for none.</param>
    public static void Delete(string? path)
    {
        if (path is null)
        {
            return;
        }

        try
        {
            // One look for what is usually not there.
            var attributes = new FileInfo(path).Attributes;
            if (attributes == (FileAttributes)(-1))
            {
                return;
            }

            if (new FileInfo(path) is { LinkTarget: not null } link)
            {
                link.Delete();
            }
            else if (attributes.HasFlag(FileAttributes.Directory))
            {
                FolderRemoval.Delete(path);
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

    [GeneratedRegex(@"^(?<shared>.+)\.(?<process>[0-9]{1,10})-[0-9a-f]{12}(?<kind>\.tmp|\.old\.tmp|\.tmp\.archive|\.part|\.part\.resume)$", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex OwnName();

    private static string Unique(string target) => string.Create(CultureInfo.InvariantCulture, $"{target}.{Environment.ProcessId}-{Guid.NewGuid().ToString("N")[..12]}");

    private static DateTime ChangedUtc(string path) => File.GetCreationTimeUtc(path) is var created && File.GetLastWriteTimeUtc(path) is var written && created > written ? created : written;
}
