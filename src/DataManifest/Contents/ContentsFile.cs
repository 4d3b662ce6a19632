using System.Text;
using DataManifest.Storage;

namespace DataManifest.Contents;

/// <summary>A file with what datasets contain.</summary>
internal static class ContentsFile
{
    /// <summary>The file that is committed beside a manifest: <c>datasets.contents.toml</c> beside <c>datasets.toml</c>.</summary>
    /// <param name="manifest">The manifest's path.</param>
    public static string BesideOf(string manifest) => Path.ChangeExtension(manifest, ".contents.toml");

    /// <summary>Reads a file; what is not there or cannot be read has nothing.</summary>
    /// <param name="path">The file.</param>
    public static IReadOnlyList<DatasetContents> Read(string path)
    {
        try
        {
            return File.Exists(path) ? ContentsReader.Read(Encoding.UTF8.GetString(SmallFile.ReadAllBytes(path))) : [];
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>Writes a file in one step, unless it says the same already.</summary>
    /// <param name="path">The file; its folder exists.</param>
    /// <param name="datasets">What it is to say.</param>
    /// <returns>Whether it was written.</returns>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static bool Write(string path, IEnumerable<DatasetContents> datasets)
    {
        var content = Encoding.UTF8.GetBytes(ContentsWriter.Write(datasets));
        if (File.Exists(path) && new FileInfo(path).Length == content.Length && File.ReadAllBytes(path).AsSpan().SequenceEqual(content))
        {
            return false;
        }

        AtomicFile.Replace(path, content);
        return true;
    }
}
