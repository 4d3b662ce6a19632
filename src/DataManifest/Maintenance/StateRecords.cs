using DataManifest.State;

namespace DataManifest.Maintenance;

/// <summary>Changes what the state file says of stored objects.</summary>
/// <param name="state">How paths are written down.</param>
internal sealed class StateRecords(StateFile state)
{
    /// <summary>Forgets an object, if what is recorded is what was inspected.</summary>
    /// <param name="document">The state file's content.</param>
    /// <param name="found">The object as it was inspected.</param>
    public void Forget(StateDocument document, StoredObject found)
    {
        if (!IsAsInspected(document, found))
        {
            return;
        }

        if (found is ProducedArtifact artifact)
        {
            document.RemoveInstance(RecipeOf(artifact), artifact.Identity.Hash);
        }
        else
        {
            document.RemoveDataset(found.StorageKey);
        }
    }

    /// <summary>Records a place: always a dataset's, and that of an artifact which is recorded already.</summary>
    /// <param name="document">The state file's content.</param>
    /// <param name="found">The object.</param>
    /// <param name="path">The place, absolute.</param>
    /// <param name="sha256">The digest of what is there; empty to keep the recorded one.</param>
    public void Point(StateDocument document, StoredObject found, string path, string sha256 = "")
    {
        if (found is ProducedArtifact artifact)
        {
            document.MoveInstance(RecipeOf(artifact), artifact.Identity.Hash, state.Portable(path));
        }
        else
        {
            document.RegisterDataset(found.StorageKey, state.Portable(path), sha256);
        }
    }

    /// <summary>Undoes <see cref="Point"/>.</summary>
    /// <param name="document">The state file's content.</param>
    /// <param name="found">The object as it was inspected.</param>
    public void Restore(StateDocument document, StoredObject found)
    {
        if (found.RecordedPath.Length > 0)
        {
            Point(document, found, found.RecordedPath);
        }
        else if (found is StoredDataset)
        {
            document.RemoveDataset(found.StorageKey);
        }
    }

    /// <summary>The name of an artifact's recipe in the state file.</summary>
    public static string RecipeOf(ProducedArtifact artifact) => StateDocument.RecipeKey(artifact.Identity.Cachetype, artifact.Identity.Version);

    private bool IsAsInspected(StateDocument document, StoredObject found)
    {
        var recorded = found is ProducedArtifact artifact
            ? document.Recipes.GetValueOrDefault(RecipeOf(artifact))?.Instances.GetValueOrDefault(artifact.Identity.Hash)
            : document.Datasets.GetValueOrDefault(found.StorageKey)?.StoragePath;
        return recorded is not null && (state.Resolve(recorded) ?? "") == found.RecordedPath;
    }
}
