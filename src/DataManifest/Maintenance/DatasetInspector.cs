using DataManifest.Hashing;
using DataManifest.State;
using DataManifest.Storage;

namespace DataManifest.Maintenance;

/// <summary>Looks at datasets: where they are recorded, where they belong, and what is there.</summary>
/// <param name="locator">The places.</param>
/// <param name="roots">The folders that datasets belong in.</param>
internal sealed class DatasetInspector(DatasetLocator locator, StoreRoots roots)
{
    private readonly StateDocument _state = locator.State.Current;

    /// <summary>Looks at one dataset. Where its data are is told as all tools of the format do: where they are recorded, if something is there, else where they belong.</summary>
    /// <param name="dataset">The dataset.</param>
    public StoredDataset Inspect(Dataset dataset)
    {
        var declaration = dataset.Declaration;
        var isUserManaged = declaration.SkipDownload || StorageConfiguration.IsUserManaged(declaration.StoragePath);
        var found = new StoredDataset(dataset) { Format = declaration.Format, IsReferenced = true };
        if (declaration.LazyAccess)
        {
            return found with { State = DatasetState.Lazy, Protection = Protection.LazyAccess };
        }

        var directive = "";
        try
        {
            var place = locator.Candidates(declaration).First(candidate => !candidate.IsInPool);
            if (place.State == DatasetState.Lazy)
            {
                return found with { State = DatasetState.Lazy, Protection = Protection.UserManaged };
            }

            directive = locator.Storage.Normalize(place.Path);
        }
        catch (DataManifestException unresolved)
        {
            found = found with { Problem = unresolved };
        }

        var record = locator.UnrecordedKeys.Value.Contains(declaration.Key) ? null : _state.Datasets.GetValueOrDefault(declaration.Key);
        var recorded = record is null ? "" : locator.State.Resolve(record.StoragePath) ?? "";
        found = found with { DirectivePath = directive, RecordedPath = recorded, RecordedSha256 = record?.Sha256 ?? "" };
        var (facts, location, dirty) = Locate(declaration.Extract, recorded, directive);
        var isUnrecordable = record is null && locator.UnrecordedKeys.Value.Contains(declaration.Key);
        found = found with { Dirty = declaration.SkipDownload || isUnrecordable ? DirtyState.Clean : dirty };
        return !facts.Exists
            ? found with { Protection = isUserManaged ? Protection.UserManaged : Protection.None }
            : Describe(found, location, facts, isUserManaged);
    }

    private static (PathFacts Facts, string Location, DirtyState Dirty) Locate(bool isUnpacked, string recorded, string directive)
    {
        var atRecord = PathFacts.Of(recorded);
        if (atRecord.Exists && (recorded == directive || !isUnpacked || atRecord.IsFolder))
        {
            return (atRecord, recorded, DirtyState.Clean);
        }

        // An archive may be recorded in place of the folder that it is unpacked into; then the folder counts if it is there.
        var atDirective = PathFacts.Of(directive);
        return recorded.Length == 0 ? (atDirective, directive, atDirective.Exists ? DirtyState.Untracked : DirtyState.Clean)
            : atDirective.Exists && (!atRecord.Exists || atDirective.IsFolder) ? (atDirective, directive, DirtyState.Relocated)
            : atRecord.Exists ? (atRecord, recorded, DirtyState.Clean)
            : (default, "", DirtyState.Missing);
    }

    private StoredDataset Describe(StoredDataset found, string location, PathFacts facts, bool isUserManaged)
    {
        var declaration = found.Declaration;
        var entry = new EntryPaths(location);
        var isComplete = File.Exists(facts.IsFolder ? entry.FolderMarker : entry.FileMarker);
        var isRecorded = location == found.RecordedPath && found.RecordedSha256.Length > 0 && !declaration.SkipChecksum
            && Checksum.Parse(declaration.Checksum) is { Algorithm: Checksum.DefaultAlgorithm } declared && declared.Matches(found.RecordedSha256);
        var isDamaged = !isUserManaged && !facts.IsFolder && location == found.RecordedPath && !declaration.SkipChecksum
            && locator.Sizes.Find(declaration.Key) is { } size && size != facts.Length;
        found = found with
        {
            Dirty = isDamaged ? DirtyState.Modified : found.Dirty,
            Location = location,
            IsPresent = true,
            IsComplete = isComplete,
            State = isUserManaged ? DatasetState.UserManaged : isDamaged ? DatasetState.Damaged : isComplete ? DatasetState.Complete : isRecorded ? DatasetState.Recorded : DatasetState.Unmarked,
            Size = facts.IsFolder ? null : facts.Length,
            Created = facts.Written,
            LastAccess = facts.Accessed,
            IsOutside = roots.IsOutside(location),
            IsOutOfPlace = found.DirectivePath.Length > 0 && location != found.DirectivePath,
        };
        return found with
        {
            Protection = isUserManaged ? Protection.UserManaged
                : location == found.DirectivePath ? Protection.None
                : roots.IsInPool(location) ? Protection.ReadPool
                : isComplete || roots.IsOwn(location) || IsNamedByKey(found) ? Protection.None
                : Protection.AdoptedInPlace,
        };
    }

    /// <summary>Whether the path ends as one in a store does, so that a tool of the format must have made it.</summary>
    private static bool IsNamedByKey(StoredDataset found) =>
        new[] { found.ContentKey, found.Declaration.Key }.Any(key => found.Location.EndsWith(Path.DirectorySeparatorChar + StoragePath.Native(key), StringComparison.Ordinal));
}
