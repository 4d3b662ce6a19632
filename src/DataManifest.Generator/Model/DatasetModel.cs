using DataManifest.Manifest;
using DataManifest.Toml;

namespace DataManifest.Generator.Model;

/// <summary>What the generated code needs of one dataset. Equal to another one exactly when the code would be the same.</summary>
/// <param name="Name">The dataset's name.</param>
/// <param name="Toml">The dataset's table in canonical form, bindings of other languages left out.</param>
/// <param name="Description">The description, as written.</param>
/// <param name="Source">The first source URI, as written; empty when there is none.</param>
/// <param name="MoreSources">How many sources follow the first one.</param>
/// <param name="Doi">The DOI, as written.</param>
/// <param name="Version">The version; may come from the URI.</param>
/// <param name="Format">The format, without a leading dot.</param>
/// <param name="Checksum">The pinned digest; empty when unpinned.</param>
internal sealed record DatasetModel(
    string Name, string Toml, string Description, string Source, int MoreSources, string Doi, string Version, string Format, string Checksum)
{
    private const string Language = "csharp";

    /// <summary>The model of a dataset of a manifest.</summary>
    /// <param name="declaration">The dataset.</param>
    /// <param name="table">Its table, as written.</param>
    public static DatasetModel Create(DatasetDeclaration declaration, TomlTable table) => new(
        declaration.Name,
        TomlWriter.ToCanonical(WithoutOtherLanguages(table)),
        declaration.Description,
        declaration.Uris.Count > 0 ? declaration.Uris[0] : declaration.Uri,
        Math.Max(0, declaration.Uris.Count - 1),
        declaration.Doi,
        declaration.Version,
        declaration.Format,
        declaration.Checksum);

    /// <summary>No program in C# runs another language's bindings, so they would only make its assembly larger.</summary>
    private static TomlTable WithoutOtherLanguages(TomlTable table)
    {
        if (table["_LANG"] is not TomlTable languages)
        {
            return table;
        }

        var kept = new TomlTable();
        foreach (var entry in table)
        {
            if (entry.Key != "_LANG")
            {
                kept.Add(entry.Key, entry.Value);
            }
            else if (languages[Language] is { } own)
            {
                var onlyOwn = new TomlTable();
                onlyOwn.Add(Language, own);
                kept.Add(entry.Key, onlyOwn);
            }
        }

        return kept;
    }
}
