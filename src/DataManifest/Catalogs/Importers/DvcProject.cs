namespace DataManifest.Catalogs.Importers;

/// <summary>The project of DVC that a file belongs to: its default remote and its cache.</summary>
/// <param name="remote">The address of the default remote; empty for none.</param>
/// <param name="cache">The cache folder; empty for none.</param>
internal sealed class DvcProject(string remote, string cache)
{
    private static readonly string[] ConfigurationFiles = ["config", "config.local"];

    /// <summary>Finds the project at or above a file.</summary>
    /// <param name="source">The file, and perhaps another cache folder.</param>
    public static DvcProject Find(ImportSource source)
    {
        var folder = Directory.Exists(source.Path) ? source.Path : source.Folder;
        while (!Directory.Exists(Path.Combine(folder, ".dvc")))
        {
            if (Path.GetDirectoryName(folder) is not { } parent)
            {
                return new DvcProject("", source.CacheDirectory);
            }

            folder = parent;
        }

        return new DvcProject(DefaultRemote(source, Path.Combine(folder, ".dvc")), source.CacheDirectory.Length > 0 ? source.CacheDirectory : Path.Combine(folder, ".dvc", "cache"));
    }

    /// <summary>Whether a text is an MD5 digest, so that it may become part of a path.</summary>
    /// <param name="digest">The text, lower-case.</param>
    public static bool IsDigest(string digest) => digest.Length == 32 && digest.All(char.IsAsciiHexDigitLower);

    /// <summary>Where the remote has the content of a digest; empty when there is none that has an address.</summary>
    /// <param name="digest">The MD5 digest, with <c>.dir</c> behind it for a folder's list.</param>
    public string AddressOf(string digest) =>
        digest.Length < 3 || !remote.Contains("://", StringComparison.Ordinal) ? "" : $"{remote.TrimEnd('/')}/files/md5/{digest[..2]}/{digest[2..]}";

    /// <summary>Where the cache has the content of a digest; empty when it has not.</summary>
    /// <param name="digest">The MD5 digest, with <c>.dir</c> behind it for a folder's list.</param>
    public string CachedFile(string digest)
    {
        if (cache.Length == 0 || !IsDigest(digest.EndsWith(".dir", StringComparison.Ordinal) ? digest[..^4] : digest))
        {
            return "";
        }

        var (first, rest) = (digest[..2], digest[2..]);
        return new[] { Path.Combine(cache, "files", "md5", first, rest), Path.Combine(cache, first, rest) }.FirstOrDefault(File.Exists) ?? "";
    }

    private static string DefaultRemote(ImportSource source, string folder)
    {
        var settings = new Dictionary<(string Section, string Key), string>();
        foreach (var file in ConfigurationFiles.Select(name => Path.Combine(folder, name)).Where(File.Exists))
        {
            var section = "";
            foreach (var line in source.ReadText(file).Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] is not ('#' or ';')))
            {
                if (line[0] == '[')
                {
                    // Sections are written as git writes them, in another pair of quotes: ['remote "name"'].
                    section = line.Trim('[', ']', '\'').Replace("\"", "", StringComparison.Ordinal).Trim();
                }
                else if (line.IndexOfAny(['=', ':']) is var at and > 0)
                {
                    settings[(section, line[..at].Trim())] = line[(at + 1)..].Trim();
                }
            }
        }

        var name = settings.GetValueOrDefault(("core", "remote"), "");
        return name.Length == 0 ? "" : settings.GetValueOrDefault(($"remote {name}", "url"), "");
    }
}
