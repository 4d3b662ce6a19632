using Azure.Core;
using Azure.Identity;
using DataManifest.Diagnostics;

namespace DataManifest.Azure;

/// <summary>
/// Logs in to storage accounts: with the key or the shared access signature of the environment's own account; to any other of Azure's servers as nobody, and, where that is not
/// enough, as whoever is signed in on this machine.
/// </summary>
/// <param name="settings">The account that the environment names.</param>
internal sealed class AzureAccess(AzureSettings settings)
{
    private const string ServiceVersion = "2021-12-02";
    private static readonly TokenRequestContext Scope = new(["https://storage.azure.com/.default"]);

    private readonly Lazy<TokenCredential> _signedIn = new(() => new DefaultAzureCredential(includeInteractiveCredentials: false));
    private readonly Lazy<string> _ofKey = new(() => AccountSignature.Read(settings.Account, settings.Key, DateTime.UtcNow));
    private volatile bool _isPrivate;

    /// <summary>The shared access signature for a server, as a query without its question mark; empty when there is none for it.</summary>
    /// <param name="endpoint">The server.</param>
    /// <exception cref="DataManifestException">The account's key is malformed (DM0462).</exception>
    public string SignatureFor(Uri endpoint) => !IsOwn(endpoint) ? "" : settings.Key.Length > 0 ? _ofKey.Value : settings.Signature;

    /// <summary>The fields of a request.</summary>
    /// <param name="location">What is asked for.</param>
    /// <param name="cancellationToken">Stops the request for a token.</param>
    /// <exception cref="AuthenticationFailedException">Nobody is signed in any more.</exception>
    public async ValueTask<IReadOnlyList<KeyValuePair<string, string>>> AuthorizeAsync(Uri location, CancellationToken cancellationToken)
    {
        List<KeyValuePair<string, string>> fields = [new("x-ms-version", ServiceVersion)];
        if (_isPrivate && CanSignIn(location))
        {
            var token = await _signedIn.Value.GetTokenAsync(Scope, cancellationToken).ConfigureAwait(false);
            fields.Add(new("Authorization", "Bearer " + token.Token));
        }

        return fields;
    }

    /// <summary>After a server has refused what nobody asked for: whether somebody is signed in, who asks from now on.</summary>
    /// <param name="location">What was asked for.</param>
    /// <param name="cancellationToken">Stops the request for a token.</param>
    public async Task<bool> SignInAsync(Uri location, CancellationToken cancellationToken)
    {
        if (_isPrivate || !CanSignIn(location))
        {
            return false;
        }

        try
        {
            await _signedIn.Value.GetTokenAsync(Scope, cancellationToken).ConfigureAwait(false);
            return _isPrivate = true;
        }
        catch (AuthenticationFailedException)
        {
            return false;
        }
    }

    private bool CanSignIn(Uri location) => !settings.IsAnonymous && location.Scheme == "https" && settings.IsTrusted(location.Host) && !(IsOwn(location) && settings.Key.Length + settings.Signature.Length > 0);

    private bool IsOwn(Uri location) => settings.Endpoint is { } own && own.Authority == location.Authority && location.AbsolutePath.StartsWith(own.AbsolutePath, StringComparison.Ordinal);
}
