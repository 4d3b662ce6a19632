namespace DataManifest;

/// <content>Fetchers.</content>
public sealed partial record DatabaseOptions
{
    /// <summary>
    /// The C# functions that the manifest's fetchers name. Null for those of the program that runs and of the assemblies that it references, found by reflection; a
    /// trimmed or natively compiled program registers its own.
    /// </summary>
    public FetcherRegistry? Fetchers { get; init; }
}
