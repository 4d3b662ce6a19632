using DataManifest.Bindings;
using DataManifest.Toml;

namespace DataManifest.Manifest;

/// <summary>
/// What a manifest says of one dataset, legacy spellings resolved and derived fields filled in
/// (specification, "Language-agnostic contract"). Pure values: where they are written is <c>ManifestDocument</c>'s to know.
/// </summary>
public sealed record DatasetDeclaration
{
    /// <summary>The dataset's name: the key of its table.</summary>
    public required string Name { get; init; }

    /// <summary>The storage key: the path below the datasets folder, written with slashes. Empty only where neither <c>key</c> nor a URI gives one.</summary>
    public required string Key { get; init; }

    /// <summary>The source, as written; empty when there is none or when <see cref="Uris"/> are given.</summary>
    public string Uri { get; init; } = "";

    /// <summary>The sources of a batch, as written; empty for every other dataset.</summary>
    public IReadOnlyList<string> Uris { get; init; } = [];

    /// <summary>
    /// Other places with the same data, in the order in which they are tried (<c>mirrors</c> in <c>_DOTNET</c>); those that cannot be used are left out. For a batch each
    /// is a folder with the <see cref="MemberPaths"/> below it.
    /// </summary>
    public IReadOnlyList<string> Mirrors { get; init; } = [];

    /// <summary>The version; part of a derived key.</summary>
    public string Version { get; init; } = "";

    /// <summary>The branch or tag of a git source.</summary>
    public string Branch { get; init; } = "";

    /// <summary>The DOI, as written.</summary>
    public string Doi { get; init; } = "";

    /// <summary>Other names that find the dataset.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>What the data are, for people.</summary>
    public string Description { get; init; } = "";

    /// <summary>The path expression of the dataset's place, as written; empty for the default <c>$datasets_dir/$key</c>.</summary>
    public string StoragePath { get; init; } = "";

    /// <summary>The pinned digest as <c>algo:hex</c> (a bare or legacy <c>sha256</c> digest gets its prefix); empty when unpinned.</summary>
    public string Checksum { get; init; } = "";

    /// <summary>Whether the digest is never checked.</summary>
    public bool SkipChecksum { get; init; }

    /// <summary>Whether somebody else provides and maintains the data: never fetched, checked, moved or deleted.</summary>
    public bool SkipDownload { get; init; }

    /// <summary>Whether the data are opened where they are instead of being copied here.</summary>
    public bool LazyAccess { get; init; }

    /// <summary>Whether a fetcher of another language may run; null for the run's default.</summary>
    public bool? Delegate { get; init; }

    /// <summary>Whether the archive is unpacked and the dataset's path is the folder. Only true for a <see cref="Format"/> that can be unpacked.</summary>
    public bool Extract { get; init; }

    /// <summary>The format, written or derived from the key, without leading dots: <c>csv</c>, <c>tar.gz</c>, …</summary>
    public string Format { get; init; } = "";

    /// <summary>Names of the datasets that must be there before this one.</summary>
    public IReadOnlyList<string> Requires { get; init; } = [];

    /// <summary>The shell fetcher's command template; empty when there is none.</summary>
    public string Shell { get; init; } = "";

    /// <summary>The language-implicit fetcher binding as written: a string or a table, or else malformed; null when there is none (specification, "Language-implicit bindings").</summary>
    public TomlValue? Fetcher { get; init; }

    /// <summary>The language-implicit loader binding as written: a string or a table, or else malformed; null when there is none.</summary>
    public TomlValue? Loader { get; init; }

    /// <summary>The bindings by language (<c>_LANG</c>); null when there are none.</summary>
    public TomlTable? Languages { get; init; }

    /// <summary>The parts of <see cref="Uri"/>; empty for a batch and for a dataset without a URI.</summary>
    public SourceUri Source { get; init; } = SourceUri.Empty;

    /// <summary>The parts of each of <see cref="Uris"/>, in order.</summary>
    public IReadOnlyList<SourceUri> Members { get; init; } = [];

    /// <summary>
    /// Whether <see cref="Key"/> is the dataset's name because nothing else gives one. Other tools see an empty key until <c>key</c> is written down.
    /// </summary>
    public bool IsKeyFromName { get; init; }

    /// <summary>Whether the data are held to a checksum.</summary>
    public bool IsPinned => Checksum.Length > 0 && !SkipChecksum;

    /// <summary>Whether the data are fetched and should be held to a checksum, and are not. A clone cannot be.</summary>
    public bool LacksPin => this is { Checksum: "", SkipChecksum: false, SkipDownload: false, LazyAccess: false } && !FetchLadder.IsClone(this);

    /// <summary>The kind of archive that the data are, whatever the case and spelling of <see cref="Format"/>: one of <see cref="Manifest.ArchiveFormat"/>'s, or empty.</summary>
    public string ArchiveFormat => Uris.Count > 0 ? "" : Manifest.ArchiveFormat.Of(Format, Key);

    /// <summary>The key of the folder that the archive is unpacked into; meaningful when <see cref="Extract"/> is set.</summary>
    public string ExtractionName => DatasetKey.ExtractionName(Key);

    /// <summary>The name of the file in that folder when the archive is a single compressed file.</summary>
    public string ExtractedFileName => DatasetKey.ExtractedFileName(Key);

    /// <summary>The path of the data below a datasets folder, written with slashes: the <see cref="ExtractionName"/> of an archive that is unpacked, else the <see cref="Key"/>.</summary>
    public string StoredName => Extract ? ExtractionName : Key;

    /// <summary>Where each member of a batch lies in the dataset's folder, in the order of <see cref="Uris"/>, written with slashes.</summary>
    public IReadOnlyList<string> MemberPaths => Members.Count == 0 ? [] : DatasetKey.MemberPaths(Members);

    /// <summary>
    /// What finds the dataset besides its name: aliases, DOI, key, the URI's path and, for a repository at a known git host, the repository's name.
    /// </summary>
    public IReadOnlyList<string> LookupNames =>
        [.. Aliases.Concat([Doi, Key, Source.Path, Source.GitRepository?.Name ?? ""]).Where(name => name.Length > 0).Distinct()];

    /// <summary>Reads a dataset's table; what cannot be read is left at its default (the whole manifest's reading also says what and where).</summary>
    /// <param name="name">The dataset's name.</param>
    /// <param name="table">The dataset's table.</param>
    public static DatasetDeclaration Read(string name, TomlTable table) => new DeclarationReader(name, table, []).Read();
}
