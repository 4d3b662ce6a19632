using System.Collections.Concurrent;
using DataManifest.Catalogs.Repositories;
using DataManifest.Manifest;
using DataManifest.Storage;
using DataManifest.Toml;

namespace DataManifest.Catalogs.Updates;

/// <summary>Asks the sources of datasets whether they have something newer; each repository's record once.</summary>
/// <param name="locator">Where the data are, and the state file.</param>
/// <param name="http">Asks.</param>
/// <param name="cancellationToken">Stops at once.</param>
internal sealed class OutdatedQuestion(DatasetLocator locator, CatalogHttp http, CancellationToken cancellationToken)
{
    private const int MostMembers = 50;

    private readonly ConcurrentDictionary<string, Lazy<Task<(string Id, string Doi, string Version)?>>> _latest = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, TomlTable> _remember = new(StringComparer.Ordinal);

    /// <summary>Asks about one dataset.</summary>
    /// <param name="dataset">The dataset.</param>
    public async Task<OutdatedResult> AskAsync(Dataset dataset)
    {
        try
        {
            var declaration = dataset.Declaration;
            var id = new[] { declaration.Doi, declaration.Uri, declaration.Uris.FirstOrDefault("") }.Select(ZenodoRepository.RecordId).FirstOrDefault(id => id.Length > 0) ?? "";
            if (id.Length > 0 && await _latest.GetOrAdd(id, _ => new(() => LatestAsync(id))).Value.ConfigureAwait(false) is { } latest)
            {
                // Files of a published version never change; only a newer version can have others.
                return latest.Id == id
                    ? new OutdatedResult(dataset, OutdatedStatus.Current, "")
                    : new OutdatedResult(dataset, OutdatedStatus.NewVersion, $"Zenodo has a newer version{(latest.Version.Length > 0 ? $" ({latest.Version})" : "")}.") { NewVersion = latest.Doi };
            }

            return await AskServersAsync(dataset).ConfigureAwait(false);
        }
        catch (DataManifestException fault)
        {
            return new OutdatedResult(dataset, OutdatedStatus.Failed, fault.Problem) { Error = fault };
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            var fault = Fetching.FetchFaultException.Unreadable(unreadable).ForDataset(dataset.Name);
            return new OutdatedResult(dataset, OutdatedStatus.Failed, fault.Problem) { Error = fault };
        }
    }

    /// <summary>Writes what was found to agree into the state file; a file that cannot be written only means that less is known the next time.</summary>
    public Task RememberAsync() => _remember.IsEmpty ? Task.CompletedTask : locator.State.UpdateAsync(
        state =>
        {
            foreach (var (key, sources) in _remember)
            {
                state.SetDotnet(key, SourceCheck.Remembered, sources);
            }
        },
        cancellationToken);

    private async Task<(string Id, string Doi, string Version)?> LatestAsync(string id)
    {
        var answer = await http.FindJsonAsync($"https://zenodo.org/api/records/{id}/versions/latest", cancellationToken).ConfigureAwait(false);
        return answer is { } record && record.Text("id") is { Length: > 0 } latest
            ? (latest, record.Text("doi") is { Length: > 0 } doi ? doi : record.Text("metadata", "doi"), record.Text("metadata", "version"))
            : null;
    }

    private async Task<OutdatedResult> AskServersAsync(Dataset dataset)
    {
        var declaration = dataset.Declaration;
        var sources = Sources(dataset).Take(MostMembers).ToList();
        if (sources.Count == 0)
        {
            return new OutdatedResult(dataset, OutdatedStatus.Unknown, "Only web servers and Zenodo can be asked.");
        }

        var known = locator.State.Current.DotnetOf(declaration.Key);
        var (worst, reason) = (OutdatedStatus.Current, "");
        TomlTable remember = [];
        foreach (var (uri, size, fetched) in sources)
        {
            var check = new SourceCheck(declaration, uri, size, fetched);
            var header = await http.HeadAsync(uri, cancellationToken).ConfigureAwait(false);
            var (status, why) = check.Judge(header, known);
            if (status == OutdatedStatus.Current && fetched is not null && remember[uri.AbsoluteUri] is null && UriCredentials.Remove(uri.AbsoluteUri) == uri.AbsoluteUri)
            {
                remember.Add(uri.AbsoluteUri, check.Remember(header));
            }

            if (status is OutdatedStatus.Changed or OutdatedStatus.Gone)
            {
                return new OutdatedResult(dataset, status, why);
            }

            (worst, reason) = status == OutdatedStatus.Unknown ? (status, why) : (worst, reason);
        }

        if (remember.Count > 0)
        {
            _remember[declaration.Key] = remember;
        }

        return new OutdatedResult(dataset, worst, reason);
    }

    /// <summary>The sources that a web server has, each with the size of the file that was fetched from it and the time of the fetch, as far as it is here.</summary>
    private static IEnumerable<(Uri Uri, long? Size, DateTimeOffset? Fetched)> Sources(Dataset dataset)
    {
        var declaration = dataset.Declaration;
        var members = declaration.MemberPaths;
        IReadOnlyList<string> uris = declaration.Uris.Count > 0 ? declaration.Uris : [declaration.Uri];
        var location = dataset.Location;
        var isHere = location.IsUsable && location.State != DatasetState.Lazy;
        for (var i = 0; i < uris.Count; i++)
        {
            if (!Uri.TryCreate(uris[i], UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || declaration.Source.IsRepository)
            {
                continue;
            }

            var isMember = members.Count > 0;
            var file = isMember && isHere && !StoreKey.LeavesStore(members[i]) ? Path.Combine(location.Path, StoragePath.Native(members[i])) : location.Path;
            var info = isHere && !declaration.Extract ? new FileInfo(file) : null;
            yield return (
                uri,
                info is { Exists: true } ? info.Length : null,
                isHere ? File.GetLastWriteTimeUtc(location.Marker.Length > 0 ? location.Marker : location.Path) : null);
        }
    }
}
