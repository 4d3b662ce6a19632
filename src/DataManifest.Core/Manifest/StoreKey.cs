using System.Runtime.CompilerServices;
using System.Text;
using DataManifest.Text;

namespace DataManifest.Manifest;

/// <summary>What a key means as a path in a store, on every system.</summary>
public static class StoreKey
{
    /// <summary>The longest name of a file or folder, in bytes of UTF-8, that common file systems take.</summary>
    public const int MaxSegmentBytes = 255;

    /// <summary>The longest path, in bytes of UTF-8, that any common system opens.</summary>
    public const int MaxBytes = 4096;

    private static readonly HashSet<string> ReservedNames = new(
        ["CON", "PRN", "AUX", "NUL", .. Enumerable.Range(1, 9).SelectMany(i => new[] { $"COM{i}", $"LPT{i}" })],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Whether a key is no relative path below the datasets folder: absolute, with a drive, or with a <c>..</c> segment. A backslash counts as a slash,
    /// because it is one on Windows.
    /// </summary>
    /// <param name="key">The key.</param>
    public static bool LeavesStore(string key) =>
        key.Length > 0 && (key[0] is '/' or '\\' || HasDrive(key) || (key.IndexOf("..", StringComparison.Ordinal) >= 0 && key.Split('/', '\\').Contains("..")) || key.IndexOf('\0') >= 0);

    /// <summary>Why some system cannot store a key, as the rest of a sentence that begins with the offending name; null when every system can.</summary>
    /// <param name="key">The key.</param>
    public static string? PortabilityProblem(string key)
    {
        if (key.Length > MaxBytes / 3 && Encoding.UTF8.GetByteCount(key) > MaxBytes)
        {
            return $"'{Shorten(key)}' is longer than {MaxBytes} bytes, more than systems open";
        }

        foreach (var segment in key.Split('/'))
        {
            var problem =
                segment is "" or "." ? null
                : segment.Length > MaxSegmentBytes / 3 && Encoding.UTF8.GetByteCount(segment) > MaxSegmentBytes ? $"is longer than {MaxSegmentBytes} bytes, more than file systems take"
                : IsReserved(segment) ? "is a reserved name on Windows"
                : segment[segment.Length - 1] is '.' or ' ' ? "ends with a dot or a blank, which Windows removes"
                : HasForbidden(segment) ? "has a character that Windows does not take"
                : null;
            if (problem is not null)
            {
                return $"'{Shorten(segment)}' {problem}";
            }
        }

        return null;
    }

    /// <summary>The key without empty and <c>.</c> segments: keys that are equal so are one place.</summary>
    internal static string Normalize(string key) =>
        !key.StartsWith("/", StringComparison.Ordinal) && !key.StartsWith("./", StringComparison.Ordinal) && !key.EndsWith("/", StringComparison.Ordinal)
        && key.IndexOf("//", StringComparison.Ordinal) < 0 && key.IndexOf("/.", StringComparison.Ordinal) < 0
            ? key
            : string.Join("/", key.Split('/').Where(segment => segment.Length > 0 && segment != "."));

    /// <summary>The folders that a key lies in, the nearest first. None of a key that no system can store, since all of them together grow with its square.</summary>
    internal static IEnumerable<string> Ancestors(string key)
    {
        for (var slash = key.Length > MaxBytes ? -1 : key.LastIndexOf('/'); slash > 0; slash = key.LastIndexOf('/', slash - 1))
        {
            yield return key.Substring(0, slash);
        }
    }

    private static bool IsReserved(string segment)
    {
        var dot = segment.IndexOf('.');
        return dot is < 0 or > 2 && ReservedNames.Contains((dot < 0 ? segment : segment.Substring(0, dot)).TrimEnd(' '));
    }

    [MethodImpl(HotPath.CompiledWell)]
    private static bool HasForbidden(string segment)
    {
        foreach (var c in segment)
        {
            if (c is < ' ' or '<' or '>' or ':' or '"' or '|' or '?' or '*' or '\\')
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasDrive(string key) => key.Length > 1 && key[1] == ':' && (key[0] is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z'));

    private static string Shorten(string segment) => segment.Length <= 60 ? segment : segment.Substring(0, 60) + "…";
}
