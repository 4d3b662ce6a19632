using System.Buffers;
using System.Text;
using DataManifest.Diagnostics;
using DataManifest.Fetching;

namespace DataManifest.Archives;

/// <summary>The name of an archive entry, checked: a relative path that stays below the folder it is unpacked into.</summary>
internal static class EntryPath
{
    private const int LongestName = 255;

    // No file system takes more; and a path of a million parts would cost its square in memory and time.
    private const int LongestPath = 4096;

    private static readonly SearchValues<char> BadOnWindows = SearchValues.Create([.. "<>:\"|?*", .. Enumerable.Range(0, 32).Select(code => (char)code)]);

    /// <summary>Checks a name and splits it into its segments; empty for the root itself (<c>./</c>).</summary>
    /// <param name="name">The name as the archive has it.</param>
    /// <param name="rules">What the file system takes.</param>
    /// <exception cref="FetchFaultException">The name is absolute, climbs, names a drive, or cannot be a file name.</exception>
    public static string[] Split(string name, FileNameRules rules)
    {
        if (name.Length == 0 || name.Contains('\0') || name[0] is '/' or '\\' || HasDrive(name, rules))
        {
            throw Refuse(name, "is not a relative path");
        }

        if (name.Length > LongestPath)
        {
            throw Refuse(name, $"has more than {LongestPath} characters");
        }

        if (name.Split('/', '\\').Contains(".."))
        {
            throw Refuse(name, "leaves the folder");
        }

        var segments = (rules.IsWindows ? name.Replace('\\', '/') : name).Split('/').Where(segment => segment is not ("" or ".")).ToArray();
        foreach (var segment in segments)
        {
            if (segment.Length > LongestName / 3 && Encoding.UTF8.GetByteCount(segment) > LongestName)
            {
                throw Refuse(name, $"has a part of more than {LongestName} bytes");
            }

            if (rules.IsWindows && IsUnusableOnWindows(segment))
            {
                throw Refuse(name, "is no file name on Windows");
            }
        }

        return segments;
    }

    /// <summary>Whether a link's text is longer than any that a system follows.</summary>
    /// <param name="target">The link's text.</param>
    public static bool IsTooLong(string target) => target.Length > LongestPath;

    /// <summary>The fault of an entry that is not unpacked, nor anything else of its archive.</summary>
    /// <param name="name">The name as the archive has it.</param>
    /// <param name="reason">What is wrong with it, as the rest of a sentence.</param>
    public static FetchFaultException Refuse(string name, string reason) => new(
        DiagnosticRules.UnsafeArchive, $"The archive entry '{Shorten(name)}' {reason}. Nothing was unpacked; use a trustworthy copy of the archive.");

    private static bool HasDrive(string name, FileNameRules rules) =>
        name.Length >= 2 && name[1] == ':' && char.IsAsciiLetter(name[0]) && (name.Length == 2 || name[2] is '/' or '\\' || rules.IsWindows);

    private static bool IsUnusableOnWindows(string segment)
    {
        var stem = segment.Split('.')[0].TrimEnd().ToUpperInvariant();
        return segment[^1] is '.' or ' ' || segment.AsSpan().ContainsAny(BadOnWindows)
            || stem is "CON" or "PRN" or "AUX" or "NUL" || (stem.Length == 4 && (stem[..3] is "COM" or "LPT") && char.IsAsciiDigit(stem[3]));
    }

    private static string Shorten(string name) => name.Length > 200 ? name[..200] + "…" : name;
}
