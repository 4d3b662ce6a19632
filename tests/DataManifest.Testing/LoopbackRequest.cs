namespace DataManifest.Testing;

/// <summary>A request as it arrived, and what was answered so far.</summary>
/// <param name="method">The method, as <c>GET</c>.</param>
/// <param name="target">The request target with its query.</param>
/// <param name="headers">The header fields; names in any case.</param>
public sealed class LoopbackRequest(string method, string target, IReadOnlyDictionary<string, string> headers)
{
    /// <summary>The method, as <c>GET</c>.</summary>
    public string Method { get; } = method;

    /// <summary>The target without its query.</summary>
    public string Path { get; } = target.Split('?')[0];

    /// <summary>The query from its question mark on; empty when there is none.</summary>
    public string Query { get; } = target.Contains('?', StringComparison.Ordinal) ? target[target.IndexOf('?', StringComparison.Ordinal)..] : "";

    /// <summary>The header fields; names in any case.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; } = headers;

    /// <summary>When the request was read.</summary>
    public DateTimeOffset Arrived { get; } = DateTimeOffset.UtcNow;

    /// <summary>The status that was answered; 0 before that.</summary>
    public int Status { get; internal set; }

    /// <summary>How many body bytes were handed to the socket.</summary>
    public long BytesSent { get; internal set; }

    /// <summary>A header's value, or null.</summary>
    /// <param name="name">The field's name, in any case.</param>
    public string? Header(string name) => Headers.TryGetValue(name, out var value) ? value : null;
}
