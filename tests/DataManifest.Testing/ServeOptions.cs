namespace DataManifest.Testing;

/// <summary>How <see cref="LoopbackServer"/> serves a body. The defaults are a well-behaved server without validators.</summary>
public sealed record ServeOptions
{
    /// <summary>The media type.</summary>
    public string ContentType { get; init; } = "application/octet-stream";

    /// <summary>The entity tag with its quotes; null for none.</summary>
    public string? ETag { get; init; }

    /// <summary>The modification time as an HTTP date; null for none.</summary>
    public string? LastModified { get; init; }

    /// <summary>Whether ranges are served; otherwise a Range header is ignored.</summary>
    public bool Ranges { get; init; } = true;

    /// <summary>Whether the length is told; otherwise the end of the HTTP/1.0 connection is the end of the body.</summary>
    public bool Length { get; init; } = true;

    /// <summary>The connection is closed after this many body bytes of a response; null to serve everything.</summary>
    public int? CutAfter { get; init; }

    /// <summary>Nothing is sent after this many body bytes of a response; null to serve everything.</summary>
    public int? StallAfter { get; init; }

    /// <summary>How long to wait before each <see cref="ChunkSize"/> bytes of the body.</summary>
    public TimeSpan ChunkDelay { get; init; }

    /// <summary>How many bytes are written at once.</summary>
    public int ChunkSize { get; init; } = 64 * 1024;

    /// <summary>Added to the first byte that a 206 response's Content-Range names, for a server that lies.</summary>
    public int RangeSkew { get; init; }

    /// <summary>Whether ranges are served whatever If-Range says, for a server that does not know it.</summary>
    public bool IgnoresIfRange { get; init; }

    /// <summary>A content coding (<c>gzip</c>, <c>br</c>, <c>deflate</c>) that is applied whatever the client accepts.</summary>
    public string? Encoding { get; init; }

    /// <summary>Further header fields.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];
}
