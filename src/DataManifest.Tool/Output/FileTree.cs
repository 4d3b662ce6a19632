using DataManifest.Hashing;

namespace DataManifest.Tool.Output;

/// <summary>A file, or a folder with what is below it.</summary>
internal sealed class FileTree
{
    private readonly SortedDictionary<string, FileTree> _entries = new(StringComparer.Ordinal);

    /// <summary>The files and folders in it, by name; none for a file.</summary>
    public IReadOnlyDictionary<string, FileTree> Entries => _entries;

    /// <summary>The number of files, at every depth.</summary>
    public int Files { get; private set; }

    /// <summary>The bytes of all files.</summary>
    public long Bytes { get; private set; }

    /// <summary>Makes the tree of a folder.</summary>
    /// <param name="files">Its files, with slashes in their paths.</param>
    public static FileTree Of(IEnumerable<TreeFile> files)
    {
        var root = new FileTree();
        foreach (var file in files)
        {
            var place = root;
            place.Count(file.Size);
            foreach (var name in file.Path.Split('/'))
            {
                if (!place._entries.TryGetValue(name, out var entry))
                {
                    place._entries.Add(name, entry = new FileTree());
                }

                place = entry;
                place.Count(file.Size);
            }
        }

        return root;
    }

    private void Count(long bytes)
    {
        Files++;
        Bytes += bytes;
    }
}
