using System.Globalization;
using System.Net;

namespace DataManifest.Fetching.Http;

/// <summary>
/// A proxy, and the hosts that are asked without it, as <c>NO_PROXY</c> names them for curl, Python and Go: <c>*</c>, addresses, networks as <c>10.0.0.0/8</c>, and domains, which stand for
/// everything below them, with or without a port. The platform itself knows full names and domains that begin with a dot alone.
/// </summary>
/// <param name="proxy">The proxy.</param>
/// <param name="exceptions">The hosts, separated by commas or blanks.</param>
internal sealed class ProxyExceptions(IWebProxy proxy, string exceptions) : IWebProxy
{
    private static readonly char[] Separators = [',', ' ', '\t'];

    private readonly string[] _exceptions = exceptions.Split(Separators, StringSplitOptions.RemoveEmptyEntries);

    /// <inheritdoc/>
    public ICredentials? Credentials
    {
        get => proxy.Credentials;
        set => proxy.Credentials = value;
    }

    /// <summary>The machine's proxy with the environment's exceptions; null when there are none, and the platform's own will do.</summary>
    public static ProxyExceptions? OfThisMachine()
    {
        var exceptions = Environment.GetEnvironmentVariable("no_proxy") ?? Environment.GetEnvironmentVariable("NO_PROXY");
        return string.IsNullOrWhiteSpace(exceptions) ? null : new ProxyExceptions(HttpClient.DefaultProxy, exceptions);
    }

    /// <inheritdoc/>
    public Uri? GetProxy(Uri destination) => proxy.GetProxy(destination);

    /// <inheritdoc/>
    public bool IsBypassed(Uri host) => _exceptions.Any(exception => Names(exception, host)) || proxy.IsBypassed(host);

    private static bool Names(string exception, Uri uri)
    {
        var name = exception;
        if (name.LastIndexOf(':') is var colon and > 0 && (name[colon - 1] == ']' || name.IndexOf(':') == colon) && ushort.TryParse(name.AsSpan(colon + 1), out var port))
        {
            if (port != uri.Port)
            {
                return false;
            }

            name = name[..colon];
        }

        var host = uri.IdnHost;
        return name == "*" || (IPAddress.TryParse(host, out var address)
            ? IsInNetwork(address, name) || (IPAddress.TryParse(name.Trim('[', ']'), out var named) && named.Equals(address))
            : IsInDomain(host.TrimEnd('.'), name.TrimStart('*').Trim('.')));
    }

    /// <summary>Unlike the platform's own type this takes networks that are named by one of their addresses, as <c>10.9.9.9/8</c>.</summary>
    private static bool IsInNetwork(IPAddress address, string network)
    {
        if (network.Split('/') is not [var start, var length] || !IPAddress.TryParse(start.Trim('[', ']'), out var first) || first.AddressFamily != address.AddressFamily
            || !int.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out var bits))
        {
            return false;
        }

        var (bytes, others) = (first.GetAddressBytes(), address.GetAddressBytes());
        return bits <= bytes.Length * 8
            && bytes.AsSpan(0, bits / 8).SequenceEqual(others.AsSpan(0, bits / 8))
            && (bits % 8 == 0 || (bytes[bits / 8] ^ others[bits / 8]) >> (8 - (bits % 8)) == 0);
    }

    private static bool IsInDomain(string host, string domain) => domain.Length > 0
        && (host.Equals(domain, StringComparison.OrdinalIgnoreCase) || host.EndsWith("." + domain, StringComparison.OrdinalIgnoreCase));
}
