namespace DataManifest.Generator.Loading;

/// <summary>How a loader gives its result.</summary>
internal enum LoadForm
{
    /// <summary>It returns it.</summary>
    Value,

    /// <summary>It returns a task for it.</summary>
    Task,

    /// <summary>It gives one item after the other, asynchronously.</summary>
    AsyncStream,
}
