using DataManifest.Diagnostics;
using DataManifest.Fetching;
using DataManifest.Fetching.Http;

namespace DataManifest.ObjectStores;

/// <summary>Fetches objects, or all objects below a prefix as a folder, over the HTTP transport.</summary>
/// <param name="stores">The stores by scheme.</param>
/// <param name="http">Fetches each object.</param>
/// <param name="parallel">How many objects of a folder are begun at once.</param>
internal sealed class StoreTransport(StoreRegistry stores, HttpTransport http, int parallel) : ITransport
{
    /// <inheritdoc/>
    public async Task<Transferred> FetchAsync(Transfer transfer, CancellationToken cancellationToken)
    {
        var store = stores.Open(transfer.Uri);
        try
        {
            var objects = await FindAsync(store, transfer.Uri.Trim(), cancellationToken).ConfigureAwait(false);
            var done = objects is [{ Name.Length: 0 } single]
                ? await FetchOneAsync(store, single, transfer, cancellationToken).ConfigureAwait(false)
                : await new StoreFolder(objects, transfer, parallel, (stored, part, token) => FetchOneAsync(store, stored, part, token)).FetchAsync(cancellationToken).ConfigureAwait(false);
            return done with { Source = SafeUrl.Of(transfer.Uri) };
        }
        catch (DataManifestException fault)
        {
            throw new FetchFaultException(fault.Rule, fault.Message, fault) { IsMissing = fault.Rule == DiagnosticRules.ObjectNotFound };
        }
    }

    /// <summary>What a server sends that nobody has foreseen, or a library of another package throws, is this dataset's fault alone.</summary>
    private static async Task<IReadOnlyList<RemoteObject>> FindAsync(IObjectStore store, string uri, CancellationToken cancellationToken)
    {
        try
        {
            return await store.FindAsync(uri, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception unforeseen) when (!cancellationToken.IsCancellationRequested && unforeseen is not (DataManifestException or FetchFaultException))
        {
            throw new FetchFaultException(
                DiagnosticRules.StoreUnreachable,
                $"What the object store answered for {SafeUrl.Of(uri)} cannot be used ({unforeseen.GetType().Name}: {SafeUrl.InText(unforeseen.Message)}). Check the uri and the settings of the store, then run again.", unforeseen);
        }
    }

    private async Task<Transferred> FetchOneAsync(IObjectStore store, RemoteObject stored, Transfer transfer, CancellationToken cancellationToken)
    {
        try
        {
            return await http.FetchAsync(
                transfer with
                {
                    Uri = stored.Location.AbsoluteUri,
                    IgnoresContentCoding = store.IgnoresContentCoding,
                    Headers = token => store.AuthorizeAsync(stored, token),
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (FetchFaultException fault) when (fault.Rule == DiagnosticRules.DownloadRefused)
        {
            var name = SafeUrl.Of(transfer.Uri) + (stored.Name.Length > 0 ? $" ({stored.Name})" : "");
            throw fault.IsMissing
                ? new FetchFaultException(DiagnosticRules.ObjectNotFound, $"{name} is not there any more. Check the uri.", fault) { IsMissing = true }
                : new FetchFaultException(DiagnosticRules.StoreRefused, $"The object store refused {name}: {fault.Status}. {store.AccessHelp}", fault);
        }
    }
}
