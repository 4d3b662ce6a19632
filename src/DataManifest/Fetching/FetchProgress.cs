namespace DataManifest.Fetching;

/// <summary>How far one dataset is. Comes at most about ten times a second for each.</summary>
/// <param name="Dataset">The dataset's name.</param>
/// <param name="Phase">What is being done.</param>
/// <param name="Bytes">The bytes that are done.</param>
/// <param name="Total">All bytes there will be; null when that is not known.</param>
/// <param name="Source">The source's host, or, while waiting, who is waited for; may be empty.</param>
public sealed record FetchProgress(string Dataset, FetchPhase Phase, long Bytes, long? Total, string Source)
{
    /// <summary>
    /// A line for people: what a program wrote or a function said which makes or brings the dataset, without the credentials of URLs, or that a dead process's work was
    /// taken over; empty in every other report. No line is left out.
    /// </summary>
    public string Output { get; init; } = "";
}

/// <summary>What is being done for a dataset.</summary>
public enum FetchPhase
{
    /// <summary>Another process is writing the same data; this one waits for it.</summary>
    Waiting,

    /// <summary>Data are copied from their source.</summary>
    Transferring,

    /// <summary>An archive is unpacked.</summary>
    Extracting,

    /// <summary>Data of this machine are copied to another volume or folder.</summary>
    Copying,

    /// <summary>Data on disk are hashed.</summary>
    Verifying,

    /// <summary>The dataset has come to its end, good or bad; the last report of one of which there were others.</summary>
    Finished,
}
