namespace DataManifest;

/// <summary>One file of a dataset that is a folder: an archive that was unpacked, or a batch.</summary>
/// <param name="dataset">The dataset.</param>
/// <param name="relativePath">The file's path in the dataset's folder, with slashes.</param>
/// <param name="length">The file's size in bytes.</param>
public class DatasetFile(Dataset dataset, string relativePath, long length)
{
    /// <summary>The dataset that the file belongs to.</summary>
    public Dataset Dataset { get; } = dataset;

    /// <summary>The file's path in the dataset's folder, with slashes.</summary>
    public string RelativePath { get; } = relativePath;

    /// <summary>The file's size in bytes, as it was when the dataset was fetched and verified; nothing is looked up.</summary>
    public long Length { get; } = length;

    /// <summary>The file's name, without folders.</summary>
    public string Name => RelativePath[(RelativePath.LastIndexOf('/') + 1)..];

    /// <summary>The file, absolute. The dataset is looked up at each call; whether this file is in it is not.</summary>
    /// <exception cref="DatasetNotFoundException">The dataset's data are not there, or not wholly.</exception>
    /// <exception cref="DataManifestException">The storage configuration leads nowhere.</exception>
    public string Path => System.IO.Path.Join(Dataset.Path, Storage.StoragePath.Native(RelativePath));

    /// <summary>Whether the file is there and the dataset complete.</summary>
    /// <exception cref="DataManifestException">The storage configuration leads nowhere.</exception>
    public bool Exists => Dataset.Exists && File.Exists(Path);

    /// <summary>Opens the file for reading: that of the copy beside the program, or else of what is embedded in the program, or else the one at <see cref="Path"/>.</summary>
    /// <returns>The file, opened so that others can read it too; the caller disposes of it.</returns>
    /// <exception cref="DatasetNotFoundException">The dataset's data are not there.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public Stream OpenRead() => Dataset.OpenEmbedded(RelativePath) ?? new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.Read);

    /// <summary>Reads the whole file as text: UTF-8 unless a byte order mark says otherwise.</summary>
    /// <exception cref="DatasetNotFoundException">The dataset's data are not there.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public string ReadAllText()
    {
        using var reader = new StreamReader(OpenRead());
        return reader.ReadToEnd();
    }

    /// <inheritdoc/>
    public override string ToString() => RelativePath;
}
