using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;
using DataManifest.Diagnostics;
using DataManifest.ObjectStores;

namespace DataManifest.Azure;

/// <summary>Azure Blob Storage, and Data Lake Storage, which is the same with folders.</summary>
internal sealed class AzureStore : IObjectStore
{
    private readonly HttpPipeline _pipeline = HttpPipelineBuilder.Build(new PipelineOptions());
    private readonly AzureSettings _settings;
    private readonly AzureAccess _access;

    /// <summary>Prepares the store.</summary>
    /// <param name="settings">The account that the environment names.</param>
    public AzureStore(AzureSettings settings) => (_settings, _access) = (settings, new AzureAccess(settings));

    /// <inheritdoc/>
    public string AccessHelp =>
        "Sign in with 'az login', or set AZURE_STORAGE_CONNECTION_STRING, or AZURE_STORAGE_ACCOUNT with AZURE_STORAGE_KEY or AZURE_STORAGE_SAS_TOKEN, to somebody who may read it.";

    /// <inheritdoc/>
    public bool IgnoresContentCoding => false;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<RemoteObject>> FindAsync(string uri, CancellationToken cancellationToken)
    {
        var address = AzureAddress.Parse(uri, _settings);
        try
        {
            if (!address.Blobs.IsPrefix && await FindOneAsync(address, cancellationToken).ConfigureAwait(false) is { } single)
            {
                return [single];
            }

            return await ListAsync(address, cancellationToken).ConfigureAwait(false) is { Count: > 0 } blobs ? blobs : throw new DataManifestException(
                DiagnosticRules.ObjectNotFound, $"There is no blob '{address.Blobs.Name}' in the container '{address.Blobs.Bucket}', and none below it.", "", "Check the uri.");
        }
        catch (AuthenticationFailedException nobody)
        {
            throw new DataManifestException(DiagnosticRules.StoreRefused, "Nobody is signed in to Azure any more.", "", AccessHelp, nobody);
        }
        catch (Exception unreachable) when (unreachable is RequestFailedException or HttpRequestException or IOException or XmlException or AggregateException)
        {
            throw new DataManifestException(
                DiagnosticRules.StoreUnreachable, $"Azure could not be asked for the container '{address.Blobs.Bucket}' on {address.Endpoint.Host}.", "", "Check the network and the account, then run again.", unreachable);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<KeyValuePair<string, string>>> AuthorizeAsync(RemoteObject stored, CancellationToken cancellationToken)
    {
        try
        {
            return await _access.AuthorizeAsync(stored.Location, cancellationToken).ConfigureAwait(false);
        }
        catch (AuthenticationFailedException nobody)
        {
            throw new DataManifestException(DiagnosticRules.StoreRefused, "Nobody is signed in to Azure any more.", "", AccessHelp, nobody);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private async Task<RemoteObject?> FindOneAsync(AzureAddress address, CancellationToken cancellationToken)
    {
        var location = address.LocationOf(address.Blobs.Name, _access.SignatureFor(address.Endpoint));
        using var answer = await AskAsync(RequestMethod.Head, location, address, cancellationToken).ConfigureAwait(false);
        return answer is null || (answer.Headers.TryGetValue("x-ms-meta-hdi_isfolder", out var isFolder) && isFolder == "true")
            ? null
            : new RemoteObject("", location, answer.Headers.ContentLengthLong);
    }

    private async Task<IReadOnlyList<RemoteObject>> ListAsync(AzureAddress address, CancellationToken cancellationToken)
    {
        var signature = _access.SignatureFor(address.Endpoint);
        var blobs = new ObjectListing(address.Blobs);
        for (var marker = (string?)""; marker is not null;)
        {
            using var answer = await AskAsync(RequestMethod.Get, address.PageOf(marker, signature), address, cancellationToken).ConfigureAwait(false)
                ?? throw new DataManifestException(DiagnosticRules.ObjectNotFound, $"There is no container '{address.Blobs.Bucket}' on {address.Endpoint.Host}.", "", "Check the uri.");
            var page = XDocument.Load(answer.ContentStream!).Root!;
            foreach (var blob in page.Descendants("Blob").Where(blob => blob.Element("Metadata")?.Element("hdi_isfolder")?.Value != "true"))
            {
                var name = blob.Element("Name") ?? throw new XmlException("A blob has no name.");
                var full = name.Attribute("Encoded")?.Value == "true" ? Uri.UnescapeDataString(name.Value) : name.Value;
                if (address.Blobs.Covers(full))
                {
                    long? size = long.TryParse(blob.Element("Properties")?.Element("Content-Length")?.Value, CultureInfo.InvariantCulture, out var bytes) ? bytes : null;
                    blobs.Add(new RemoteObject(full[address.Blobs.Prefix.Length..], address.LocationOf(full, signature), size));
                }
            }

            blobs.EndPage();
            marker = page.Element("NextMarker")?.Value is { Length: > 0 } next ? next : null;
        }

        return blobs.Objects;
    }

    /// <summary>Asks; null when there is no such blob or container.</summary>
    private async Task<Response?> AskAsync(RequestMethod method, Uri location, AzureAddress address, CancellationToken cancellationToken)
    {
        var answer = await SendAsync(method, location, cancellationToken).ConfigureAwait(false);
        if (answer.Status >= 400 && !IsMissing(answer) && await _access.SignInAsync(location, cancellationToken).ConfigureAwait(false))
        {
            answer.Dispose();
            answer = await SendAsync(method, location, cancellationToken).ConfigureAwait(false);
        }

        if (answer.Status < 300)
        {
            return answer;
        }

        using (answer)
        {
            return IsMissing(answer) ? null : throw new DataManifestException(
                answer.Status >= 500 ? DiagnosticRules.StoreUnreachable : DiagnosticRules.StoreRefused,
                $"Azure refused the container '{address.Blobs.Bucket}' on {address.Endpoint.Host}: {answer.Status} {CodeOf(answer)}.", "", AccessHelp);
        }
    }

    private async Task<Response> SendAsync(RequestMethod method, Uri location, CancellationToken cancellationToken)
    {
        using var request = _pipeline.CreateRequest();
        request.Method = method;
        request.Uri.Reset(location);
        foreach (var (name, value) in await _access.AuthorizeAsync(location, cancellationToken).ConfigureAwait(false))
        {
            request.Headers.SetValue(name, value);
        }

        return await _pipeline.SendRequestAsync(request, cancellationToken).ConfigureAwait(false);
    }

    private static bool IsMissing(Response answer) => answer.Status == 404 && CodeOf(answer) is "BlobNotFound" or "ContainerNotFound";

    private static string CodeOf(Response answer) => answer.Headers.TryGetValue("x-ms-error-code", out var code) ? code : answer.ReasonPhrase;

    private sealed class PipelineOptions : ClientOptions;
}
