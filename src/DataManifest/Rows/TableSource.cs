namespace DataManifest.Rows;

/// <summary>Where a table's bytes are: in a file, or embedded in the program. Each reading opens them anew.</summary>
/// <param name="Name">How messages name it: a file's path, or that of a resource.</param>
/// <param name="Open">Opens the bytes, which can be sought in; told whether they are read asynchronously.</param>
internal sealed record TableSource(string Name, Func<bool, Stream> Open)
{
    private const int BufferBytes = 64 * 1024;

    /// <summary>The data of a dataset that is one file.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <exception cref="DatasetNotFoundException">The data are not there.</exception>
    public static TableSource Of(Dataset dataset) => Embedded(dataset, "") ?? OfFile(dataset.Path);

    /// <summary>One file of a dataset.</summary>
    /// <param name="file">The file.</param>
    /// <exception cref="DatasetNotFoundException">The data are not there.</exception>
    public static TableSource Of(DatasetFile file) => Embedded(file.Dataset, file.RelativePath) ?? OfFile(file.Path);

    /// <summary>A file.</summary>
    /// <param name="path">Its path.</param>
    public static TableSource OfFile(string path) => new(
        path, isAsync => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferBytes, FileOptions.SequentialScan | (isAsync ? FileOptions.Asynchronous : FileOptions.None)));

    private static TableSource? Embedded(Dataset dataset, string file)
    {
        using var embedded = dataset.OpenEmbedded(file);
        return embedded is null ? null : new TableSource(dataset.EmbeddedName(file), _ => dataset.OpenEmbedded(file)!);
    }
}
