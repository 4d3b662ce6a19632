namespace DataManifest.Storage;

/// <summary>Where a storage value comes from, the strongest first (specification, "Scoped configuration").</summary>
public enum ConfigurationLayer
{
    /// <summary>An environment variable, <c>DATAMANIFEST_&lt;NAME&gt;</c>.</summary>
    Environment,

    /// <summary>The checkout's <c>.datamanifest/config.toml</c>, which is not committed.</summary>
    Checkout,

    /// <summary>The manifest's <c>_STORAGE</c>, which everybody shares.</summary>
    Manifest,

    /// <summary>The user's <c>~/.config/datamanifest/config.toml</c>.</summary>
    User,

    /// <summary>Nothing: the value that is built in.</summary>
    Default,
}
