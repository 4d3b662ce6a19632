using DataManifest.Hashing;
using Microsoft.Win32.SafeHandles;

namespace DataManifest.Fetching;

/// <summary>One source that is to become one file or folder of staging.</summary>
/// <param name="Uri">The source, as the manifest has it.</param>
/// <param name="Target">The path to make; nothing is there, its folder is.</param>
/// <param name="Partial">Where a cut-off download is kept for the next attempt, of this run or another.</param>
/// <param name="Algorithm">The digest to compute on the way; null for none.</param>
/// <param name="Expected">The digest that the content must have, or null. It only decides whether to start afresh; the caller judges the result.</param>
/// <param name="Format">The dataset's format, to tell data from web pages.</param>
internal sealed record Transfer(string Uri, string Target, string Partial, string? Algorithm, Checksum? Expected, string Format)
{
    /// <summary>Whether the dataset has a checksum, be it of this content or of what is made of it: then a wrong answer is found out anyway.</summary>
    public bool IsPinned { get; init; } = Expected is not null;

    /// <summary>Whether another source has the same data, so that this one need not be waited for long.</summary>
    public bool HasAlternative { get; init; }

    /// <summary>Whether a coding that a web server names is part of the content, and is not undone.</summary>
    public bool IgnoresContentCoding { get; init; }

    /// <summary>Whether only one connection fetches it, from its first byte to its last as long as none breaks: what came in parts before was not what is declared.</summary>
    public bool InOnePiece { get; init; }

    /// <summary>Told the bytes that are here so far, and all there will be when that is known.</summary>
    public Action<long, long?> Progress { get; init; } = (_, _) => { };

    /// <summary>Told each line that a program writes which fetches; without secrets.</summary>
    public Action<string> Output { get; init; } = _ => { };

    /// <summary>Sees the content while it arrives from a web server; other transports leave it alone. Null for nobody.</summary>
    public IContentSink? Sink { get; init; }

    /// <summary>Shown the content when it came from a web server and is small enough to be in memory as a whole, with the open file that it was written to; only during the call. Null for nobody.</summary>
    public Action<ReadOnlyMemory<byte>, SafeFileHandle>? Seen { get; init; }

    /// <summary>
    /// Further fields of web requests, credentials among them; asked for again at each attempt, since tokens expire. They go only to the source's own
    /// server, and an <c>Authorization</c> among them takes the place of every other. Null for none.
    /// </summary>
    public Func<CancellationToken, ValueTask<IReadOnlyList<KeyValuePair<string, string>>>>? Headers { get; init; }
}

/// <summary>What a transfer brought.</summary>
/// <param name="Bytes">The size of the content.</param>
/// <param name="Checksum">The digest that was asked for; null when none was.</param>
/// <param name="Source">Where the content came from, as it may be shown.</param>
internal sealed record Transferred(long Bytes, Checksum? Checksum, string Source)
{
    /// <summary>Whether it was put together from several answers, on the server's word that they belong together.</summary>
    public bool IsSpliced { get; init; }
}
