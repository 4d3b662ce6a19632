using System.Text.Json.Nodes;
using DataManifest.Toml;

namespace DataManifest.Tool.Output;

/// <summary>A dataset as JSON: its fields as the manifest has them, and where its data are.</summary>
internal static class DatasetJson
{
    /// <summary>One dataset.</summary>
    /// <param name="database">The opened manifest.</param>
    /// <param name="dataset">The dataset.</param>
    public static JsonObject Of(Database database, Dataset dataset)
    {
        var fields = new JsonObject();
        foreach (var (field, value) in DatasetFields.Of(database.Manifest, dataset.Name))
        {
            fields[field] = Of(value);
        }

        var location = dataset.Location;
        var json = new JsonObject
        {
            ["name"] = dataset.Name,
            ["key"] = dataset.Key,
            ["format"] = dataset.Format,
            ["path"] = location.Path,
            ["present"] = location.IsUsable,
            ["state"] = Word(location.State),
            ["fields"] = fields,
        };
        if (location.IsUsable && database.Locator.Trees.Find(dataset.Declaration) is { } tree)
        {
            json["files"] = new JsonArray([.. tree.Files.Select(file => new JsonObject { ["path"] = file.Path, ["size"] = file.Size, ["sha256"] = file.Sha256 })]);
        }

        return json;
    }

    /// <summary>A TOML value as JSON; dates and times, which JSON has not, as texts.</summary>
    /// <param name="value">The value.</param>
    public static JsonNode Of(TomlValue value) => value switch
    {
        TomlString text => text.Value,
        TomlBoolean flag => flag.Value,
        TomlInteger { Value: var number } when number >= long.MinValue && number <= long.MaxValue => (long)number,
        TomlFloat { Value: var number } when double.IsFinite(number) => number,
        TomlArray list => new JsonArray([.. list.Items.Select(Of)]),
        TomlTable table => new JsonObject(table.Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)Of(entry.Value)))),
        _ => TomlFormat.Scalar(value),
    };

    /// <summary>A state as one word.</summary>
    /// <param name="state">The state.</param>
    public static string Word(DatasetState state) => state switch
    {
        DatasetState.Missing => "missing",
        DatasetState.Unmarked => "incomplete",
        DatasetState.UserManaged => "provided",
        DatasetState.Lazy => "remote",
        _ => "present",
    };
}
