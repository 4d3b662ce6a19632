using DataManifest.Bindings;
using DataManifest.Diagnostics;
using DataManifest.Manifest;
using DataManifest.Toml;

namespace DataManifest;

/// <summary>A dataset as a program uses it: what the manifest says of it, and where its data are on this machine.</summary>
public partial class Dataset
{
    private readonly DatasetLocator _locator;
    private readonly string? _toml;
    private readonly Lazy<DatasetDeclaration> _declaration;

    /// <summary>For generated code: a dataset whose declaration is compiled in.</summary>
    /// <param name="locator">Where data are.</param>
    /// <param name="name">The dataset's name in the manifest.</param>
    /// <param name="toml">The dataset's table as TOML, without its header; read at the first use.</param>
    protected Dataset(DatasetLocator locator, string name, string toml)
    {
        Name = name;
        _locator = locator;
        _toml = toml;
        _declaration = new(() => DatasetDeclaration.Read(name, Table));
    }

    internal Dataset(DatasetLocator locator, DatasetDeclaration declaration)
    {
        Name = declaration.Name;
        _locator = locator;
        _declaration = new(() => declaration);
    }

    /// <summary>The dataset's name in the manifest.</summary>
    public string Name { get; }

    /// <summary>The storage key: the path below the datasets folder, written with slashes.</summary>
    public string Key => Declaration.Key;

    /// <summary>The source, as the manifest has it; empty when there is none, or several.</summary>
    public string Uri => Declaration.Uri;

    /// <summary>The sources of a batch of files; empty for any other dataset.</summary>
    public IReadOnlyList<string> Uris => Declaration.Uris;

    /// <summary>The DOI; empty when there is none.</summary>
    public string Doi => Declaration.Doi;

    /// <summary>The version; empty when there is none.</summary>
    public string Version => Declaration.Version;

    /// <summary>The format, without a leading dot: <c>csv</c>, <c>tar.gz</c>, …; empty when it is not known.</summary>
    public string Format => Declaration.Format;

    /// <summary>The pinned digest, <c>algo:hex</c>; empty when it is not pinned.</summary>
    public string Checksum => Declaration.Checksum;

    /// <summary>What the data are, for people.</summary>
    public string Description => Declaration.Description;

    /// <summary>Other names that find the dataset.</summary>
    public IReadOnlyList<string> Aliases => Declaration.Aliases;

    /// <summary>
    /// The file or folder with the data, absolute; the address for a dataset that is opened where it is. Looked up at each call, so data that are
    /// fetched or moved meanwhile are found.
    /// </summary>
    /// <exception cref="DatasetNotFoundException">The data are not there, or not wholly; the message says how to get them.</exception>
    /// <exception cref="DataManifestException">The storage configuration leads nowhere.</exception>
    public string Path => _locator.Locate(Declaration) is { IsUsable: true, Path: var path } ? path : throw NotFound();

    /// <summary>Whether the data are there, wholly. A dataset that is opened where it is counts as there.</summary>
    /// <exception cref="DataManifestException">The storage configuration leads nowhere.</exception>
    public bool Exists => Location.IsUsable;

    /// <summary>Where the data are, or should be, and what is known of them.</summary>
    /// <exception cref="DataManifestException">The storage configuration leads nowhere.</exception>
    public DatasetLocation Location => _locator.Locate(Declaration);

    /// <summary>What the manifest says of the dataset.</summary>
    internal DatasetDeclaration Declaration => _declaration.Value;

    /// <summary>Where the data are.</summary>
    internal DatasetLocator Locator => _locator;

    /// <summary>The dataset's table, as it was compiled in.</summary>
    internal TomlTable Table => _toml is null ? new TomlTable() : TomlDocument.Parse(_toml).Root;

    /// <summary>
    /// Opens the data for reading: the copy beside the program, or else what is embedded in the program (<c>EmbedAsResource</c>), or else the file at <see cref="Path"/>.
    /// </summary>
    /// <returns>The data, opened so that others can read them too; the caller disposes of it.</returns>
    /// <exception cref="DatasetNotFoundException">The data are not there.</exception>
    /// <exception cref="DataManifestException">The dataset is a folder, or is opened where it is.</exception>
    public Stream OpenRead() => OpenEmbedded() ?? new FileStream(FilePath(), FileMode.Open, FileAccess.Read, FileShare.Read);

    /// <summary>Reads the whole data as text: UTF-8 unless a byte order mark says otherwise.</summary>
    /// <exception cref="DatasetNotFoundException">The data are not there.</exception>
    /// <exception cref="DataManifestException">The dataset is a folder, or is opened where it is.</exception>
    public string ReadAllText()
    {
        using var reader = new StreamReader(OpenRead());
        return reader.ReadToEnd();
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>For generated code: a text of a binding with its variables replaced (specification, "Parameterized bindings").</summary>
    /// <param name="text">The text as written, with <c>$path</c>, <c>$project_root</c>, <c>$key</c> and so on.</param>
    /// <exception cref="DatasetNotFoundException">The data are not there.</exception>
    protected string SubstituteVariables(string text) => TemplateVariables.ForLoader(Declaration, _locator.Storage.ProjectRoot, Path).Substitute(text);

    /// <summary>The data that are embedded in the program, where there is no copy of them beside it; null when there are none.</summary>
    /// <param name="file">A file of a dataset that is a folder, with slashes; empty for a dataset that is one file.</param>
    internal Stream? OpenEmbedded(string file = "")
    {
        if (_locator.Program is not { } program || _locator.IsBundled(Declaration))
        {
            return null;
        }

        // A build on Windows names the resources of folders with its own separator.
        return program.GetManifestResourceStream(EmbeddedName(file)) ?? (file.Length == 0 ? null : program.GetManifestResourceStream(EmbeddedName(file.Replace('/', '\\'))));
    }

    /// <summary>The resource that has the data in an assembly. The dataset's name is one part of it, so that a file of <c>a</c> is not taken for the dataset <c>a/b</c>.</summary>
    /// <param name="file">A file of a dataset that is a folder; empty for a dataset that is one file.</param>
    internal string EmbeddedName(string file) => $"datasets/{Name.Replace("%", "%25").Replace("/", "%2F")}{(file.Length > 0 ? "/" : "")}{file}";

    private string FilePath()
    {
        var location = Location;
        return !location.IsUsable ? throw NotFound()
            : location.State == DatasetState.Lazy ? throw NotAFile("is opened where it is and has no local file", "Open its Path, an address, with a library that reads such addresses.")
            : Directory.Exists(location.Path) ? throw NotAFile($"is the folder '{location.Path}'", "Open the files in its Path.")
            : location.Path;
    }

    private DataManifestException NotAFile(string what, string remedy) =>
        new(DiagnosticRules.NotAFile, $"Dataset '{Name}' {what}.", Name, remedy);

    // What a DatasetReference leaves to the first run no build fetches.
#if NET
    private const string OwnFetch = ", or call FetchAsync()";
#else
    private const string OwnFetch = "";
#endif

    private DatasetNotFoundException NotFound()
    {
        List<DatasetLocation> probed = [.. _locator.Candidates(Declaration)];
        string[] paths = [.. probed.Select(candidate => candidate.Path)];
        var isManaged = probed.Count == 1 && (Declaration.SkipDownload || Storage.StorageConfiguration.IsUserManaged(Declaration.StoragePath));
        var unmarked = probed.FirstOrDefault(candidate => candidate.State == DatasetState.Unmarked);
        var problem = probed.Any(candidate => candidate.State == DatasetState.Damaged)
            ? $"The data of dataset '{Name}' have another size than when they were fetched; they were cut off, or written to."
            : unmarked is null
            ? $"The data of dataset '{Name}' are not on this machine; looked for: {string.Join(", ", paths.Select(path => $"'{path}'"))}."
            : $"The data of dataset '{Name}' at '{unmarked.Path}' have no completion marker, so they may be cut off.";
        using var embedded = OpenEmbedded();
        var remedy = embedded is not null ? "They are embedded in the program, as no file: read them with OpenRead() or ReadAllText()."
            : isManaged && Declaration.SkipDownload
            ? "They are not fetched (skip_download): provide them there, or correct the place in the manifest."
            : $"In the project's folder run 'dotnet build' to fetch and verify them{OwnFetch}; where the program is deployed without its project, "
                + "copy the datasets folder there and name it in the environment variable DATAMANIFEST_DATASETS_DIR.";
        return new DatasetNotFoundException(Name, problem, remedy, paths);
    }
}
