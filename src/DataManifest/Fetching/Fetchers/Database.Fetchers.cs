namespace DataManifest;

/// <content>Fetchers.</content>
public sealed partial class Database
{
    /// <summary>The C# functions that the manifest's fetchers name.</summary>
    internal FetcherRegistry Fetchers => field ??= Options.Fetchers ?? FetcherRegistry.OfProgram(Options.Program);
}
