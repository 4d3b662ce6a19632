using DataManifest.Bindings;
using DataManifest.Manifest;
using DataManifest.Toml;

namespace DataManifest.Generator.Model;

/// <summary>What the generated code needs of one dataset. Equal to another one exactly when the code would be the same.</summary>
/// <param name="Name">The dataset's name.</param>
/// <param name="Toml">The dataset's table in canonical form, bindings of other languages and credentials left out.</param>
/// <param name="Description">The description, as written.</param>
/// <param name="Source">The first source URI, as written; empty when there is none.</param>
/// <param name="MoreSources">How many sources follow the first one.</param>
/// <param name="Doi">The DOI, as written.</param>
/// <param name="Version">The version; may come from the URI.</param>
/// <param name="Format">The format, without a leading dot.</param>
/// <param name="Checksum">The pinned digest; empty when unpinned.</param>
/// <param name="License">The licence; empty when it is not known.</param>
/// <param name="Citation">How the data are cited, the DOI left out; empty when neither title nor creators are known.</param>
/// <param name="Obsolete">Why the data should no longer be used; empty when no reason is given; null when they may be used.</param>
/// <param name="Loader">What the manifest says of how it is loaded.</param>
internal sealed record DatasetModel(
    string Name, string Toml, string Description, string Source, int MoreSources, string Doi, string Version, string Format, string Checksum,
    string License, string Citation, string? Obsolete, LoaderModel Loader)
{
    /// <summary>The model of a dataset of a manifest.</summary>
    /// <param name="declaration">The dataset.</param>
    /// <param name="table">Its table, as written.</param>
    /// <param name="ladder">The manifest's ladder of loaders.</param>
    public static DatasetModel Create(DatasetDeclaration declaration, TomlTable table, LoadLadder ladder)
    {
        var metadata = DatasetMetadata.Read(table);
        var isCited = metadata.Title.Length > 0 || metadata.Creators is { Count: > 0 };
        return new DatasetModel(
            declaration.Name,
            TomlWriter.ToCanonical(ForProgram(table)),
            declaration.Description,
            declaration.Uris.Count > 0 ? declaration.Uris[0] : declaration.Uri,
            Math.Max(0, declaration.Uris.Count - 1),
            declaration.Doi,
            declaration.Version,
            declaration.Format,
            declaration.Checksum,
            metadata.License,
            isCited ? (Citations.Citation.Of(declaration, metadata) with { Url = "" }).ToApa() : "",
            metadata.Obsolete,
            LoaderModel.Create(ladder, declaration, table));
    }

    /// <summary>
    /// The table without what its program has no use for: bindings of other languages, which would only make the assembly larger, and credentials, which
    /// everybody who has the assembly could read.
    /// </summary>
    private static TomlTable ForProgram(TomlTable table)
    {
        var kept = new TomlTable();
        foreach (var entry in table)
        {
            if (entry.Key != "_LANG" || entry.Value is not TomlTable languages)
            {
                kept.Add(entry.Key, entry.Key is "uri" or "uris" or "downloads" ? WithoutCredentials(entry.Value) : entry.Value);
            }
            else if (languages[BindingLanguage.CSharp] is { } own)
            {
                var onlyOwn = new TomlTable();
                onlyOwn.Add(BindingLanguage.CSharp, own);
                kept.Add(entry.Key, onlyOwn);
            }
        }

        return kept;
    }

    private static TomlValue WithoutCredentials(TomlValue value) => value switch
    {
        TomlString text => new TomlString(UriCredentials.Remove(text.Value)),
        TomlArray list => new TomlArray([.. list.Items.Select(WithoutCredentials)]),
        _ => value,
    };
}
