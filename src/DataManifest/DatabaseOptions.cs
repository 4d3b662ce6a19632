using DataManifest.Storage;

namespace DataManifest;

/// <summary>How a <see cref="Database"/> is opened when the defaults do not fit.</summary>
public sealed record DatabaseOptions
{
    /// <summary>The machine and its environment; null for this process's own.</summary>
    public HostEnvironment? Host { get; init; }

    /// <summary>The folder that relative paths hang on; null for the manifest's folder.</summary>
    public string? ProjectRoot { get; init; }

    /// <summary>
    /// The C# functions that the manifest's fetchers name. Null for those of the program that runs and of the assemblies that it references, found by reflection; a
    /// trimmed or natively compiled program registers its own.
    /// </summary>
    public FetcherRegistry? Fetchers { get; init; }
}
