using System.Net;
using System.Net.Http.Headers;
using System.Reflection;
using System.Text;

namespace DataManifest.Fetching.Http;

/// <summary>A request for a source, or for the rest of it from some byte on.</summary>
/// <param name="Uri">The source, with user name and password if it has them.</param>
/// <param name="Offset">The first byte that is wanted.</param>
/// <param name="Validator">The entity tag or date that the content must still have when <paramref name="Offset"/> is not 0.</param>
/// <param name="IsPinned">Whether a checksum is declared.</param>
/// <param name="Netrc">The user's names and passwords by host.</param>
internal sealed record HttpQuery(Uri Uri, long Offset, string? Validator, bool IsPinned, Netrc Netrc)
{
    private static readonly string UserAgent =
        "DataManifest.Build/" + typeof(HttpQuery).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>How long the server may say nothing; null for the transport's own limit.</summary>
    public TimeSpan? StallTimeout { get; init; }

    /// <summary>The method: GET, or HEAD where only the header fields are wanted.</summary>
    public HttpMethod Method { get; init; } = HttpMethod.Get;

    /// <summary>Whether a coding that the server names is part of the content, and is not undone.</summary>
    public bool IgnoresContentCoding { get; init; }

    /// <summary>The byte behind the last that is wanted; null for the rest of the content.</summary>
    public long? End { get; init; }

    /// <summary>Further fields, for the source's own server only; an <c>Authorization</c> among them takes the place of other credentials.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>Gives <see cref="Headers"/> anew for each request, since signatures and tokens expire while a large file comes in parts; null when they stay.</summary>
    public Func<CancellationToken, ValueTask<IReadOnlyList<KeyValuePair<string, string>>>>? Renew { get; init; }

    /// <summary>The message that asks for it at a place that a redirect led to. Credentials go only to the server that they were given for.</summary>
    /// <param name="uri">The place.</param>
    public HttpRequestMessage At(Uri uri)
    {
        // Over TLS the server may choose HTTP/2, which carries many small files over one connection. Parts of one file want connections of their own.
        var message = new HttpRequestMessage(Method, uri) { Version = End is null ? HttpVersion.Version20 : HttpVersion.Version11, VersionPolicy = HttpVersionPolicy.RequestVersionOrLower };
        message.Headers.TryAddWithoutValidation("Accept", "*/*");
        message.Headers.TryAddWithoutValidation("Accept-Encoding", "identity");
        message.Headers.TryAddWithoutValidation("User-Agent", UserAgent);
        foreach (var (name, value) in IsSameServer(uri) ? Headers : [])
        {
            message.Headers.TryAddWithoutValidation(name, value);
        }

        if (message.Headers.Authorization is null && CredentialsFor(uri) is { } credentials)
        {
            message.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials)));
        }

        if (Offset > 0)
        {
            message.Headers.Range = new RangeHeaderValue(Offset, End - 1);
            message.Headers.TryAddWithoutValidation("If-Range", Validator);
        }

        return message;
    }

    /// <summary>
    /// Those in the address itself; those of the source if this is its server; those that the user's file has for this host. The file knows no ports, so where a redirect leads
    /// the last go only encrypted and to the usual port, and within the host only from the usual one.
    /// </summary>
    private string? CredentialsFor(Uri uri)
    {
        var userInfo = uri.UserInfo.Length > 0 ? uri.UserInfo : IsSameServer(uri) ? Uri.UserInfo : "";
        return userInfo.Length > 0 ? System.Uri.UnescapeDataString(userInfo.Contains(':') ? userInfo : userInfo + ":")
            : (IsSameServer(uri) || (uri is { Scheme: "https", IsDefaultPort: true } && (Uri.IsDefaultPort || !IsSameHost(uri)))) && Netrc.Find(uri.Host) is var (login, password) ? $"{login}:{password}"
            : null;
    }

    private bool IsSameServer(Uri uri) => uri.Scheme == Uri.Scheme && uri.Port == Uri.Port && IsSameHost(uri);

    private bool IsSameHost(Uri uri) => ReferenceEquals(uri, Uri) || string.Equals(uri.IdnHost, Uri.IdnHost, StringComparison.OrdinalIgnoreCase);
}
