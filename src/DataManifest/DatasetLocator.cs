using System.Reflection;
using DataManifest.Diagnostics;
using DataManifest.Hashing;
using DataManifest.Manifest;
using DataManifest.State;
using DataManifest.Storage;
using DataManifest.Toml;

namespace DataManifest;

/// <summary>
/// Says where datasets are: a snapshot of the storage configuration and the rules of presence. Looking never writes, locks, verifies or fetches.
/// </summary>
public sealed partial class DatasetLocator
{
    private readonly PresentPools _pools = new();

    /// <summary>Makes a locator.</summary>
    /// <param name="storage">The storage configuration.</param>
    public DatasetLocator(StorageConfiguration storage)
    {
        Storage = storage;
        State = new StateFile(storage);
        Sizes = new SizeIndex(State);
    }

    /// <summary>The storage configuration.</summary>
    public StorageConfiguration Storage { get; }

    /// <summary>The record of where data have landed.</summary>
    internal StateFile State { get; }

    /// <summary>The folder beside the program with the data that were copied there for it, laid out like a datasets folder; empty when no program is concerned.</summary>
    internal string BundleFolder { get; init; } = "";

    /// <summary>The program that the datasets were compiled into, which may have data embedded; null when none is concerned.</summary>
    internal Assembly? Program { get; init; }

    /// <summary>The sizes of datasets that are one file.</summary>
    internal SizeIndex Sizes { get; }

    /// <summary>The datasets that are located here, to fetch one with what it requires; null when they are not known.</summary>
    internal Lazy<Database>? Database { get; init; }

    /// <summary>Keys of datasets that are stored at several places, for which a record by key would be wrong for all but one.</summary>
    internal Lazy<HashSet<string>> UnrecordedKeys { get; init; } = new(() => []);

    /// <summary>
    /// The locator of a program's generated datasets. The project's root comes from <c>&lt;assembly&gt;.datamanifest.toml</c> in the program's folder, which the
    /// build writes; or else is the folder of a manifest in the program's folder or above; or else is the program's folder. Data that were copied into the folder
    /// <c>datasets</c> beside the program come before all others.
    /// <c>DATAMANIFEST_TOML</c> does not count here: it may point at any project, and the datasets are those that the program was compiled with.
    /// </summary>
    /// <param name="assembly">The assembly with the generated code.</param>
    /// <param name="storageToml">The manifest's <c>_STORAGE</c> table as TOML, without its header.</param>
    /// <param name="datasets">The generated datasets, those of other manifests included, for those that require others to be fetched; null when none is fetched.</param>
    /// <param name="manifest">Which of the manifests that the program was compiled with these datasets are of, counted from 0.</param>
    /// <exception cref="TomlException"><paramref name="storageToml"/> is not TOML.</exception>
    public static DatasetLocator ForAssembly(Assembly assembly, string storageToml, Func<IReadOnlyList<Dataset>>? datasets = null, int manifest = 0)
    {
        var note = ProgramNote.Read(AppContext.BaseDirectory, assembly.GetName().Name ?? "");
        var host = HostEnvironment.Capture().WithStorage(note.Storage);
        var storage = TomlDocument.Parse(storageToml).Root;
        DatasetLocator? locator = null;
        return locator = new DatasetLocator(new StorageConfiguration(ProgramRoot.Find(AppContext.BaseDirectory, note, manifest), storage, host))
        {
            BundleFolder = Path.Join(AppContext.BaseDirectory, "datasets") is var bundle && Directory.Exists(bundle) ? Path.GetFullPath(bundle) : "",
            Program = assembly,
            Database = datasets is null ? null : new(() => DataManifest.Database.OfProgram(assembly, locator!.Storage, storage, [.. datasets().Where(dataset => dataset.Locator == locator)])),
        };
    }

    /// <summary>The place where a dataset is stored when it is fetched: the file, or the folder that an archive is unpacked into. It need not exist.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <exception cref="DataManifestException">The key leads out of its folder, or a symbol stands for itself.</exception>
    public string StoragePathOf(DatasetDeclaration dataset) => Resolve(dataset, dataset.StoredName);

    /// <summary>The place where a dataset's download is stored; differs from <see cref="StoragePathOf"/> for an archive that is unpacked.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <exception cref="DataManifestException">The key leads out of its folder, or a symbol stands for itself.</exception>
    public string DownloadPathOf(DatasetDeclaration dataset) => Resolve(dataset, dataset.Key);

    /// <summary>
    /// Where a dataset's data are. Complete data where the state file says win, then complete data at the storage path, then in a read pool, then whatever is at the
    /// storage path (specification, "The state file").
    /// </summary>
    /// <param name="dataset">The dataset.</param>
    /// <remarks>
    /// A completion marker is enough here, since no tool may write one before it has verified the data; so is a record with the declared digest. A fetch does not
    /// use pool entries without checking them.
    /// </remarks>
    /// <exception cref="DataManifestException">The key leads out of its folder, or a symbol stands for itself.</exception>
    public DatasetLocation Locate(DatasetDeclaration dataset)
    {
        DatasetLocation? own = null;
        foreach (var candidate in Candidates(dataset))
        {
            if (candidate.IsUsable)
            {
                return candidate;
            }

            own ??= candidate.IsInPool ? null : candidate;
        }

        return own!;
    }

    /// <summary>
    /// Every place that is looked at, in order: where the state file says, if something is there, the storage path, then the read pools. At least the storage path.
    /// </summary>
    /// <param name="dataset">The dataset.</param>
    /// <exception cref="DataManifestException">The key leads out of its folder, or a symbol stands for itself.</exception>
    public IEnumerable<DatasetLocation> Candidates(DatasetDeclaration dataset)
    {
        if (Bundled(dataset) is { State: not DatasetState.Missing } bundled)
        {
            yield return bundled;
        }

        if (dataset.LazyAccess)
        {
            yield return new DatasetLocation(dataset.Uri, DatasetState.Lazy);
        }
        else if (dataset.SkipDownload && dataset.StoragePath.Length == 0 && dataset.Uri.Length > 0)
        {
            yield return LocateInPlace(dataset);
        }
        else if (dataset.SkipDownload || StorageConfiguration.IsUserManaged(dataset.StoragePath))
        {
            yield return UserManaged(StoragePathOf(dataset));
        }
        else
        {
            var own = StoragePathOf(dataset);
            var normal = Storage.Normalize(own);
            if (LocateRecorded(dataset, normal) is { } recorded)
            {
                yield return recorded;
            }

            yield return Probe(own, isInPool: false, SizeOf(dataset, normal));
            foreach (var pool in _pools.Present(Storage))
            {
                if (ProbePool(dataset, pool) is { } found && found.Path != normal)
                {
                    yield return found;
                }
            }
        }
    }

    /// <summary>Whether the data lie beside the program, wholly.</summary>
    /// <param name="dataset">The dataset.</param>
    internal bool IsBundled(DatasetDeclaration dataset) => Bundled(dataset) is { IsUsable: true };

    private DatasetLocation? Bundled(DatasetDeclaration dataset) => BundleFolder.Length > 0 ? ProbePool(dataset, BundleFolder) : null;

    private DatasetLocation? ProbePool(DatasetDeclaration dataset, string pool) =>
        Storage.Normalize(Path.Join(pool, StoragePath.Native(dataset.StoredName))) is var path && StoragePath.IsBelow(path, pool) ? Probe(path, isInPool: true) : null;

    /// <summary>The place in the state file when it is another than the storage path and something is there; for an unpacked archive, a folder.</summary>
    private DatasetLocation? LocateRecorded(DatasetDeclaration dataset, string own)
    {
        if (!State.Current.Datasets.TryGetValue(dataset.Key, out var record) || State.Resolve(record.StoragePath) is not { } path || path == own
            || UnrecordedKeys.Value.Contains(dataset.Key) || !(dataset.Extract ? Directory.Exists(path) : Path.Exists(path)))
        {
            return null;
        }

        var isVerified = HasDeclaredDigest(dataset, record);
        var found = Probe(path, isInPool: true, dataset.SkipChecksum ? null : Sizes.Find(dataset.Key));
        return !isVerified || found.State == DatasetState.Damaged ? found : found with { State = found.IsUsable ? found.State : DatasetState.Recorded, IsVerified = true };
    }

    /// <summary>
    /// Whether the state file says that the data at a place have the declared digest. It knows of SHA-256 digests alone; where another is declared, the answer is yes.
    /// </summary>
    /// <param name="dataset">A pinned dataset.</param>
    /// <param name="path">The place.</param>
    internal bool IsRecordedAsDeclared(DatasetDeclaration dataset, string path) => Checksum.Parse(dataset.Checksum) is not { Algorithm: Checksum.DefaultAlgorithm }
        || (State.Current.Datasets.TryGetValue(dataset.Key, out var record) && HasDeclaredDigest(dataset, record)
            && State.Resolve(record.StoragePath) == Storage.Normalize(path) && !UnrecordedKeys.Value.Contains(dataset.Key));

    private static bool HasDeclaredDigest(DatasetDeclaration dataset, DatasetRecord record) =>
        record.Sha256.Length > 0 && !dataset.SkipChecksum && Checksum.Parse(dataset.Checksum) is { Algorithm: Checksum.DefaultAlgorithm } declared && declared.Matches(record.Sha256);

    /// <summary>The size that a dataset's file at its storage path was recorded with; null when that is not known or does not matter.</summary>
    private long? SizeOf(DatasetDeclaration dataset, string own) =>
        !dataset.SkipChecksum && State.Current.Datasets.TryGetValue(dataset.Key, out var record)
        && !UnrecordedKeys.Value.Contains(dataset.Key) && State.Resolve(record.StoragePath) == own
            ? Sizes.Find(dataset.Key)
            : null;

    private static DatasetLocation Probe(string path, bool isInPool, long? recordedSize = null)
    {
        var (exists, marker, size) = new EntryPaths(path).Look();
        var state = !exists ? DatasetState.Missing
            : marker is null ? DatasetState.Unmarked
            : recordedSize is not null && size is not null && size != recordedSize ? DatasetState.Damaged
            : DatasetState.Complete;
        return new DatasetLocation(path, state, state == DatasetState.Complete ? marker! : "", isInPool);
    }

    private static DatasetLocation UserManaged(string path) => new(path, Path.Exists(path) ? DatasetState.UserManaged : DatasetState.Missing);

    /// <summary>Data that somebody else provides at the dataset's URI: a local path, or an address that is opened as it is.</summary>
    private DatasetLocation LocateInPlace(DatasetDeclaration dataset) =>
        System.Uri.TryCreate(dataset.Uri, UriKind.Absolute, out var uri) && !dataset.Uri.StartsWith('/')
            ? uri.IsFile ? UserManaged(uri.LocalPath) : new DatasetLocation(dataset.Uri, DatasetState.Lazy)
            : UserManaged(StoragePath.Native(Storage.Expand(dataset.Uri, dataset.Key)));

    private string Resolve(DatasetDeclaration dataset, string key)
    {
        var path = StoragePath.Native(Storage.Expand(dataset.StoragePath, key));
        if (Storage.FolderOfKey(dataset.StoragePath) is { } folder && !(key.Length > 0 && StoragePath.IsBelow(Storage.Normalize(path), folder)))
        {
            throw new DataManifestException(
                DiagnosticRules.PathLeavesFolder, $"The key '{key}' of dataset '{dataset.Name}' leads to '{path}', which is not inside '{folder}'.", dataset.Name, "Give the dataset a key = \"…\" that stays inside.");
        }

        return path;
    }
}
