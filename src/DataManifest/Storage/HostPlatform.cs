namespace DataManifest.Storage;

/// <summary>The kinds of system whose folder conventions differ.</summary>
public enum HostPlatform
{
    /// <summary>Linux and every other system that follows the XDG conventions.</summary>
    Linux,

    /// <summary>macOS.</summary>
    MacOS,

    /// <summary>Windows.</summary>
    Windows,
}
