using DataManifest.Contents;

namespace DataManifest.Generator.Naming;

/// <summary>A folder of a dataset with the names of its members in generated code.</summary>
internal sealed class FolderNode
{
    // Deeper folders have no members: nobody types so many names, and a path's author decides how long it is.
    private const int MostDepth = 32;

    private static readonly string[] OfFolder = ["Dataset", "RelativePath", "Path"];

    private FolderNode(string path, string typeName, int depth, IReadOnlyList<ContentFile> files, HashSet<string> typeNames)
    {
        (Path, TypeName) = (path, typeName);
        var start = path.Length == 0 ? 0 : path.Length + 1;
        var members = files.GroupBy(file => file.Path.IndexOf('/', start) is >= 0 and var slash ? file.Path.Substring(start, slash + 1 - start) : file.Path.Substring(start), StringComparer.Ordinal)
            .Where(member => depth < MostDepth || !member.Key.EndsWith("/", StringComparison.Ordinal)).ToList();
        HashSet<string> taken = [.. ReservedNames.OfObject, .. OfFolder, typeName];
        var names = MemberNames.Give([.. members.Select(member => Identifier.ToPascalCase(member.Key))], taken);
        for (var i = 0; i < members.Count; i++)
        {
            // No name of a dataset's type has two underscores, so none can be like these.
            var type = MemberNames.Give([Identifier.Shorten($"{typeName}__{names[i]}")], typeNames)[0];
            if (members[i].Key.EndsWith("/", StringComparison.Ordinal))
            {
                var folder = members[i].Key.Substring(0, members[i].Key.Length - 1);
                Folders.Add((names[i], new FolderNode(path.Length == 0 ? folder : $"{path}/{folder}", type, depth + 1, [.. members[i]], typeNames)));
            }
            else
            {
                Files.Add((names[i], type, members[i].First()));
            }
        }
    }

    /// <summary>The folder's path in the dataset's; empty for that itself.</summary>
    public string Path { get; }

    /// <summary>The name of its type.</summary>
    public string TypeName { get; }

    /// <summary>The folders in it, each with its property.</summary>
    public List<(string Property, FolderNode Folder)> Folders { get; } = [];

    /// <summary>The files in it, each with its property and the name that its own type has if it needs one.</summary>
    public List<(string Property, string TypeName, ContentFile File)> Files { get; } = [];

    /// <summary>The folder of a dataset.</summary>
    /// <param name="files">The dataset's files.</param>
    /// <param name="typeName">The name of its type.</param>
    public static FolderNode Create(IReadOnlyList<ContentFile> files, string typeName) => new("", typeName, 0, files, [typeName]);
}
