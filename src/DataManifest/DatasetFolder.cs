namespace DataManifest;

/// <summary>A folder in a dataset, or the dataset's own.</summary>
/// <param name="dataset">The dataset.</param>
/// <param name="relativePath">The folder's path in the dataset's, with slashes; empty for the dataset's own.</param>
public class DatasetFolder(Dataset dataset, string relativePath)
{
    /// <summary>The dataset that the folder belongs to.</summary>
    public Dataset Dataset { get; } = dataset;

    /// <summary>The folder's path in the dataset's, with slashes; empty for the dataset's own.</summary>
    public string RelativePath { get; } = relativePath;

    /// <summary>The folder, absolute. The dataset is looked up at each call.</summary>
    /// <exception cref="DatasetNotFoundException">The dataset's data are not there, or not wholly.</exception>
    /// <exception cref="DataManifestException">The storage configuration leads nowhere.</exception>
    public string Path => RelativePath.Length == 0 ? Dataset.Path : System.IO.Path.Join(Dataset.Path, Storage.StoragePath.Native(RelativePath));

    /// <inheritdoc/>
    public override string ToString() => RelativePath;
}
