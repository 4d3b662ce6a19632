using System.Text.RegularExpressions;

namespace DataManifest.Catalogs;

/// <summary>The names that datasets from catalogues get, the same as in the other tools of the format.</summary>
internal static partial class DatasetNames
{
    private const int LongestSlug = 40;

    /// <summary>A title as a name: lower-case letters, digits and dashes, 40 characters at most; empty when nothing is left of it.</summary>
    /// <param name="title">The title.</param>
    public static string Slug(string title)
    {
        var slug = Separators().Replace(title.ToLowerInvariant(), "-").Trim('-');
        return slug[..Math.Min(slug.Length, LongestSlug)].TrimEnd('-');
    }

    /// <summary>The name of a file without its last extension, from a path or an address.</summary>
    /// <param name="path">The path or address; what follows a <c>?</c> does not count.</param>
    public static string OfPath(string path)
    {
        var file = path.Split('?')[0].TrimEnd('/');
        var name = WithoutExtension(file[(file.LastIndexOf('/') + 1)..]);
        return Usable(name.Length > 0 ? name : path);
    }

    /// <summary>A path without the last extension of its last segment; a dot at the segment's beginning begins no extension.</summary>
    /// <param name="path">The path, with slashes.</param>
    public static string WithoutExtension(string path)
    {
        var start = path.LastIndexOf('/') + 1;
        while (start < path.Length && path[start] == '.')
        {
            start++;
        }

        var dot = path.LastIndexOf('.');
        return dot < start ? path : path[..dot];
    }

    /// <summary>A name that a dataset can have: names that begin with an underscore are those of structural tables.</summary>
    /// <param name="name">The name as it was found.</param>
    public static string Usable(string name) => name.TrimStart('_') is { Length: > 0 } usable ? usable : "dataset";

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex Separators();
}
