using DataManifest.Diagnostics;
using DataManifest.ObjectStores;

namespace DataManifest.Azure;

/// <summary>The address of blobs: <c>az://container/name</c>, <c>abfss://container@account.dfs.core.windows.net/name</c> or <c>abfss://account.dfs.core.windows.net/container/name</c>.</summary>
/// <param name="Endpoint">Where the account's blobs are, with a slash at its end.</param>
/// <param name="Blobs">The container and what is looked for in it.</param>
internal sealed record AzureAddress(Uri Endpoint, ObjectAddress Blobs)
{
    /// <summary>Splits an address.</summary>
    /// <param name="uri">The address, as the manifest has it.</param>
    /// <param name="settings">The account that the environment names.</param>
    /// <exception cref="DataManifestException">It names no container or account, or a server that is not Azure's (DM0463).</exception>
    public static AzureAddress Parse(string uri, AzureSettings settings)
    {
        var address = ObjectAddress.Parse(uri);
        var at = address.Bucket.LastIndexOf('@');
        var host = address.Bucket[(at + 1)..].ToLowerInvariant();
        if (host.EndsWith(".azuredatalakestore.net", StringComparison.Ordinal))
        {
            throw Malformed(address, "is in Data Lake Storage Gen1, which does not exist any more", "Write the address that its data were moved to: abfss://container@account.dfs.core.windows.net/path.");
        }

        if (at < 0 && !(host.Contains('.', StringComparison.Ordinal) && settings.IsTrusted(host)))
        {
            return settings.Endpoint is { } endpoint
                ? new AzureAddress(endpoint, address)
                : throw Malformed(address, "does not say in which account the container is", "Set AZURE_STORAGE_ACCOUNT, or write abfss://container@account.dfs.core.windows.net/path.");
        }

        var slash = address.Name.IndexOf('/', StringComparison.Ordinal);
        var blobs = at >= 0 ? address with { Bucket = address.Bucket[..at] }
            : slash < 0 ? new ObjectAddress(address.Name, "", IsPrefix: true)
            : address with { Bucket = address.Name[..slash], Name = address.Name[(slash + 1)..] };
        if (blobs.Bucket.Length == 0 || blobs.Bucket.Contains('@', StringComparison.Ordinal))
        {
            throw Malformed(address, "names no container", "Write abfss://container@account.dfs.core.windows.net/path.");
        }

        if (!settings.IsTrusted(host))
        {
            throw Malformed(address, $"is on '{host}', which is no server of Azure's", "Correct the account, or name the server in AZURE_STORAGE_CONNECTION_STRING.");
        }

        var isOwn = host == settings.Endpoint?.Host || host.Replace(".dfs.", ".blob.", StringComparison.Ordinal) == settings.Endpoint?.Host;
        return new AzureAddress(isOwn ? settings.Endpoint! : new Uri($"https://{host.Replace(".dfs.", ".blob.", StringComparison.Ordinal)}/"), blobs);
    }

    /// <summary>Where a blob's content is.</summary>
    /// <param name="name">The blob's name.</param>
    /// <param name="signature">A shared access signature; empty for none.</param>
    public Uri LocationOf(string name, string signature) => new($"{ContainerUri}/{ObjectAddress.Escape(name)}{(signature.Length > 0 ? "?" + signature : "")}");

    /// <summary>The question for one page of the blobs below the name.</summary>
    /// <param name="marker">Where the page begins; empty for the first.</param>
    /// <param name="signature">A shared access signature; empty for none.</param>
    public Uri PageOf(string marker, string signature) =>
        new($"{ContainerUri}?restype=container&comp=list&include=metadata&prefix={Uri.EscapeDataString(Blobs.Prefix)}"
            + (marker.Length > 0 ? $"&marker={Uri.EscapeDataString(marker)}" : "") + (signature.Length > 0 ? "&" + signature : ""));

    private string ContainerUri => Endpoint.AbsoluteUri + Uri.EscapeDataString(Blobs.Bucket);

    private static DataManifestException Malformed(ObjectAddress address, string problem, string remedy) =>
        new(DiagnosticRules.InvalidStoreUri, $"'{address.Bucket}/{address.Name}' {problem}.", "", remedy);
}
