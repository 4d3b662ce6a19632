using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text;
using DataManifest.Text;

namespace DataManifest.Manifest;

/// <summary>
/// The parts of a source URI that make a dataset's identity. Splits by the rules that every tool of the format shares, which are those of
/// RFC 3986 without any normalisation: no percent-decoding, no removal of <c>..</c> or doubled slashes; ports and user names are dropped.
/// <c>System.Uri</c> normalises, and so would give other keys than the other tools.
/// </summary>
/// <param name="Scheme">The scheme, lower-case; empty for a plain path.</param>
/// <param name="Host">The host, lower-case, without port, user name and brackets; empty when there is none.</param>
/// <param name="Path">The path as written, without parameters (<c>;…</c>) of its last segment and without trailing slashes.</param>
/// <param name="Version">The fragment, or else the query's first <c>version=</c>, or else its first <c>ref=</c>; empty when there is none.</param>
/// <param name="Format">The query's first <c>format=</c>; empty when there is none.</param>
public sealed record SourceUri(string Scheme, string Host, string Path, string Version, string Format)
{
    private static readonly HashSet<string> SchemesWithParameters =
        ["", "ftp", "hdl", "prospero", "http", "imap", "https", "shttp", "rtsp", "rtsps", "rtspu", "sip", "sips", "mms", "sftp", "tel"];

    private static readonly char[] AuthorityEnds = ['/', '?', '#'];
    private static readonly char[] Ignored = ['\t', '\r', '\n'];
    private static readonly char[] Brackets = ['[', ']'];

    private static readonly HashSet<string> GitHosts =
        ["github.com", "bitbucket.org", "codeberg.org", "gitea.com", "sourcehut.org", "git.savannah.gnu.org", "git.kernel.org", "dev.azure.com"];

    /// <summary>The URI of nothing.</summary>
    public static SourceUri Empty { get; } = new("", "", "", "", "");

    /// <summary>The non-empty segments of <see cref="Path"/>.</summary>
    internal string[] Segments => Path.Split(['/'], StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Whether the URI is fetched by cloning a git repository: <c>git</c>, <c>ssh+git</c>, or <c>https</c> with a path that ends in <c>.git</c> (specification, "Download schemes").</summary>
    public bool IsRepository => Scheme is "git" or "ssh+git" || (Scheme == "https" && Path.EndsWith(".git", StringComparison.Ordinal));

    /// <summary>The first two path segments of a repository at a known git host, <c>owner/name</c>; null for every other URI.</summary>
    internal (string Owner, string Name)? GitRepository
    {
        get
        {
            if (!GitHosts.Contains(Host) && Host != "gitlab" && !Host.StartsWith("gitlab.", StringComparison.Ordinal))
            {
                return null;
            }

            var segments = Path.Trim('/').Split('/');
            return segments.Length > 1 && segments[1].Length > 0 ? (segments[0], segments[1]) : null;
        }
    }

    /// <summary>Splits a URI, a <c>git@HOST:PATH</c> address or a plain path.</summary>
    /// <param name="text">The text of a <c>uri</c> field.</param>
    /// <param name="uri">The parts; <see cref="Empty"/> when the text has a host that cannot be read.</param>
    /// <returns>Whether the host could be read.</returns>
    public static bool TryParse(string text, out SourceUri uri)
    {
        uri = Empty;
        if (text.StartsWith("git@", StringComparison.Ordinal))
        {
            text = text.Replace(':', '/').Replace("git@", "git://");
        }

        // By offsets, not by cutting the text piece by piece: a manifest has thousands of these.
        text = RemoveIgnored(text);
        var scheme = TakeScheme(text);
        var start = scheme.Length == 0 ? 0 : scheme.Length + 1;
        var authority = "";
        if (string.CompareOrdinal(text, start, "//", 0, 2) == 0)
        {
            var slash = text.IndexOfAny(AuthorityEnds, start + 2);
            slash = slash < 0 ? text.Length : slash;
            authority = text.Substring(start + 2, slash - start - 2);
            start = slash;
        }

        if (!IsSafeAuthority(authority) || ReadHost(authority) is not { } host)
        {
            return false;
        }

        var end = text.Length;
        var fragment = CutFrom(text, '#', start, ref end);
        var query = CutFrom(text, '?', start, ref end);
        if (SchemesWithParameters.Contains(scheme))
        {
            var segment = end == start ? start : Math.Max(start, text.LastIndexOf('/', end - 1, end - start) + 1);
            CutFrom(text, ';', segment, ref end);
        }

        while (end > start && text[end - 1] == '/')
        {
            end--;
        }

        var version = fragment.Length > 0 ? fragment : QueryValue(query, "version") ?? QueryValue(query, "ref") ?? "";
        uri = new SourceUri(scheme, host, text.Substring(start, end - start), version, QueryValue(query, "format") ?? "");
        return true;
    }

    private static string RemoveIgnored(string text)
    {
        var start = 0;
        while (start < text.Length && text[start] <= ' ')
        {
            start++;
        }

        text = text.Substring(start);
        return text.IndexOfAny(Ignored) < 0 ? text : text.Replace("\t", "").Replace("\r", "").Replace("\n", "");
    }

    [MethodImpl(HotPath.CompiledWell)]
    private static string TakeScheme(string text)
    {
        var colon = text.IndexOf(':');
        if (colon <= 0 || !IsLetter(text[0]))
        {
            return "";
        }

        for (var i = 0; i < colon; i++)
        {
            if (!IsLetter(text[i]) && text[i] is not ((>= '0' and <= '9') or '+' or '-' or '.'))
            {
                return "";
            }
        }

        return colon == 5 && string.CompareOrdinal(text, 0, "https", 0, 5) == 0 ? "https" : text.Substring(0, colon).ToLowerInvariant();
    }

    /// <summary>Takes what follows a separator off the end; empty when there is none.</summary>
    private static string CutFrom(string text, char separator, int start, ref int end)
    {
        var at = text.IndexOf(separator, start, end - start);
        if (at < 0)
        {
            return "";
        }

        var tail = text.Substring(at + 1, end - at - 1);
        end = at;
        return tail;
    }

    /// <summary>The host of an authority; null when its brackets hold no IPv6 address.</summary>
    private static string? ReadHost(string authority)
    {
        var place = authority.Substring(authority.LastIndexOf('@') + 1);
        var colon = place.IndexOf(':');
        var host = colon < 0 ? place : place.Substring(0, colon);
        if (authority.IndexOfAny(Brackets) >= 0)
        {
            var close = place.IndexOf(']');
            if (close < 0 || place[0] != '[' || (close + 1 < place.Length && place[close + 1] != ':'))
            {
                return null;
            }

            host = place.Substring(1, close - 1);
            if (!IsAddressInBrackets(host))
            {
                return null;
            }
        }

        var zone = host.IndexOf('%');
        return zone < 0 ? Lower(host) : Lower(host.Substring(0, zone)) + host.Substring(zone);
    }

    private static bool IsAddressInBrackets(string host)
    {
        if (host.StartsWith("v", StringComparison.Ordinal))
        {
            var dot = host.IndexOf('.');
            return dot > 1 && dot + 1 < host.Length && host.Skip(1).Take(dot - 1).All(Uri.IsHexDigit);
        }

        var zone = host.IndexOf('%');
        var address = zone < 0 ? host : host.Substring(0, zone);
        return (zone < 0 || (zone + 1 < host.Length && host.IndexOf('%', zone + 1) < 0))
            && address.All(c => Uri.IsHexDigit(c) || c is ':' or '.')
            && IPAddress.TryParse(address, out var parsed) && parsed.AddressFamily == AddressFamily.InterNetworkV6;
    }

    /// <summary>Whether no character of the authority turns into a delimiter when the text is normalised, which would change what its host is.</summary>
    private static bool IsSafeAuthority(string authority)
    {
        if (IsAscii(authority))
        {
            return true;
        }

        var bare = authority.Replace("@", "").Replace(":", "").Replace("#", "").Replace("?", "");
        try
        {
            var normal = bare.Normalize(NormalizationForm.FormKC);
            return normal == bare || normal.IndexOfAny(['/', '?', '#', '@', ':']) < 0;
        }
        catch (ArgumentException)
        {
            return false; // Half a surrogate pair.
        }
    }

    /// <summary>The first value of a query parameter; blank values do not count.</summary>
    private static string? QueryValue(string query, string name)
    {
        if (query.Length == 0)
        {
            return null;
        }

        foreach (var pair in query.Split('&'))
        {
            var equals = pair.IndexOf('=');
            if (equals >= 0 && equals + 1 < pair.Length && Decode(pair.Substring(0, equals)) == name)
            {
                return Decode(pair.Substring(equals + 1));
            }
        }

        return null;
    }

    /// <summary>Decodes a query component: <c>+</c> is a blank, <c>%xx</c> are bytes of UTF-8; what is neither stays.</summary>
    private static string Decode(string text)
    {
        if (text.IndexOf('%') < 0)
        {
            return text.Replace('+', ' ');
        }

        var result = new StringBuilder();
        var bytes = new List<byte>();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '%' && i + 2 < text.Length && Uri.IsHexDigit(text[i + 1]) && Uri.IsHexDigit(text[i + 2]))
            {
                bytes.Add(byte.Parse(text.Substring(i + 1, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
                i += 2;
                continue;
            }

            result.Append(Encoding.UTF8.GetString([.. bytes])).Append(text[i] == '+' ? ' ' : text[i]);
            bytes.Clear();
        }

        return result.Append(Encoding.UTF8.GetString([.. bytes])).ToString();
    }

    [MethodImpl(HotPath.CompiledWell)]
    private static bool IsAscii(string text)
    {
        foreach (var c in text)
        {
            if (c >= 128)
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsLetter(char c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z');

    /// <summary>Lower-cases as the other tools do: the dotted capital I becomes two characters.</summary>
    private static string Lower(string text) => (text.IndexOf('\u0130') < 0 ? text : text.Replace("\u0130", "i\u0307")).ToLowerInvariant();
}
