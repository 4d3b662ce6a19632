using System.Security.Cryptography;
using System.Text;

namespace DataManifest.Build;

/// <summary>
/// What the builds of a manifest on this machine know to be verified: which path held which checksum. A completion marker says that data are whole, not that
/// they are what the manifest asks for by now; where the two may differ, the data are hashed once. Losing this record costs that, and nothing else.
/// </summary>
internal sealed class VerifiedData
{
    private readonly Database _database;
    private readonly string _file;
    private readonly Dictionary<string, string> _checksums = new(StringComparer.Ordinal);

    /// <summary>Reads the record of a manifest.</summary>
    /// <param name="database">The opened manifest.</param>
    public VerifiedData(Database database)
    {
        _database = database;
        _file = FileOf(database);
        if (!File.Exists(_file))
        {
            return;
        }

        foreach (var line in File.ReadLines(_file))
        {
            if (line.IndexOf(' ', StringComparison.Ordinal) is var blank and > 0)
            {
                _checksums[line[(blank + 1)..]] = line[..blank];
            }
        }
    }

    /// <summary>The path of a manifest's record, which need not exist.</summary>
    /// <param name="database">The opened manifest.</param>
    public static string FileOf(Database database)
    {
        var id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(database.Manifest.Path)))[..32];
        return database.Locator.Storage.Expand($"$user_cache_dir/datamanifest/dotnet/{id}.verified");
    }

    /// <summary>Deletes a manifest's record, so that the next build has something to do and hashes what is there.</summary>
    /// <param name="database">The opened manifest.</param>
    public static void Forget(Database database)
    {
        try
        {
            File.Delete(FileOf(database));
        }
        catch (Exception kept) when (kept is IOException or UnauthorizedAccessException)
        {
            // Without its folder there is no record; where the cache cannot be written, there was none to begin with.
        }
    }

    /// <summary>The names of the pinned datasets whose present data have not been seen to have their checksum.</summary>
    public IReadOnlySet<string> Unknown() => _database.Manifest.Datasets
        .Where(dataset => dataset.IsPinned && _database.Locator.Locate(dataset) is { State: DatasetState.Complete or DatasetState.Recorded } location && _checksums.GetValueOrDefault(location.Path) != dataset.Checksum)
        .Select(dataset => dataset.Name)
        .ToHashSet(StringComparer.Ordinal);

    /// <summary>Writes down that the data of these datasets have their checksums.</summary>
    /// <param name="names">Datasets that a run has just fetched, adopted, hashed or found in this record.</param>
    public void Write(IEnumerable<string> names)
    {
        var lines = names.Select(name => _database.Manifest.Get(name)!).Where(dataset => dataset.IsPinned)
            .Select(dataset => $"{dataset.Checksum} {_database.Locator.Locate(dataset).Path}").Order(StringComparer.Ordinal);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_file)!);
            var staging = $"{_file}.{Environment.ProcessId}.{Environment.CurrentManagedThreadId}.tmp";
            File.WriteAllLines(staging, lines);
            File.Move(staging, _file, overwrite: true);
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            // A machine without a writable cache verifies more often; nothing is wrong with its data.
        }
    }
}
