namespace DataManifest.Bindings;

/// <summary>How a dataset's bytes come about (specification, "Fetch ladder").</summary>
public enum FetchRung
{
    /// <summary>A fetcher of the tool's own language: <c>own-fetcher</c>.</summary>
    OwnFetcher,

    /// <summary>The dataset's shell command: <c>shell</c>.</summary>
    Shell,

    /// <summary>A fetcher of another language, run by that language's tool: <c>delegation</c>.</summary>
    Delegation,

    /// <summary>A download from <c>uri</c> or <c>uris</c>: <c>uri</c>.</summary>
    Uri,

    /// <summary>Nothing can fetch the dataset, or what should is malformed: <c>error</c>.</summary>
    Error,
}
