using DataManifest.Bindings;
using DataManifest.Maintenance;
using DataManifest.Manifest;

namespace DataManifest;

/// <content>Telling how things stand.</content>
public sealed partial class Database
{
    /// <summary>Sums up what is here, what is missing, what is not pinned and what disagrees with its record. Nothing is hashed or written.</summary>
    /// <param name="cancellationToken">Stops between two folders.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public Task<DatabaseStatus> StatusAsync(CancellationToken cancellationToken = default) => Task.Run(() => StatusNowAsync(cancellationToken), cancellationToken);

    /// <summary><see cref="StatusAsync"/> on the caller's thread, for a program that has nothing else to do meanwhile.</summary>
    /// <param name="cancellationToken">Stops between two folders.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    internal async Task<DatabaseStatus> StatusNowAsync(CancellationToken cancellationToken)
    {
        var inventory = await InspectNowAsync(null, InspectionDetail.Size, cancellationToken).ConfigureAwait(false);
        var states = inventory.Datasets.Where(dataset => dataset.Problem is null).ToLookup(dataset => Locator.Locate(dataset.Declaration) switch
        {
            { IsUsable: true } => DatasetState.Complete,
            { State: DatasetState.Damaged } => DatasetState.Unmarked,
            { State: var state } => state,
        });
        return new DatabaseStatus(inventory)
        {
            Usable = [.. states[DatasetState.Complete]],
            Incomplete = [.. states[DatasetState.Unmarked]],
            Missing = [.. states[DatasetState.Missing]],
            Unpinned = [.. inventory.Datasets.Where(dataset => NeedsPin(dataset.Declaration))],
            Dirty = [.. inventory.Objects.Where(found => found.Dirty != DirtyState.Clean)],
            Orphans = [.. inventory.Produced.Where(artifact => !artifact.IsReferenced)],
        };
    }

    /// <summary>Tells where things are kept. Nothing is looked for but the state file.</summary>
    public DatabasePlaces GetPlaces()
    {
        var problems = new List<DataManifestException>();
        var state = Try(() => Locator.State.ExistingPath is { Length: > 0 } existing ? existing : Locator.State.FilePath);
        return new DatabasePlaces
        {
            Manifest = Manifest.Path,
            StateFile = state,
            HasStateFile = File.Exists(state),
            DatasetsDirectory = Try(() => Locator.Storage.DatasetsDirectory),
            DatasetsPools = Locator.Storage.DatasetsPools,
            DatacacheDirectory = Try(() => Locator.Storage.DatacacheDirectory),
            DatacachePools = Locator.Storage.DatacachePools,
            CheckoutConfiguration = Locator.Storage.CheckoutConfigurationFile,
            UserConfiguration = Locator.Storage.UserConfigurationFile,
            Problems = problems,
        };

        string? Try(Func<string> place)
        {
            try
            {
                return place();
            }
            catch (DataManifestException unresolved)
            {
                problems.Add(unresolved);
                return null;
            }
        }
    }

    private static bool NeedsPin(DatasetDeclaration dataset) =>
        dataset is { Checksum.Length: 0, SkipChecksum: false, SkipDownload: false, LazyAccess: false } && !FetchLadder.IsClone(dataset);
}
