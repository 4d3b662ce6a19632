using DataManifest.Archives;

namespace DataManifest.Fetching.Http;

/// <summary>How patient the HTTP transport is.</summary>
internal sealed record HttpOptions
{
    /// <summary>How long a server may say nothing before the attempt counts as failed; 60 s unless set. The total time is never limited.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How many attempts may fail in a row without bringing new bytes.</summary>
    public int Attempts { get; init; } = 5;

    /// <summary>A server that wants to be left alone for longer than this is given up; 5 minutes unless set.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How many redirects are followed.</summary>
    public int Redirects { get; init; } = 20;

    /// <summary>How many transfers run at once.</summary>
    public int Parallel { get; init; } = 16;

    /// <summary>How many transfers run at once from one host.</summary>
    public int ParallelPerHost { get; init; } = 8;

    /// <summary>A connection that brings less, in bytes per second, counts as slow: a large file is then fetched over several.</summary>
    public double SplitBelow { get; init; } = 100_000_000;

    /// <summary>How much of a file must be left, in bytes, for more connections to be worth it.</summary>
    public long SmallestSplit { get; init; } = 32 * 1024 * 1024;

    /// <summary>How much a body may become that a server compresses unasked.</summary>
    public ArchiveLimits Limits { get; init; } = new();

    /// <summary>The user's names and passwords by host.</summary>
    public Netrc Netrc { get; init; } = Netrc.None;

    /// <summary>The same for a source that another one can take the place of: two attempts, and no long waits.</summary>
    public HttpOptions WithAlternative() => this with
    {
        Attempts = Math.Min(Attempts, 2),
        StallTimeout = StallTimeout < TimeSpan.FromSeconds(15) ? StallTimeout : TimeSpan.FromSeconds(15),
        LongestWait = TimeSpan.FromSeconds(5),
    };

    /// <summary>The clock that delays between attempts are measured with.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
