using DataManifest.Hashing;

namespace DataManifest.State;

/// <summary>
/// The sizes of datasets that are one file, by storage key, in one file beside the state file: enough to notice, without reading it, a file that a power failure
/// has cut off after it was published. Not in the state file itself, since tools that rewrite it do not keep what they do not know.
/// </summary>
/// <param name="state">The state file.</param>
internal sealed partial class SizeIndex(StateFile state)
{
    private const long LargestFile = 256L << 20;
    private volatile Seen? _seen;

    /// <summary>Where the sizes are, recorded or not.</summary>
    public string FilePath => Path.Combine(Path.GetDirectoryName(state.FilePath)!, "sizes.mtree");

    /// <summary>The size that a dataset had when it was last known to be whole; null when that is not known.</summary>
    /// <param name="key">The storage key.</param>
    public long? Find(string key)
    {
        var file = new FileInfo(FilePath);
        var stamp = file.Exists ? (file.Length, file.LastWriteTimeUtc) : default;
        var seen = _seen;
        if (seen is null || seen.Stamp != stamp)
        {
            _seen = seen = new Seen(Read(), stamp);
        }

        return seen.Sizes.TryGetValue(key, out var size) ? size : null;
    }

    private Dictionary<string, long> Read()
    {
        try
        {
            var file = new FileInfo(FilePath);
            return file is { Exists: true, Length: < LargestFile } && TreeFileFormat.Read(File.ReadAllBytes(file.FullName)) is var (_, sizes)
                ? sizes.ToDictionary(size => size.Path, size => size.Size, StringComparer.Ordinal)
                : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException or OverflowException or ArgumentException)
        {
            return []; // Without sizes there is one check less.
        }
    }

    private sealed record Seen(Dictionary<string, long> Sizes, (long, DateTime) Stamp);
}
