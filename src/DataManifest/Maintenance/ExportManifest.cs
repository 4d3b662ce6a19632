using DataManifest.Diagnostics;
using DataManifest.Manifest;
using DataManifest.Storage;
using DataManifest.Toml;

namespace DataManifest.Maintenance;

/// <summary>The manifest of an export: the exported datasets, whose data lie beside it. It says so by <c>datasets_dir = "."</c>.</summary>
internal static class ExportManifest
{
    /// <summary>The file's name in the export's folder.</summary>
    public const string FileName = "datamanifest.toml";

    private const string DatasetsHere = ".";

    /// <summary>Makes sure that a folder can take an export: it has no manifest, or that of an export.</summary>
    /// <param name="folder">The folder, absolute.</param>
    /// <exception cref="DataManifestException">It is a project of its own.</exception>
    public static void Require(string folder)
    {
        foreach (var file in ManifestDiscovery.FileNames.Select(name => Path.Combine(folder, name)).Where(File.Exists))
        {
            if (Path.GetFileName(file) != FileName || ManifestDocument.Parse(SmallFile.ReadAllBytes(file), file).Storage?["datasets_dir"] is not TomlString { Value: DatasetsHere })
            {
                throw new DataManifestException(DiagnosticRules.ExportTargetTaken, $"'{file}' is the manifest of a project.", "", "Export to another folder.");
            }
        }
    }

    /// <summary>Writes the manifest; datasets of earlier exports to the same folder stay in it.</summary>
    /// <param name="folder">The folder, absolute.</param>
    /// <param name="source">The manifest that the datasets come from.</param>
    /// <param name="datasets">The datasets that were exported.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Write(string folder, ManifestDocument source, IEnumerable<DatasetDeclaration> datasets)
    {
        var file = Path.Combine(folder, FileName);
        var tables = new SortedDictionary<string, TomlValue>(StringComparer.Ordinal);
        foreach (var entry in File.Exists(file) ? TomlDocument.Parse(TomlText.Decode(SmallFile.ReadAllBytes(file))).Root : [])
        {
            tables[entry.Key] = entry.Value;
        }

        // Everything but where things are: what the folder's own reader needs to know of loaders and of other tools' additions.
        foreach (var entry in source.Structural.Where(entry => entry.Key is not ("_META" or "_STORAGE")))
        {
            tables[entry.Key] = entry.Value;
        }

        foreach (var dataset in datasets)
        {
            tables[dataset.Name] = EntryOf(dataset, source.TableOf(dataset.Name)!);
        }

        tables["_META"] = TableOf(("schema", new TomlInteger(Math.Max(1, source.Schema))));
        tables["_STORAGE"] = TableOf(("datasets_dir", new TomlString(DatasetsHere)));
        AtomicFile.Replace(file, TomlText.Encode(TomlWriter.ToCanonical(TableOf([.. tables.Select(table => (table.Key, table.Value))]))));
    }

    /// <summary>A dataset's table as it was written, without what says that its data are elsewhere, and without credentials, since exports are passed on.</summary>
    private static TomlTable EntryOf(DatasetDeclaration dataset, TomlTable table)
    {
        var entry = TableOf([.. table.Where(field => field.Key is not ("storage_path" or "skip_download")).Select(field => (field.Key, WithoutCredentials(field)))]);
        if (entry["key"] is null && (dataset.IsKeyFromName || DatasetDeclaration.Read(dataset.Name, entry).Key != dataset.Key))
        {
            entry.Add("key", new TomlString(dataset.Key));
        }

        return entry;
    }

    private static TomlValue WithoutCredentials(TomlEntry field) => field switch
    {
        { Key: "uri", Value: TomlString { Value: var uri } } => new TomlString(UriCredentials.Remove(uri)),
        { Key: "uris" or "downloads", Value: TomlArray array } => new TomlArray(
            [.. array.Items.Select(item => item is TomlString { Value: var uri } ? new TomlString(UriCredentials.Remove(uri)) : item)]),
        _ => field.Value,
    };

    private static TomlTable TableOf(params (string Key, TomlValue Value)[] entries)
    {
        TomlTable table = [];
        foreach (var (key, value) in entries)
        {
            table.Add(key, value);
        }

        return table;
    }
}
