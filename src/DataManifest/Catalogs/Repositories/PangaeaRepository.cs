using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.RegularExpressions;
using DataManifest.Manifest;

namespace DataManifest.Catalogs.Repositories;

/// <summary>
/// PANGAEA: <c>10.1594/PANGAEA.123</c>. A dataset is a table, one file, a collection of files, or a series whose members are datasets of their own. An address that
/// names a representation (<c>?format=…</c>) is one file and none of this.
/// </summary>
internal sealed partial class PangaeaRepository : IRepository
{
    private const string Server = "https://doi.pangaea.de";
    private const int LargestSeries = 1000;
    private const int AtOnce = 6;

    /// <inheritdoc/>
    public Func<CatalogHttp, CancellationToken, Task<RepositoryAnswer>>? Recognize(string reference)
    {
        var id = DatasetId(reference);
        return id.Length == 0 ? null : (http, token) => new Resolver(http, token).ResolveAsync(id);
    }

    /// <summary>The number of the dataset that a reference names; empty when it names none, or one representation.</summary>
    /// <param name="reference">What the user wrote.</param>
    public static string DatasetId(string reference) =>
        reference.Contains("format=", StringComparison.OrdinalIgnoreCase) ? "" : Doi().Match(reference).Groups[1].Value;

    [GeneratedRegex(@"10\.1594/PANGAEA\.(\d+)", RegexOptions.IgnoreCase)]
    private static partial Regex Doi();

    private sealed class Resolver(CatalogHttp http, CancellationToken cancellationToken)
    {
        private readonly ConcurrentDictionary<string, bool> _visited = new();

        public async Task<RepositoryAnswer> ResolveAsync(string id)
        {
            var (records, notes) = await OfAsync(id).ConfigureAwait(false);
            return new RepositoryAnswer($"PANGAEA dataset {id}", [.. records]) { Notes = [.. notes], Nothing = "nothing to import." };
        }

        private async Task<(IEnumerable<RepositoryRecord> Records, IEnumerable<string> Notes)> OfAsync(string id)
        {
            if (!_visited.TryAdd(id, true))
            {
                return ([], []);
            }

            var doi = $"10.1594/PANGAEA.{id}";
            var description = await http.GetJsonAsync($"{Server}/{doi}?format=metadata_jsonld", cancellationToken).ConfigureAwait(false);
            if (description.Get("isAccessibleForFree").ValueKind == JsonValueKind.False)
            {
                return ([], [$"{doi}: {(description.Text("conditionsOfAccess") is { Length: > 0 } conditions ? conditions : "restricted access")} — skipped"]);
            }

            var representation = PangaeaRepresentation.Of(description);
            var record = Record(id, doi, description);
            return representation.Kind switch
            {
                PangaeaKind.File => ([Whole(record, representation.Uri)], []),
                PangaeaKind.Table => await OfTableAsync(id, record, representation.Uri).ConfigureAwait(false),
                PangaeaKind.Zip => await OfSeriesAsync(id, record, representation.Uri).ConfigureAwait(false),
                _ => ([], [$"{doi}: no downloadable representation found — skipped"]),
            };
        }

        private async Task<(IEnumerable<RepositoryRecord> Records, IEnumerable<string> Notes)> OfTableAsync(string id, RepositoryRecord record, string uri)
        {
            if (!IsOwnAddress(uri))
            {
                return ([Whole(record, uri)], []);
            }

            var text = await http.GetAsync(uri, start => PangaeaFileList.IsData(start.Span), cancellationToken).ConfigureAwait(false);
            var files = PangaeaFileList.Read(text, id);
            return files is null ? ([Whole(record, uri)], []) : ([record with { Files = files, NothingPicked = $"{record.Doi}: no files matched" }], []);
        }

        private async Task<(IEnumerable<RepositoryRecord> Records, IEnumerable<string> Notes)> OfSeriesAsync(string id, RepositoryRecord record, string uri)
        {
            var found = await http.GetJsonAsync($"https://ws.pangaea.de/es/pangaea/panmd/_search?q=parentIdDataSet:{id}&size={LargestSeries}", cancellationToken).ConfigureAwait(false);
            var hits = found.Items("hits", "hits").Select(hit => hit.Text("_id")).Take(LargestSeries).ToList();
            if (hits.Count == 0)
            {
                return ([Whole(record, uri) with { Extract = true }], [$"{record.Doi}: stored as a single zip (no child datasets found)"]);
            }

            var total = found.Number("hits", "total", "value") ?? found.Number("hits", "total") ?? hits.Count;
            List<string> children = [.. hits.Where(child => child.Length > 0 && child.All(char.IsAsciiDigit))];
            var results = new (IEnumerable<RepositoryRecord> Records, IEnumerable<string> Notes)[children.Count];
            await Parallel.ForAsync(
                0, children.Count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
                async (i, _) => results[i] = await OfAsync(children[i]).ConfigureAwait(false)).ConfigureAwait(false);
            IEnumerable<string> notes = total > hits.Count ? [$"{record.Doi}: {total} child datasets, only the first {hits.Count} enumerated"] : [];
            return (results.SelectMany(result => result.Records), notes.Concat(results.SelectMany(result => result.Notes)));
        }

        private static RepositoryRecord Record(string id, string doi, JsonElement description) => new()
        {
            FallbackName = $"pangaea-{id}",
            Doi = doi,
            Metadata = new DatasetMetadata(
                description.Text("name"),
                [.. description.Items("creator").Select(Creator).Where(name => name.Length > 0)],
                Spdx.Of(description.Texts("license") is [var license, ..] ? license : ""),
                "PANGAEA",
                description.Text("datePublished")),
            Files = [],
            MayRename = true,
        };

        private static string Creator(JsonElement creator) => creator.Text("familyName") is { Length: > 0 } family
            ? $"{family}, {creator.Text("givenName")}".TrimEnd(',', ' ')
            : creator.Text("name");

        private static RepositoryRecord Whole(RepositoryRecord record, string uri) => record with { Files = [new RepositoryFile(record.FallbackName, uri, "")], IsWhole = true };

        /// <summary>Whether the service itself has the table: a description could name any server, and only the user may choose who is asked.</summary>
        private static bool IsOwnAddress(string uri) =>
            Uri.TryCreate(uri, UriKind.Absolute, out var parsed) && parsed.Scheme == "https" && parsed.Host.EndsWith(".pangaea.de", StringComparison.OrdinalIgnoreCase);
    }
}
