using System.Reflection;
using DataManifest.Diagnostics;
using DataManifest.Manifest;
using DataManifest.Storage;
using DataManifest.Text;
using DataManifest.Toml;

namespace DataManifest;

/// <summary>A manifest together with the places of its data. Several may be open at once; each keeps the configuration that it was opened with.</summary>
public sealed partial class Database
{
    private readonly Lazy<Dictionary<string, Dataset>> _byName;

    /// <summary>Makes a database of a manifest that is read already. Errors in it are no exception here: they are in its diagnostics.</summary>
    /// <param name="manifest">The manifest; its path gives the project's root.</param>
    /// <param name="options">What to do differently; null for the defaults.</param>
    public Database(ManifestDocument manifest, DatabaseOptions? options = null)
    {
        Manifest = manifest;
        Options = options ?? new DatabaseOptions();
        var root = Options.ProjectRoot ?? (manifest.Path.Length == 0 ? "" : Path.GetDirectoryName(Path.GetFullPath(manifest.Path)) ?? "");
        Locator = new DatasetLocator(new StorageConfiguration(root, manifest.Storage, Options.Host))
        {
            UnrecordedKeys = new(() => manifest.Datasets.GroupBy(dataset => dataset.Key, StringComparer.Ordinal)
                .Where(sharing => sharing.Skip(1).Any(dataset => (dataset.StoragePath, dataset.Extract) != (sharing.First().StoragePath, sharing.First().Extract)))
                .Select(sharing => sharing.Key).ToHashSet(StringComparer.Ordinal)),
            Database = new(() => this),
        };
        Datasets = [.. manifest.Datasets.Select(dataset => new Dataset(Locator, dataset))];
        _byName = new(() => Datasets.ToDictionary(dataset => dataset.Name, StringComparer.Ordinal));
    }

    /// <summary>The manifest.</summary>
    public ManifestDocument Manifest { get; }

    /// <summary>Where the data are.</summary>
    public DatasetLocator Locator { get; }

    /// <summary>How it was opened.</summary>
    internal DatabaseOptions Options { get; }

    /// <summary>Every dataset, in the order of the manifest.</summary>
    public IReadOnlyList<Dataset> Datasets { get; }

    /// <summary>The dataset that a name, alias, DOI, key or path stands for (specification, "Identifier resolution").</summary>
    /// <param name="identifier">What to look for; an exact name wins.</param>
    /// <exception cref="DataManifestException">Nothing or more than one dataset is found; the message names the candidates.</exception>
    public Dataset this[string identifier] => Manifest.Find(identifier) is var found && found.Dataset is { } declaration
        ? _byName.Value[declaration.Name]
        : throw new DataManifestException(found.Rule!, found.Message);

    /// <summary>Opens a manifest file.</summary>
    /// <param name="path">
    /// The manifest. Null to find it: <c>DATAMANIFEST_TOML</c>, <c>DATASETS_TOML</c>, or else a file of one of the <see cref="ManifestDiscovery.FileNames"/> in the
    /// current folder or above.
    /// </param>
    /// <param name="options">What to do differently; null for the defaults.</param>
    /// <exception cref="ManifestException">
    /// There is no manifest, or it is not UTF-8 or not TOML. Errors of single datasets do not keep the others from being used; they are in the manifest's diagnostics.
    /// </exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Database Open(string? path = null, DatabaseOptions? options = null)
    {
        var host = options?.Host ?? HostEnvironment.Capture();
        var file = path is null ? ManifestDiscovery.Find(host.WorkingDirectory, host.Variables) : Path.GetFullPath(path, host.WorkingDirectory);
        if (file is null || !File.Exists(file))
        {
            var problem = file is null ? $"There is no manifest ({string.Join(", ", ManifestDiscovery.FileNames)}) in '{host.WorkingDirectory}' or above." : $"The manifest '{file}' does not exist.";
            throw new ManifestException(
                "", new ManifestDiagnostic(DiagnosticRules.ManifestMissing, problem, default, new LinePosition(1, 1), new LinePosition(1, 1)), "Create one ('datamanifest init' does), or name it explicitly (DATAMANIFEST_TOML).");
        }

        var manifest = ManifestDocument.Parse(Read(file), file);
        return manifest.Unreadable is not { } unreadable ? new Database(manifest, (options ?? new()) with { Host = host }) : throw new ManifestException(file, unreadable);
    }

    /// <summary>The datasets that a program was compiled with, as if they were read from a manifest.</summary>
    /// <param name="assembly">The assembly with the generated code, in which their fetchers are looked for.</param>
    /// <param name="configuration">Where the program looks for them.</param>
    /// <param name="storage">The manifest's <c>_STORAGE</c> table.</param>
    /// <param name="datasets">The datasets of that manifest.</param>
    internal static Database OfProgram(Assembly assembly, StorageConfiguration configuration, TomlTable storage, IReadOnlyList<Dataset> datasets)
    {
        var manifest = new TomlTable();
        foreach (var dataset in datasets)
        {
            manifest.Add(dataset.Name, dataset.Table);
        }

        manifest.Add("_STORAGE", storage);
        var options = new DatabaseOptions { ProjectRoot = configuration.ProjectRoot, Host = configuration.Host, Program = assembly };
        return new Database(ManifestDocument.Parse(TomlWriter.ToCanonical(manifest), ""), options);
    }

    private static byte[] Read(string file)
    {
        try
        {
            return SmallFile.ReadAllBytes(file);
        }
        catch (FileTooLargeException tooLarge)
        {
            throw new ManifestException(
                file,
                new ManifestDiagnostic(DiagnosticRules.ManifestTooLarge, tooLarge.Message, default, new LinePosition(1, 1), new LinePosition(1, 1)),
                "Name a manifest; what this file has is something else.");
        }
    }
}
