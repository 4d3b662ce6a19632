using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text;
using DataManifest.Archives;
using DataManifest.Diagnostics;

namespace DataManifest.Fetching.Http;

/// <summary>What an answer means for a download.</summary>
/// <param name="response">The answer.</param>
/// <param name="uri">Where it came from.</param>
/// <param name="offset">The byte that was asked for.</param>
/// <param name="ignoresCoding">Whether the body's coding is part of the content.</param>
internal sealed class HttpAnswer(HttpResponseMessage response, Uri uri, long offset, bool ignoresCoding = false)
{
    /// <summary>What stands there without a meaning: defaults of servers, and how S3 was given the file.</summary>
    private static readonly string[] NoCodings = ["", "identity", "none", "binary", "utf-8", "aws-chunked"];

    private static readonly char[] TypeEnds = [';', ','];

    private static readonly string[] Unique = ["Content-Length", "Content-Range", "ETag"];

    private static readonly TimeSpan DateIsOld = TimeSpan.FromSeconds(60);

    private string? _coding;

    /// <summary>Where the answer came from, as it may be shown.</summary>
    public string Place => SafeUrl.Of(uri);

    /// <summary>The status as messages show it.</summary>
    public string Status => SafeUrl.InText($"{(int)response.StatusCode} {response.ReasonPhrase}").TrimEnd();

    /// <summary>Whether the body is the content from its first byte on.</summary>
    public bool IsWhole => response.StatusCode == HttpStatusCode.OK;

    /// <summary>Whether the body is exactly the rest that was asked for.</summary>
    /// <param name="total">The size that the content had.</param>
    /// <param name="validator">What it must still have.</param>
    public bool IsRest(long total, string validator) => IsPart(total, total, validator);

    /// <summary>Whether the body is exactly the part that was asked for, of the same content.</summary>
    /// <param name="end">The byte behind the last that was asked for.</param>
    /// <param name="total">The size that the content had.</param>
    /// <param name="validator">What it must still have; an answer need not repeat it, but must not contradict it.</param>
    public bool IsPart(long end, long total, string validator) =>
        response.StatusCode == HttpStatusCode.PartialContent && offset > 0 && Coding.Length == 0
        && response.Content.Headers.ContentRange is { Unit: "bytes", From: var from, To: var to, Length: var length } && from == offset && to == end - 1 && (length ?? total) == total
        && (response.Content.Headers.ContentLength ?? end - offset) == end - offset
        && (validator.StartsWith('"') ? response.Headers.ETag is not { } tag || tag.ToString() == validator
            : response.Content.Headers.LastModified is not { } modified || DateOf(modified) == validator);

    /// <summary>Whether the server says that nothing is missing.</summary>
    /// <param name="total">The size that the content had.</param>
    public bool IsNothingLeft(long total) =>
        response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable && offset == total
        && response.Content.Headers.ContentRange is { Length: var length } && length == total;

    /// <summary>The body's coding that has to be undone; empty for none.</summary>
    public string Coding => _coding ??= ReadCoding();

    /// <summary>The number of bytes in the body; null when the server does not say or the body is coded. Chunks say themselves where they end, whatever else is said.</summary>
    public long? Length => Coding.Length == 0 && response.Headers.TransferEncodingChunked != true ? response.Content.Headers.ContentLength : null;

    /// <summary>What a later answer must still have so that the rest can be appended; null when nothing is strong enough to prove it.</summary>
    public string? Validator
    {
        get
        {
            var headers = response.Headers;
            if (Coding.Length > 0 || Length is null || headers.AcceptRanges.Contains("none"))
            {
                return null;
            }

            if (headers.ETag is { } tag)
            {
                // A request cannot repeat what is not ASCII.
                return tag.IsWeak || !Ascii.IsValid(tag.Tag) ? null : tag.Tag;
            }

            // A date proves something only when it is old enough that no second change can have the same one.
            return response.Content.Headers.LastModified is { } modified && (headers.Date ?? DateTimeOffset.UtcNow) - modified > DateIsOld
                ? DateOf(modified)
                : null;
        }
    }

    /// <summary>Whether the answer is declared to be a web page.</summary>
    public bool IsWebPage => response.Content.Headers.NonValidated.TryGetValues("Content-Type", out var types)
        && types.ToString().Split(TypeEnds)[0].Trim().ToLowerInvariant() is "text/html" or "application/xhtml+xml";

    /// <summary>The body with its coding undone.</summary>
    /// <param name="body">The body as it is sent.</param>
    /// <exception cref="FetchFaultException">The coding is not known.</exception>
    public Stream Decode(Stream body) => Coding switch
    {
        "" => body,
        "gzip" => new DecodedStream(body, source => new GZipStream(source, CompressionMode.Decompress)),
        "deflate" => new DecodedStream(body, source => new ZLibStream(source, CompressionMode.Decompress)),
        "br" => new DecodedStream(body, source => new BrotliStream(source, CompressionMode.Decompress)),
        var other => throw UnknownCoding(other),
    };

    /// <summary>Whether the server refuses what it is asked for, and not because it is busy.</summary>
    public bool IsRefusal => (int)response.StatusCode is >= 400 and < 500 and not 416 && !IsBusy;

    /// <summary>Whether the head contradicts itself, so that nothing in it says which body this is.</summary>
    public bool IsMalformed => (int)response.StatusCode is 200 or 206 or 416 && Malformation is not null;

    /// <summary>The platform takes a body whose length is no number for one that ends with the connection, whenever that is, and of two values the first.</summary>
    private string? Malformation =>
        response.Content.Headers.NonValidated.Contains("Content-Length") && response.Content.Headers.ContentLength is null ? "told a length that is no number"
        : Unique.FirstOrDefault(IsContradictory) is { } name ? $"told two different values of {name}"
        : null;

    private bool IsBusy => (int)response.StatusCode is 408 or 425 or 429 or 500 or 502 or 503 or 504 or >= 520;

    /// <summary>Throws for an answer that carries no content.</summary>
    /// <exception cref="TransientFault">Another attempt may succeed.</exception>
    /// <exception cref="FetchFaultException">No further attempt changes it.</exception>
    public void ThrowIfFailed()
    {
        var status = (int)response.StatusCode;
        if (status is 200 or 206 or 416)
        {
            if (Malformation is { } malformation)
            {
                throw new TransientFault(malformation);
            }

            // The platform undoes no other coding of the transfer, and does not tell.
            if (response.Headers.TransferEncoding.FirstOrDefault(coding => coding.Value.ToLowerInvariant() is not ("chunked" or "identity")) is { } other)
            {
                throw UnknownCoding(other.Value);
            }

            return;
        }

        if (IsBusy)
        {
            throw new TransientFault($"answered {Status}") { RetryAfter = RetryAfter(), IsOverload = status is 429 or 503 };
        }

        var remedy = status switch
        {
            401 or 403 => "The server wants credentials or does not allow access. A name and password for it belong into ~/.netrc (or the file that NETRC names).",
            404 or 410 => "Check the uri; the file may have moved.",
            407 => "The proxy wants credentials; see the variables HTTP_PROXY and HTTPS_PROXY.",
            _ => "Check the uri.",
        };
        throw new FetchFaultException(DiagnosticRules.DownloadRefused, $"{Place} answered {Status}. {remedy}") { IsMissing = status is 404 or 410, Status = Status };
    }

    private string ReadCoding()
    {
        if (ignoresCoding || response.Content.Headers.ContentEncoding is not { Count: > 0 } fields)
        {
            return "";
        }

        var coding = string.Join(",", fields.Select(name => name.ToLowerInvariant()).Except(NoCodings));
        coding = coding is "x-gzip" ? "gzip" : coding;

        // Servers that call a .gz file gzip-coded mean the file itself.
        return coding == "gzip" && uri.AbsolutePath.EndsWith("gz", StringComparison.OrdinalIgnoreCase) ? "" : coding;
    }

    private bool IsContradictory(string name) => (name.StartsWith("Content", StringComparison.Ordinal) ? response.Content.Headers.NonValidated : response.Headers.NonValidated)
        .TryGetValues(name, out var values) && values.Count > 1 && values.Distinct(StringComparer.Ordinal).Skip(1).Any();

    private FetchFaultException UnknownCoding(string coding) =>
        new(DiagnosticRules.DownloadRefused, $"{Place} is sent in the coding '{coding}', which was not asked for and is not known. Use another source.");

    private static string DateOf(DateTimeOffset modified) => modified.UtcDateTime.ToString("r", CultureInfo.InvariantCulture);

    private TimeSpan? RetryAfter() => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => TimeSpan.FromTicks(Math.Max(0, (date - (response.Headers.Date ?? DateTimeOffset.UtcNow)).Ticks)),
        _ => null,
    };
}
