namespace DataManifest.Catalogs;

/// <summary>Which file of another tool to import, and how.</summary>
/// <param name="Kind">The tool.</param>
/// <param name="Path">The file; for DVC also a folder.</param>
public sealed record ImportRequest(CatalogKind Kind, string Path)
{
    /// <summary>What relative addresses in the file hang on; empty for nothing.</summary>
    public string BaseUrl { get; init; } = "";

    /// <summary>The other tool's folder of downloaded files, which are used in place where their checksums hold; empty for none.</summary>
    public string CacheDirectory { get; init; } = "";

    /// <summary>Whether datasets that come from the same addresses are replaced, whatever was changed in them since; they keep their names.</summary>
    public bool Overwrite { get; init; }

    /// <summary>Whether to find out what would be declared, and change nothing.</summary>
    public bool DryRun { get; init; }
}

/// <summary>The files of other tools that can be imported.</summary>
public enum CatalogKind
{
    /// <summary>A registry of pooch: <c>file [algo:]hash [url]</c> per line.</summary>
    Pooch,

    /// <summary>A table with a column <c>url</c> and perhaps <c>name</c> and <c>sha256</c>.</summary>
    Csv,

    /// <summary>One address per line.</summary>
    Urls,

    /// <summary>A catalogue of intake.</summary>
    Intake,

    /// <summary>A <c>.dvc</c> file, a <c>dvc.lock</c>, or a folder of them.</summary>
    Dvc,

    /// <summary>A <c>libman.json</c>.</summary>
    Libman,

    /// <summary>Julia's <c>Artifacts.toml</c>.</summary>
    Artifacts,

    /// <summary>The <c>_pins.yaml</c> of a board of R's pins.</summary>
    Pins,

    /// <summary>The <c>DownloadFile</c> tasks of an MSBuild project; they are reported, never written.</summary>
    DownloadFile,
}
