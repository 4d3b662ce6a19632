using DataManifest.Manifest;
using DataManifest.Toml;

namespace DataManifest.Catalogs;

/// <summary>A dataset that a catalogue declares, before it is known whether and under what name the manifest takes it.</summary>
internal sealed record Proposal
{
    /// <summary>The name that the dataset should have.</summary>
    public required string Name { get; init; }

    /// <summary>Whether another name may be taken where this one is another dataset's; otherwise that is an error.</summary>
    public bool MayRename { get; init; }

    /// <summary>The name to take instead where <see cref="Name"/> is another dataset's; empty for none.</summary>
    public string OtherName { get; init; } = "";

    /// <summary>The sources: one, or the members of a batch.</summary>
    public required IReadOnlyList<string> Uris { get; init; }

    /// <summary>The published digest, <c>algo:hex</c>; empty when there is none. Not meaningful for a batch or for what is unpacked.</summary>
    public string Checksum { get; init; } = "";

    /// <summary>The DOI.</summary>
    public string Doi { get; init; } = "";

    /// <summary>What the data are.</summary>
    public string Description { get; init; } = "";

    /// <summary>The key, where the one that comes from the source is no use.</summary>
    public string Key { get; init; } = "";

    /// <summary>Whether the archive is to be unpacked.</summary>
    public bool Extract { get; init; }

    /// <summary>Whether the data are to be opened where they are.</summary>
    public bool Lazy { get; init; }

    /// <summary>Other places with the same bytes.</summary>
    public IReadOnlyList<string> Mirrors { get; init; } = [];

    /// <summary>What is kept for citations.</summary>
    public DatasetMetadata Metadata { get; init; } = new();

    /// <summary>The place where a local copy may be that can be used there; empty for none.</summary>
    public string CacheFile { get; init; } = "";

    /// <summary>Whether a local copy is expected, so that a missing one is told.</summary>
    public bool LooksInCache { get; init; }

    /// <summary>Whether it is a batch.</summary>
    public bool IsBatch => Uris.Count > 1;

    /// <summary>The digest that is declared: a batch and an unpacked archive have another one than the files that were published.</summary>
    public string DeclaredChecksum => IsBatch || Extract ? "" : Checksum;

    /// <summary>
    /// The dataset's table, with those derived fields that every writer of the format writes down: a batch's key, and what the address says of version and format.
    /// </summary>
    public TomlTable ToTable()
    {
        TomlTable table = [];
        var source = SourceUri.Empty;
        if (IsBatch)
        {
            table.Add("uris", new TomlArray([.. Uris.Select(uri => new TomlString(uri))]));
        }
        else
        {
            Add("uri", Uris[0]);
            source = SourceUri.TryParse(Uris[0], out var parts) ? parts : source;
        }

        Add("version", source.Version);
        Add("doi", Doi);
        Add("description", Description);
        Add("checksum", DeclaredChecksum);
        Add("key", Key.Length > 0 || !IsBatch ? Key : DatasetDeclaration.Read(Name, table).Key);
        Add("format", source.Format.TrimStart('.'));
        AddFlag("extract", Extract);
        AddFlag("lazy_access", Lazy);
        if (Lazy)
        {
            // What opens data in place in the language whose tool the format comes from; without any loader the dataset would be unsound.
            table.Add("_LANG", Table("python", Table("loader", new TomlString("datamanifest.store.loaders:fsspec_loader"))));
        }

        var dotnet = Metadata.ToTable();
        if (Mirrors.Count > 0)
        {
            dotnet.Add("mirrors", new TomlArray([.. Mirrors.Select(uri => new TomlString(uri))]));
        }

        if (dotnet.Count > 0)
        {
            table.Add(DatasetMetadata.TableName, dotnet);
        }

        return table;

        void Add(string key, string value)
        {
            if (value.Length > 0)
            {
                table.Add(key, new TomlString(value));
            }
        }

        void AddFlag(string key, bool value)
        {
            if (value)
            {
                table.Add(key, new TomlBoolean(true));
            }
        }
    }

    private static TomlTable Table(string key, TomlValue value)
    {
        TomlTable table = [];
        table.Add(key, value);
        return table;
    }
}
