namespace DataManifest.Generator.Naming;

/// <summary>The names that a generated property cannot have because its class or its base class has them already.</summary>
internal static class ReservedNames
{
    /// <summary>What every class inherits.</summary>
    public static readonly IReadOnlyList<string> OfObject =
        ["Equals", "GetHashCode", "GetType", "ToString", "ReferenceEquals", "MemberwiseClone", "Finalize"];

    /// <summary>What every dataset inherits, and the names kept free for loaders, so that no later version has to rename a property.</summary>
    public static readonly IReadOnlyList<string> OfDataset =
    [
        "Name", "Key", "Uri", "Uris", "Doi", "Version", "Branch", "Format", "Checksum", "Description", "Aliases", "Requires", "Path", "Exists", "Location", "Extract", "Size",
        "Declaration", "Locator", "OpenRead", "OpenReadAsync", "ReadAllText", "ReadAllTextAsync", "ReadAllBytes", "ReadAllBytesAsync", "Directory", "EnumerateFiles",
        "Load", "LoadAsync", "Files", "ReadRows", "ReadRowsAsync", "SubstituteVariables", "Fetch", "FetchAsync", "Verify", "VerifyAsync",
    ];
}
