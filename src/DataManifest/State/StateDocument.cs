using DataManifest.Toml;

namespace DataManifest.State;

/// <summary>
/// The inventory of what is where on this machine, as the text of a state file (specification, "The state file"). Not thread-safe while it is changed.
/// </summary>
internal sealed class StateDocument
{
    /// <summary>The schema that is written, unless the text that was read has a newer one.</summary>
    public const int CurrentSchema = 5;

    private const string DotnetTable = "_DOTNET";

    private readonly Dictionary<string, DatasetRecord> _datasets = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RecipeRecord> _recipes = new(StringComparer.Ordinal);

    /// <summary>The fetched datasets by their storage key.</summary>
    public IReadOnlyDictionary<string, DatasetRecord> Datasets => _datasets;

    /// <summary>The produced artifacts by recipe, <c>cachetype</c> or <c>cachetype@version</c>.</summary>
    public IReadOnlyDictionary<string, RecipeRecord> Recipes => _recipes;

    /// <summary>The schema of the text, at least <see cref="CurrentSchema"/>: older texts are migrated while they are read.</summary>
    public TomlInteger Schema { get; init; } = new(CurrentSchema);

    /// <summary>What else is in <c>[_META]</c>; kept as it is.</summary>
    public IReadOnlyList<TomlEntry> UnknownMeta { get; init; } = [];

    /// <summary>Top-level keys that this version does not know; kept as they are.</summary>
    public IReadOnlyList<TomlEntry> Unknown { get; init; } = [];

    /// <summary>Whether a text of an older schema was read, which the next write moves forward.</summary>
    public bool IsMigrated { get; init; }

    /// <summary>Whether a record was added, changed or removed since the document was made.</summary>
    public bool IsChanged { get; private set; }

    /// <summary>Reads a state file's text of any schema. Entries without meaning, such as a recipe without instances, are left out.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="TomlException">It is not TOML.</exception>
    public static StateDocument Parse(string text) => StateReader.Read(TomlDocument.Parse(text).Root);

    /// <summary>Adds to what is recorded of a dataset.</summary>
    /// <param name="key">The storage key.</param>
    /// <param name="storagePath">The place; empty keeps what is recorded.</param>
    /// <param name="sha256">The digest of what is there; empty keeps what is recorded.</param>
    public void RegisterDataset(string key, string storagePath = "", string sha256 = "")
    {
        var old = _datasets.GetValueOrDefault(key);
        SetDataset(key, Known(storagePath, old?.StoragePath), Known(sha256, old?.Sha256));
    }

    /// <summary>Replaces what is recorded of a dataset.</summary>
    /// <param name="key">The storage key.</param>
    /// <param name="storagePath">The place.</param>
    /// <param name="sha256">The digest of what is there; empty when it is not known.</param>
    public void SetDataset(string key, string storagePath, string sha256)
    {
        var old = _datasets.GetValueOrDefault(key);
        var record = (old ?? new DatasetRecord("")) with { StoragePath = storagePath, Sha256 = sha256 };
        if (record != old)
        {
            _datasets[key] = record;
            IsChanged = true;
        }
    }

    /// <summary>What only .NET tools keep of a recorded dataset; null when there is nothing.</summary>
    /// <param name="key">The storage key.</param>
    public TomlTable? DotnetOf(string key) =>
        _datasets.GetValueOrDefault(key)?.Unknown.FirstOrDefault(entry => entry.Key == DotnetTable)?.Value as TomlTable;

    /// <summary>Sets or removes one of the values that only .NET tools keep of a dataset; nothing happens when the dataset is not recorded.</summary>
    /// <param name="key">The storage key.</param>
    /// <param name="name">The value's name.</param>
    /// <param name="value">The value; null to remove it.</param>
    public void SetDotnet(string key, string name, TomlValue? value)
    {
        if (!_datasets.TryGetValue(key, out var record))
        {
            return;
        }

        var table = Table([.. (DotnetOf(key) ?? []).Where(entry => entry.Key != name), .. value is null ? Array.Empty<TomlEntry>() : [Entry(name, value)]]);
        var old = TomlWriter.ToCanonical(DotnetOf(key) ?? []);
        if (TomlWriter.ToCanonical(table) != old)
        {
            _datasets[key] = record with
            {
                Unknown = [.. record.Unknown.Where(entry => entry.Key != DotnetTable), .. table.Count == 0 ? Array.Empty<TomlEntry>() : [Entry(DotnetTable, table)]],
            };
            IsChanged = true;
        }
    }

    /// <summary>Forgets a dataset.</summary>
    /// <param name="key">The storage key.</param>
    /// <returns>Whether it was recorded.</returns>
    public bool RemoveDataset(string key) => Changed(_datasets.Remove(key));

    /// <summary>Records where an artifact is.</summary>
    /// <param name="recipe">The recipe, see <see cref="RecipeKey"/>.</param>
    /// <param name="hash">The hash of its parameters.</param>
    /// <param name="reference">The function that makes it; empty keeps what is recorded.</param>
    /// <param name="format">The format of its data; empty keeps what is recorded.</param>
    /// <param name="storagePath">Its folder; empty keeps what is recorded.</param>
    public void RegisterInstance(string recipe, string hash, string reference = "", string format = "", string storagePath = "")
    {
        var old = _recipes.GetValueOrDefault(recipe);
        var record = (old ?? new RecipeRecord("", "")) with { Reference = Known(reference, old?.Reference), Format = Known(format, old?.Format) };
        var path = Known(storagePath, record.Instances.GetValueOrDefault(hash));
        if (record != old || !record.Instances.TryGetValue(hash, out var recorded) || recorded != path)
        {
            record.Instances[hash] = path;
            _recipes[recipe] = record;
            IsChanged = true;
        }
    }

    /// <summary>Records a new place of an artifact that is known.</summary>
    /// <param name="recipe">The recipe, see <see cref="RecipeKey"/>.</param>
    /// <param name="hash">The hash of its parameters.</param>
    /// <param name="storagePath">Its folder.</param>
    /// <returns>Whether it is known.</returns>
    public bool MoveInstance(string recipe, string hash, string storagePath)
    {
        var isKnown = _recipes.TryGetValue(recipe, out var record) && record.Instances.ContainsKey(hash);
        if (isKnown)
        {
            RegisterInstance(recipe, hash, storagePath: storagePath);
        }

        return isKnown;
    }

    /// <summary>Forgets an artifact, and its recipe with the last one.</summary>
    /// <param name="recipe">The recipe, see <see cref="RecipeKey"/>.</param>
    /// <param name="hash">The hash of its parameters.</param>
    /// <returns>Whether it was recorded.</returns>
    public bool RemoveInstance(string recipe, string hash)
    {
        var isRemoved = _recipes.TryGetValue(recipe, out var record) && record.Instances.Remove(hash);
        if (isRemoved && record!.Instances.Count == 0)
        {
            _recipes.Remove(recipe);
        }

        return Changed(isRemoved);
    }

    /// <summary>The name under which the artifacts of a recipe are recorded.</summary>
    /// <param name="cachetype">The recipe's cachetype.</param>
    /// <param name="version">The recipe's version; empty for none.</param>
    /// <exception cref="ArgumentException">The cachetype has an <c>@</c>, which separates the version.</exception>
    public static string RecipeKey(string cachetype, string version) =>
        cachetype.Contains('@', StringComparison.Ordinal) ? throw new ArgumentException($"The cachetype '{cachetype}' contains '@', which separates the version.", nameof(cachetype))
        : version.Length == 0 ? cachetype
        : $"{cachetype}@{version}";

    /// <summary>The canonical text, the same for every tool of the format.</summary>
    public string ToText()
    {
        var root = Table(Unknown);
        root.Add("_META", Table([.. UnknownMeta, Entry("schema", Schema)]));
        AddNamespace(root, "datacache", _recipes, recipe => Table(
            [.. recipe.Unknown, Text("format", recipe.Format), Text("ref", recipe.Reference), Entry("instances", Table(recipe.Instances.Select(instance => Text(instance.Key, instance.Value))))]));
        AddNamespace(root, "datasets", _datasets, dataset => Table(
            [.. dataset.Unknown, Text("storage_path", dataset.StoragePath), .. dataset.Sha256.Length > 0 ? [Text("sha256", dataset.Sha256)] : Array.Empty<TomlEntry>()]));
        return TomlWriter.ToCanonical(root);
    }

    /// <summary>Takes over a record that was read.</summary>
    internal void Load(string key, DatasetRecord record) => _datasets[key] = record;

    /// <summary>Takes over a record that was read.</summary>
    internal void Load(string recipe, RecipeRecord record) => _recipes[recipe] = record;

    private static void AddNamespace<T>(TomlTable root, string name, Dictionary<string, T> records, Func<T, TomlTable> table)
    {
        if (records.Count > 0)
        {
            root.Add(name, Table(records.Select(record => Entry(record.Key, table(record.Value)))));
        }
    }

    private static TomlTable Table(IEnumerable<TomlEntry> entries)
    {
        var table = new TomlTable();
        foreach (var entry in entries)
        {
            table.Add(entry);
        }

        return table;
    }

    private static TomlEntry Entry(string key, TomlValue value) => new(key, default, value);

    private static TomlEntry Text(string key, string value) => Entry(key, new TomlString(value));

    private static string Known(string value, string? recorded) => value.Length > 0 ? value : recorded ?? "";

    private bool Changed(bool change)
    {
        IsChanged |= change;
        return change;
    }
}
