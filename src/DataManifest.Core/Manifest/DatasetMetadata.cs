using DataManifest.Toml;

namespace DataManifest.Manifest;

/// <summary>What is known about data for people who cite or use them; kept in a dataset's <c>_DOTNET</c> table.</summary>
/// <param name="Title">The title; empty when it is not known.</param>
/// <param name="Creators">Who made the data: <c>Family, Given</c> or an institution.</param>
/// <param name="License">The licence, as an SPDX expression where the catalogue has one.</param>
/// <param name="Publisher">The repository.</param>
/// <param name="Published">The day (or month, or year) of publication, <c>yyyy-mm-dd</c>.</param>
public sealed record DatasetMetadata(string Title = "", IReadOnlyList<string>? Creators = null, string License = "", string Publisher = "", string Published = "")
{
    /// <summary>Why the data should no longer be used, or what to use instead; empty when it is only said that they should not; null when they may.</summary>
    public string? Obsolete { get; init; }

    /// <summary>The table's key in a dataset.</summary>
    public const string TableName = "_DOTNET";

    /// <summary>Reads it from a dataset's table.</summary>
    /// <param name="dataset">The dataset's table as written; null counts as empty.</param>
    public static DatasetMetadata Read(TomlTable? dataset)
    {
        var table = dataset?[TableName] as TomlTable ?? [];
        return new DatasetMetadata(
            Text("title"),
            table["creators"] is TomlArray list ? [.. list.Items.OfType<TomlString>().Select(name => name.Value).Where(name => name.Length > 0)] : [],
            Text("license"),
            Text("publisher"),
            Text("published"))
        {
            Obsolete = table["obsolete"] switch
            {
                TomlString text => text.Value,
                TomlBoolean { Value: true } => "",
                _ => null,
            },
        };

        string Text(string key) => table[key] switch
        {
            TomlString text => text.Value,
            TomlDateTime { Kind: TomlKind.LocalDate } day => day.Date.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
            TomlInteger number => number.Value.ToString(System.Globalization.CultureInfo.InvariantCulture),
            _ => "",
        };
    }

    /// <summary>The table of what a catalogue tells; without entries when it tells nothing.</summary>
    public TomlTable ToTable()
    {
        TomlTable table = [];
        Add("title", Title);
        if (Creators is { Count: > 0 })
        {
            table.Add("creators", new TomlArray([.. Creators.Select(name => new TomlString(name))]));
        }

        Add("license", License);
        Add("publisher", Publisher);
        Add("published", Published);
        return table;

        void Add(string key, string value)
        {
            if (value.Length > 0)
            {
                table.Add(key, new TomlString(value));
            }
        }
    }
}
