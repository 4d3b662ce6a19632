using System.Text.Json;
using DataManifest.Toml;

namespace DataManifest.Catalogs;

/// <summary>The format's test vectors about catalogues, which are kept outside the repository.</summary>
internal static class CatalogVectors
{
    /// <summary>A part of the vectors; ends the test when they are not given.</summary>
    public static IEnumerable<JsonElement> Read(string part) => Load("importers_and_bindings.json").GetProperty(part).EnumerateArray();

    /// <summary>A scenario of commands.</summary>
    public static JsonElement Scenario(string name) =>
        Load(Path.Combine("state", "cli_scenarios.json")).GetProperty("scenarios").EnumerateArray().First(scenario => scenario.GetProperty("name").GetString() == name);

    /// <summary>A manifest without what only this implementation writes, in canonical form.</summary>
    public static string WithoutOwnTables(string manifest)
    {
        var root = new TomlTable();
        foreach (var entry in TomlDocument.Parse(manifest).Root)
        {
            root.Add(entry.Key, entry.Value is TomlTable table ? Without(table, "_DOTNET") : entry.Value);
        }

        return TomlWriter.ToCanonical(root);
    }

    private static TomlTable Without(TomlTable table, string key)
    {
        var rest = new TomlTable();
        foreach (var entry in table.Where(entry => entry.Key != key))
        {
            rest.Add(entry);
        }

        return rest;
    }

    private static JsonElement Load(string file)
    {
        if (Environment.GetEnvironmentVariable("DATAMANIFEST_VECTORS") is not { Length: > 0 } folder)
        {
            Assert.Inconclusive("set DATAMANIFEST_VECTORS to the folder of the format's test vectors");
            throw new InvalidOperationException();
        }

        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, file)));
        return document.RootElement.Clone();
    }
}
