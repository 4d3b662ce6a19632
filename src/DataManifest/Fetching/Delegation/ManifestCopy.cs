using DataManifest.Manifest;
using DataManifest.Storage;

namespace DataManifest.Fetching.Delegation;

/// <summary>
/// The manifest as another tool is given it. Some tools write the checksums of unpinned datasets into it and lose its comments on the way; so where any dataset is
/// unpinned they get a copy, in the same folder, because that folder is the project's root.
/// </summary>
internal sealed class ManifestCopy : IDisposable
{
    private readonly bool _isCopy;

    private ManifestCopy(string path, bool isCopy) => (Path, _isCopy) = (path, isCopy);

    /// <summary>The file to name to the other tool, absolute.</summary>
    public string Path { get; }

    /// <summary>The manifest itself if nobody will write it, or else a copy.</summary>
    /// <param name="manifest">The manifest.</param>
    /// <exception cref="FetchFaultException">The copy cannot be written.</exception>
    public static ManifestCopy Of(ManifestDocument manifest)
    {
        var original = System.IO.Path.GetFullPath(manifest.Path);
        if (manifest.Datasets.All(dataset => dataset.Checksum.Length > 0 || dataset.SkipChecksum))
        {
            return new ManifestCopy(original, isCopy: false);
        }

        var copy = Staging.NewPath(original) + ".toml";
        try
        {
            File.WriteAllText(copy, manifest.Text);
            return new ManifestCopy(copy, isCopy: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw StoreFault.From(e, copy);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_isCopy)
        {
            Staging.Delete(Path);
        }
    }
}
