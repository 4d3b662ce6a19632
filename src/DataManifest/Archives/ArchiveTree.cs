namespace DataManifest.Archives;

/// <summary>
/// The files, folders and links that an archive's entries make together. It knows every path it was given, so that no two entries meet in one, and none
/// lies below a file or a link. Nothing is written here.
/// </summary>
/// <param name="rules">Which names the file system takes for the same.</param>
internal sealed class ArchiveTree(FileNameRules rules)
{
    private readonly Dictionary<string, string> _links = new(rules);
    private readonly HashSet<string> _files = new(rules);
    private readonly HashSet<string> _folders = new(rules) { "" };
    private readonly List<string> _new = [];

    /// <summary>The symbolic links: path below the root, and text.</summary>
    public IReadOnlyDictionary<string, string> Links => _links;

    /// <summary>How many folders there are, also those that only the paths of others name.</summary>
    public int Folders => _folders.Count - 1;

    /// <summary>How many characters all paths have that are kept here, in memory.</summary>
    public long Characters { get; private set; }

    /// <summary>Adds a folder, and those above it; one that is there already is left.</summary>
    /// <param name="name">The entry's name.</param>
    /// <returns>The path below the root.</returns>
    public string AddFolder(string name)
    {
        var segments = EntryPath.Split(name, rules);
        RequireFolders(name, segments);
        return string.Join('/', segments);
    }

    /// <summary>Adds a file, and the folders above it.</summary>
    /// <param name="name">The entry's name.</param>
    /// <param name="isNew">False when an earlier entry has the path: its content must be the same then.</param>
    /// <returns>The path below the root.</returns>
    public string AddFile(string name, out bool isNew)
    {
        var segments = EntryPath.Split(name, rules);
        if (segments.Length == 0)
        {
            throw EntryPath.Refuse(name, "is a file that has the folder's own name");
        }

        RequireFolders(name, segments.AsSpan(..^1));
        var path = string.Join('/', segments);
        if (_folders.Contains(path) || _links.ContainsKey(path))
        {
            throw EntryPath.Refuse(name, "is there twice, as different things");
        }

        isNew = _files.Add(path);
        Characters += isNew ? path.Length : 0;
        return path;
    }

    /// <summary>Adds a symbolic link. Where it leads is judged by <see cref="LinkTarget"/>, when all entries are known.</summary>
    /// <param name="name">The entry's name.</param>
    /// <param name="target">The link's text.</param>
    public void AddLink(string name, string target)
    {
        var segments = EntryPath.Split(name, rules);
        if (target.Length == 0 || target[0] is '/' or '\\' || target.Contains('\0') || (target.Length > 1 && target[1] == ':'))
        {
            throw EntryPath.Refuse(name, $"is a link to '{target}', outside the folder");
        }

        if (EntryPath.IsTooLong(target))
        {
            throw EntryPath.Refuse(name, "is a link to a path that is too long");
        }

        var path = string.Join('/', segments);
        RequireFolders(name, segments.AsSpan(..Math.Max(0, segments.Length - 1)));
        if (_folders.Contains(path) || _files.Contains(path) || (_links.TryGetValue(path, out var other) && other != target))
        {
            throw EntryPath.Refuse(name, "is there twice, as different things");
        }

        Characters += _links.TryAdd(path, target) ? path.Length + target.Length : 0;
    }

    /// <summary>The text of an earlier symbolic link that a hard link means; null when it means none.</summary>
    /// <param name="target">The name that it has for the link.</param>
    public string? FindLink(string target) => _links.GetValueOrDefault(string.Join('/', EntryPath.Split(target, rules)));

    /// <summary>The path of an earlier file that a hard link means.</summary>
    /// <param name="name">The link's name.</param>
    /// <param name="target">The name that it has for the file.</param>
    public string FindFile(string name, string target)
    {
        var path = string.Join('/', EntryPath.Split(target, rules));
        return _files.Contains(path) ? path : throw EntryPath.Refuse(name, $"is a hard link to '{target}', which is no earlier file of the archive");
    }

    /// <summary>The folders that were added since the last call, each behind the one it lies in.</summary>
    public IReadOnlyList<string> TakeNewFolders()
    {
        if (_new.Count == 0)
        {
            return [];
        }

        string[] folders = [.. _new];
        _new.Clear();
        return folders;
    }

    private void RequireFolders(string name, ReadOnlySpan<string> segments)
    {
        var path = "";
        foreach (var segment in segments)
        {
            path = path.Length == 0 ? segment : $"{path}/{segment}";
            if (_files.Contains(path) || _links.ContainsKey(path))
            {
                throw EntryPath.Refuse(name, "lies below an entry that is a file or a link");
            }

            if (_folders.Add(path))
            {
                _new.Add(path);
                Characters += path.Length;
            }
        }
    }
}
