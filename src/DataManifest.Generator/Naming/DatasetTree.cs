using DataManifest.Generator.Model;

namespace DataManifest.Generator.Naming;

/// <summary>
/// The properties of the generated code: <c>a/b</c> is property <c>B</c> of property <c>A</c>. Whoever comes first in the file gets its plain
/// name; what collides gets the next free number, when all plain names are given away.
/// </summary>
internal sealed class DatasetTree
{
    private readonly Dictionary<(DatasetNode? Parent, string Key), DatasetNode> _byKey = [];
    private readonly HashSet<string> _takenInClass;
    private readonly HashSet<string> _typeNames = [];
    private readonly Dictionary<string, int> _nextTypeNumbers = [];
    private readonly HashSet<string> _fileNames = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, int> _nextFileNumbers = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<DatasetNode> _nodes = [];
    private readonly List<DatasetNode> _datasets = [];
    private readonly List<DatasetNode> _renamed = [];
    private readonly List<DuplicateDataset> _duplicates = [];

    /// <summary>Names the datasets of all manifests of a project.</summary>
    /// <param name="manifests">The manifests, in the order of the project.</param>
    /// <param name="className">The generated class.</param>
    public DatasetTree(IReadOnlyList<ManifestModel> manifests, string className)
    {
        _takenInClass = [.. ReservedNames.OfObject, className];
        for (var i = 0; i < manifests.Count; i++)
        {
            foreach (var dataset in manifests[i].Datasets)
            {
                Add(dataset, i);
            }
        }

        // A parent comes before its children, so its own names are there when theirs are chosen.
        foreach (var siblings in _nodes.GroupBy(node => node.Parent))
        {
            NameSiblings(siblings, siblings.Key is { } parent ? TakenIn(parent) : _takenInClass);
        }

        TypesName = Add(_takenInClass, "DatasetTypes") ?? AddNumbered(_takenInClass, "DatasetTypes", first: 2, out _);
        AllName = Add(_takenInClass, "All") ?? Add(_takenInClass, "AllDatasets") ?? AddNumbered(_takenInClass, "AllDatasets", first: 2, out _);
    }

    /// <summary>Every property, parents before their children, otherwise in the order of the file.</summary>
    public IReadOnlyList<DatasetNode> Nodes => _nodes;

    /// <summary>The properties that are datasets, in the order of the manifests and of each file.</summary>
    public IReadOnlyList<DatasetNode> Datasets => _datasets;

    /// <summary>The properties that could not have their plain names.</summary>
    public IReadOnlyList<DatasetNode> Renamed => _renamed;

    /// <summary>The datasets left out because an earlier manifest has one of the same name.</summary>
    public IReadOnlyList<DuplicateDataset> Duplicates => _duplicates;

    /// <summary>The nested class that holds the types of the properties.</summary>
    public string TypesName { get; }

    /// <summary>The list of all datasets.</summary>
    public string AllName { get; }

    private void Add(DatasetModel dataset, int manifest)
    {
        var segments = dataset.Name.Split(['/'], StringSplitOptions.RemoveEmptyEntries);
        DatasetNode? node = null;
        foreach (var segment in segments.Length == 0 ? [""] : segments)
        {
            node = GetOrAdd(node, segment, segment, dataset, manifest);
        }

        // "a/b" and "a//b" end at the same node, and both must be there; no segment has a slash, so the whole name is a key of its own.
        if (node!.Dataset is { } other && other.Name != dataset.Name)
        {
            node = GetOrAdd(node.Parent, dataset.Name, node.Segment, dataset, manifest);
        }

        if (node.Dataset is not null)
        {
            _duplicates.Add(new DuplicateDataset(dataset.Name, manifest, node.Manifest));
            return;
        }

        (node.Dataset, node.Manifest) = (dataset, manifest);
        _datasets.Add(node);
    }

    private DatasetNode GetOrAdd(DatasetNode? parent, string key, string segment, DatasetModel dataset, int manifest)
    {
        if (!_byKey.TryGetValue((parent, key), out var node))
        {
            node = new DatasetNode(segment, parent) { FirstDataset = dataset.Name, FirstManifest = manifest };
            _byKey.Add((parent, key), node);
            _nodes.Add(node);
            parent?.Children.Add(node);
        }

        return node;
    }

    private static HashSet<string> TakenIn(DatasetNode parent) =>
        [.. ReservedNames.OfObject, .. parent.Dataset is null ? [] : ReservedNames.OfDataset, parent.TypeName];

    private void NameSiblings(IEnumerable<DatasetNode> siblings, HashSet<string> taken)
    {
        var late = new List<(DatasetNode Node, string Wanted)>();
        foreach (var node in siblings)
        {
            var wanted = Identifier.ToPascalCase(node.Segment);
            node.Identifier = Add(taken, wanted) ?? "";
            if (node.Identifier.Length == 0)
            {
                late.Add((node, wanted));
            }
            else
            {
                NameType(node);
            }
        }

        var next = new Dictionary<string, int>();
        foreach (var (node, wanted) in late)
        {
            var first = next.TryGetValue(wanted, out var number) ? number : 2;
            node.Identifier = AddNumbered(taken, wanted, first, out var used);
            next[wanted] = used + 1;
            NameType(node);
            _renamed.Add(node);
        }
    }

    private void NameType(DatasetNode node)
    {
        // No identifier of a single part has an underscore behind a letter, or two: the type's name cannot be a property's.
        node.TypePath = Identifier.Shorten(node.Parent is null ? node.Identifier : $"{node.Parent.TypePath}_{node.Identifier}");
        node.TypeName = AddUnique(_typeNames, _nextTypeNumbers, node.TypePath + (node.Dataset is null ? "Group" : "Dataset"));
        if (node.Dataset is not null)
        {
            node.FileName = AddUnique(_fileNames, _nextFileNumbers, Identifier.ToFileName(node.TypePath));
        }
    }

    /// <summary>Names of many parts are cut to one start, so the next free number is remembered.</summary>
    private static string AddUnique(HashSet<string> taken, Dictionary<string, int> nextNumbers, string wanted)
    {
        if (taken.Add(wanted))
        {
            return wanted;
        }

        var name = AddNumbered(taken, wanted, nextNumbers.TryGetValue(wanted, out var number) ? number : 2, out var used);
        nextNumbers[wanted] = used + 1;
        return name;
    }

    private static string? Add(HashSet<string> taken, string name) => taken.Add(name) ? name : null;

    private static string AddNumbered(HashSet<string> taken, string name, int first, out int used)
    {
        var stem = char.IsDigit(name[name.Length - 1]) ? name + "_" : name;
        for (used = first; !taken.Add($"{stem}{used}"); used++)
        {
        }

        return $"{stem}{used}";
    }
}
