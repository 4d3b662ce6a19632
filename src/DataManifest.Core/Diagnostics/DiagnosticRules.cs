namespace DataManifest.Diagnostics;

/// <summary>
/// Every finding that any face of the product reports; <c>docs/diagnostics.md</c> explains each. DM01xx: the text; DM02xx: what it declares;
/// DM03xx: places on disk; DM04xx: fetching; DM05xx: checksums and archives; DM06xx: the build; DM07xx: generated code; DM08xx: loading.
/// </summary>
public static class DiagnosticRules
{
    /// <summary>The manifest is not TOML 1.0.</summary>
    public static readonly DiagnosticRule InvalidToml = Error("DM0101", "The manifest is not valid TOML");

    /// <summary>The manifest is not UTF-8 text.</summary>
    public static readonly DiagnosticRule NotUtf8 = Error("DM0102", "The manifest is not UTF-8 text");

    /// <summary>A server could not be reached, or did not deliver after every attempt.</summary>
    public static readonly DiagnosticRule DownloadFailed = Error("DM0401", "The download failed");

    /// <summary>A server answered with a status that no further attempt changes.</summary>
    public static readonly DiagnosticRule DownloadRefused = Error("DM0402", "The server refused the download");

    /// <summary>A redirect loops, has too many hops, or leads to something that is not fetched.</summary>
    public static readonly DiagnosticRule BadRedirect = Error("DM0403", "The redirects lead nowhere");

    /// <summary>The server's certificate is not trusted.</summary>
    public static readonly DiagnosticRule UntrustedServer = Error("DM0404", "The server's certificate is not trusted");

    /// <summary>A web page came where data were expected.</summary>
    public static readonly DiagnosticRule WebPageInsteadOfData = Error("DM0405", "The server sent a web page instead of data");

    /// <summary>A source's scheme is not supported by this version.</summary>
    public static readonly DiagnosticRule UnsupportedScheme = Error("DM0406", "The source's scheme is not supported");

    /// <summary>A dataset has nothing that this version can fetch it from.</summary>
    public static readonly DiagnosticRule NoUsableSource = Error("DM0407", "The dataset has no source that this version can use");

    /// <summary>A local source does not exist or cannot be copied.</summary>
    public static readonly DiagnosticRule LocalSourceUnusable = Error("DM0408", "The local source cannot be used");

    /// <summary>Two members of a batch would be stored at one path.</summary>
    public static readonly DiagnosticRule BatchCollision = Error("DM0409", "Two members of a batch have the same path");

    /// <summary>A dataset that must be there first could not be fetched.</summary>
    public static readonly DiagnosticRule RequirementFailed = Error("DM0410", "A required dataset is missing");

    /// <summary>Two datasets with different sources have one key.</summary>
    public static readonly DiagnosticRule KeyShared = Error("DM0411", "Two datasets with different sources have one key");

    /// <summary>The volume has no room for the data.</summary>
    public static readonly DiagnosticRule DiskFull = Error("DM0412", "The disk is full");

    /// <summary>Data could not be written or published.</summary>
    public static readonly DiagnosticRule StoreNotWritable = Error("DM0413", "The data cannot be stored");

    /// <summary>A dataset that somebody else provides is not there.</summary>
    public static readonly DiagnosticRule ProvidedDataMissing = Warning("DM0414", "Data provided by others are missing");

    /// <summary>Data have the wrong digest.</summary>
    public static readonly DiagnosticRule ChecksumMismatch = Error("DM0501", "The checksum does not match");

    /// <summary>A checksum's algorithm is not implemented.</summary>
    public static readonly DiagnosticRule UnsupportedChecksum = Error("DM0502", "The checksum's algorithm is not supported");

    /// <summary>Data on disk cannot be read to be verified.</summary>
    public static readonly DiagnosticRule ContentUnreadable = Error("DM0503", "The data cannot be read");

    /// <summary>An archive entry would be written outside its folder, or is no file, folder or harmless link.</summary>
    public static readonly DiagnosticRule UnsafeArchive = Error("DM0511", "The archive is not safe to unpack");

    /// <summary>An archive is cut short or damaged.</summary>
    public static readonly DiagnosticRule DamagedArchive = Error("DM0512", "The archive is damaged");

    /// <summary>An archive would unpack to more than the limits allow.</summary>
    public static readonly DiagnosticRule ArchiveTooLarge = Error("DM0513", "The archive unpacks to more than the limit");

    private static DiagnosticRule Error(string code, string title) => new(code, DiagnosticSeverity.Error, title);

    private static DiagnosticRule Warning(string code, string title) => new(code, DiagnosticSeverity.Warning, title);
}
