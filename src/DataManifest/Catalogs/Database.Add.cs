using DataManifest.Catalogs;
using DataManifest.Catalogs.Repositories;
using DataManifest.Diagnostics;
using DataManifest.Fetching;

namespace DataManifest;

/// <content>Adding datasets from an address or a record.</content>
public sealed partial class Database
{
    /// <summary>
    /// Declares the data that a reference names in the manifest file, by the smallest edit. A single address is fetched and pinned at once, unless that is not wanted; its
    /// declaration stays when that fails. The files of a record become one dataset, or one each, with their published checksums, and are fetched when somebody asks
    /// for them. This database keeps the manifest that it was opened with.
    /// </summary>
    /// <param name="request">The reference and the options.</param>
    /// <param name="progress">Told how far fetching is.</param>
    /// <param name="cancellationToken">Stops before anything is written, or else the fetching.</param>
    /// <exception cref="DataManifestException">
    /// The reference is none, the service is not reached or its answer is no use, the name is another dataset's, or the manifest cannot be changed.
    /// </exception>
    public async Task<CatalogReport> AddAsync(AddRequest request, IProgress<FetchProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        RequireFile(request.DryRun);
        if (RepositoryList.Recognize(request.Reference) is not { } resolve)
        {
            return await AddAddressAsync(request, progress, cancellationToken).ConfigureAwait(false);
        }

        using var http = new CatalogHttp(Locator.Storage);
        var answer = await resolve(http, cancellationToken).ConfigureAwait(false);
        var (proposals, notes) = new RepositoryProposals(request).Of(answer);
        var (entries, problems) = await new CatalogWriter(this).WriteAsync(proposals, request.Overwrite, request.DryRun, cancellationToken).ConfigureAwait(false);
        return new CatalogReport(answer.Source, entries) { Notes = [.. notes, .. problems], IsDryRun = request.DryRun, Nothing = answer.Nothing };
    }

    private void RequireFile(bool dryRun)
    {
        if (Manifest.Path.Length == 0 && !dryRun)
        {
            throw new DataManifestException(DiagnosticRules.ManifestMissing, "This database was not opened from a file, so nothing can be declared in it.", "", "Open a manifest file.");
        }
    }

    private async Task<CatalogReport> AddAddressAsync(AddRequest request, IProgress<FetchProgress>? progress, CancellationToken cancellationToken)
    {
        var proposal = AddressProposal.Of(request);
        if (request is { Download: true, Lazy: false })
        {
            AddressProposal.RequireSource(proposal.Uris[0], Locator.Storage);
        }

        var (entries, problems) = await new CatalogWriter(this).WriteAsync([proposal], request.Overwrite, request.DryRun, cancellationToken).ConfigureAwait(false);
        var report = new CatalogReport(SafeUrl.Of(proposal.Uris[0]), entries) { Notes = problems, IsDryRun = request.DryRun, IsAddress = true };
        var dataset = entries[0].Dataset;
        if (entries[0].Error is { } refused)
        {
            throw refused;
        }

        if (request.DryRun || !request.Download || dataset.LazyAccess)
        {
            return report;
        }

        var changed = Open(Manifest.Path, new DatabaseOptions { Host = Locator.Storage.Host, ProjectRoot = Locator.Storage.ProjectRoot });
        var fetch = await changed.FetchAsync(new FetchRequest { Names = [dataset.Name] }, progress, cancellationToken).ConfigureAwait(false);
        await changed.PinAsync(fetch, progress, cancellationToken).ConfigureAwait(false);
        return report with { Fetch = fetch };
    }
}
