namespace DataManifest.Manifest;

/// <summary>How keys, and what hangs on them, are derived: text in, text out, the same as in every tool of the format.</summary>
public static class DatasetKey
{
    /// <summary>The key of a single source: host and path, and <c>#version</c> when there is one.</summary>
    /// <param name="host">The host; may be empty.</param>
    /// <param name="path">The path; slashes at its ends do not count.</param>
    /// <param name="version">The version; may be empty.</param>
    public static string Derive(string host, string path, string version)
    {
        var trimmed = path.Trim('/');
        var joined = host.Length == 0 ? trimmed : $"{host}/{trimmed}";
        return (version.Length == 0 ? joined : $"{joined}#{version}").Trim('/');
    }

    /// <summary>The key of a batch: the first member's host and the folders that all members share.</summary>
    /// <param name="members">The members, in order; at least one.</param>
    public static string DeriveBatch(IReadOnlyList<SourceUri> members)
    {
        string[][] segments = [.. members.Select(member => member.Segments)];
        var common = string.Join("/", segments[0].Take(CommonFolders(segments)));
        return common.Length == 0 ? members[0].Host : $"{members[0].Host}/{common}";
    }

    /// <summary>Where each member of a batch lies in the dataset's folder: its path without the folders that all members share.</summary>
    /// <param name="members">The members, in order. A URI without a path gives an empty text.</param>
    public static IReadOnlyList<string> MemberPaths(IReadOnlyList<SourceUri> members)
    {
        string[][] segments = [.. members.Select(member => member.Segments)];
        var common = CommonFolders(segments);
        return [.. segments.Select(path => string.Join("/", path, common, Math.Max(0, path.Length - common)))];
    }

    /// <summary>The format that a key's extension stands for, without leading dots, its case kept; <c>tar.gz</c> is one extension.</summary>
    /// <param name="key">The key; what follows a <c>#</c> does not count.</param>
    public static string Format(string key)
    {
        var path = BeforeVersion(key.TrimEnd('/'));
        var dot = ExtensionStart(path);
        return string.CompareOrdinal(path, dot, ".gz", 0, 4) == 0 && SplitExtension(path.Substring(0, dot)).Extension == ".tar" ? "tar.gz" : path.Substring(dot).TrimStart('.');
    }

    /// <summary>
    /// The key of the folder that an archive is unpacked into: without <c>.zip</c>, <c>.tar.gz</c> or <c>.tar</c> at its end, or else without the text
    /// <c>?format=zip</c> (and so on), or else with <c>.d</c> behind it. So <c>x.zip</c> gives <c>x</c>, and <c>x.tgz</c>, <c>x.ZIP</c> and <c>x.zip#v1</c> get
    /// <c>.d</c>: the names that every tool of the format gives them.
    /// </summary>
    /// <param name="key">The archive's key.</param>
    public static string ExtractionName(string key)
    {
        foreach (var format in new[] { ArchiveFormat.Zip, ArchiveFormat.TarGzip, ArchiveFormat.Tar })
        {
            if (key.EndsWith("." + format, StringComparison.Ordinal))
            {
                return key.Substring(0, key.Length - format.Length - 1);
            }

            if (key.Contains("?format=" + format))
            {
                return key.Replace("?format=" + format, "?").TrimEnd('?');
            }
        }

        return key + ".d";
    }

    /// <summary>
    /// The name of the file that comes out of a single compressed file: as <c>gunzip</c> names it, the key's last segment without version and <c>.gz</c>; so
    /// <c>h/x.csv.gz#v1</c> gives <c>x.csv</c>.
    /// </summary>
    /// <param name="key">The compressed file's key.</param>
    public static string ExtractedFileName(string key)
    {
        var path = BeforeVersion(key).TrimEnd('/');
        var name = path.Substring(path.LastIndexOf('/') + 1);
        name = name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? name.Substring(0, name.Length - 3) : name;
        return name is "" or "." or ".." ? "content" : name;
    }

    /// <summary>The name that a new dataset gets: <c>owner/repository</c> at a known git host, otherwise its key; without the last extension.</summary>
    /// <param name="source">The source.</param>
    /// <param name="key">The key.</param>
    public static string DefaultName(SourceUri source, string key) =>
        SplitExtension(source.GitRepository is var (owner, name) ? $"{owner}/{name}" : key.Trim()).Stem;

    private static string BeforeVersion(string key) => key.IndexOf('#') is var hash && hash < 0 ? key : key.Substring(0, hash);

    private static int CommonFolders(string[][] members)
    {
        var first = members[0];
        var common = Math.Max(0, first.Length - 1);
        foreach (var member in members)
        {
            common = Math.Min(common, Math.Max(0, member.Length - 1));
            for (var i = 0; i < common; i++)
            {
                common = first[i] == member[i] ? common : i;
            }
        }

        return common;
    }

    /// <summary>Cuts the last extension off a path's last segment; dots at the segment's start do not count.</summary>
    private static (string Stem, string Extension) SplitExtension(string path)
    {
        var dot = ExtensionStart(path);
        return (path.Substring(0, dot), path.Substring(dot));
    }

    /// <summary>Where the last extension begins; the path's length when it has none.</summary>
    private static int ExtensionStart(string path)
    {
        var start = path.LastIndexOf('/') + 1;
        while (start < path.Length && path[start] == '.')
        {
            start++;
        }

        var dot = path.LastIndexOf('.');
        return dot <= start - 1 ? path.Length : dot;
    }
}
