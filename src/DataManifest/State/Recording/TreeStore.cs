using System.Security.Cryptography;
using System.Text;
using DataManifest.Hashing;
using DataManifest.Manifest;
using DataManifest.Storage;

namespace DataManifest.State;

/// <summary>
/// The trees of datasets that are folders, one file each beside the state file: ten thousand lines would make that slow for every tool, and the tools that
/// rewrite it do not keep what they do not know.
/// </summary>
/// <param name="state">The state file.</param>
internal sealed class TreeStore(StateFile state)
{
    private const long LargestFile = 1L << 30;

    /// <summary>Whether any tree was ever recorded.</summary>
    public bool IsUsed => Directory.Exists(Folder);

    private string Folder => Path.Combine(Path.GetDirectoryName(state.FilePath)!, "trees");

    /// <summary>Where a dataset's tree is, recorded or not.</summary>
    /// <param name="dataset">The dataset.</param>
    public string PathOf(DatasetDeclaration dataset)
    {
        var place = dataset.Extract ? dataset.ExtractionName : dataset.Key;
        var name = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(place)), 0, 16).ToLowerInvariant();
        return Path.Combine(Folder, name + ".mtree");
    }

    /// <summary>The recorded tree that belongs to the declared checksum, or to any when none is declared; null when there is none.</summary>
    /// <param name="dataset">The dataset.</param>
    public TreeDigest? Find(DatasetDeclaration dataset)
    {
        try
        {
            var file = new FileInfo(PathOf(dataset));
            return file is { Exists: true, Length: < LargestFile } && TreeFileFormat.Read(File.ReadAllBytes(file.FullName)) is ({ } checksum, var files)
                && (dataset.Checksum.Length == 0 || checksum == Checksum.Parse(dataset.Checksum))
                ? new TreeDigest(checksum, files)
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or DataManifestException or FormatException or OverflowException)
        {
            return null; // What cannot be read proves nothing; the checksum of the whole is there still.
        }
    }

    /// <summary>Records a tree in place of an older one, which belongs to other data.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <param name="tree">Its tree; null when it has none now.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder is not writable.</exception>
    public void Replace(DatasetDeclaration dataset, TreeDigest? tree)
    {
        var path = PathOf(dataset);
        if (tree is null)
        {
            if (File.Exists(path))
            {
                File.Delete(path);
            }

            return;
        }

        PrivateFolder.Create(Path.GetDirectoryName(state.FilePath)!);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        AtomicFile.Replace(path, TreeFileFormat.Write(tree.Checksum, tree.Files));
    }
}
