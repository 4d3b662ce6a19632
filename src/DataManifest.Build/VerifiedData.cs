using System.Security.Cryptography;
using System.Text;
using DataManifest.Fetching;

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
        var id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{database.Manifest.Path}|{database.Locator.Storage.ProjectRoot}")))[..32];
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

    /// <summary>Writes down which data of a run have their checksums. What it did not look at stays as it was.</summary>
    /// <param name="report">What came of the run.</param>
    public void Write(FetchReport report)
    {
        var looked = report.Results.Select(result => result.Dataset.Name).ToHashSet(StringComparer.Ordinal);
        var failed = report.Results.Where(result => result.Outcome is FetchOutcome.Failed or FetchOutcome.Skipped).Select(result => result.Dataset.Name).ToHashSet(StringComparer.Ordinal);
        var lines = _database.Manifest.Datasets.Where(dataset => dataset.IsPinned && !failed.Contains(dataset.Name))
            .Select(dataset => (dataset.Name, dataset.Checksum, _database.Locator.Locate(dataset).Path))
            .Where(data => looked.Contains(data.Name) || _checksums.GetValueOrDefault(data.Path) == data.Checksum)
            .Select(data => $"{data.Checksum} {data.Path}").Order(StringComparer.Ordinal);
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
