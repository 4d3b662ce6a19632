using DataManifest.Toml;

namespace DataManifest.State;

/// <summary>Reads the tables of a state file, of its present schema and of the four before it (specification, "The state file").</summary>
internal static class StateReader
{
    /// <summary>The records of a state file; entries that are malformed are left out.</summary>
    /// <param name="root">The file's table.</param>
    public static StateDocument Read(TomlTable root)
    {
        var meta = root["_META"] as TomlTable;
        var schema = meta?["schema"] as TomlInteger;
        var isCurrent = schema?.Value >= StateDocument.CurrentSchema;
        var recipes = schema is null || schema.Value <= 1 ? FlatRecipes(root)
            : schema.Value == 2 ? ProducedRecipes(root)
            : Recipes(isCurrent ? root["datacache"] as TomlTable : root, areParameters: schema.Value == 3);
        var found = recipes.Where(recipe => recipe.Record.Instances.Count > 0).ToList();
        var recipeNames = isCurrent ? [] : found.Select(recipe => recipe.Source).ToHashSet(StringComparer.Ordinal);
        var document = new StateDocument
        {
            Schema = isCurrent ? schema! : new TomlInteger(StateDocument.CurrentSchema),
            UnknownMeta = Others(meta, "schema"),
            Unknown = [.. Others(root, "_META").Where(entry => isCurrent ? entry.Key is not ("datasets" or "datacache") : IsStructural(entry) && !recipeNames.Contains(entry.Key))],
            IsMigrated = !isCurrent && root.Count > 0,
        };
        foreach (var (_, name, record) in found)
        {
            document.Load(name, record);
        }

        foreach (var entry in isCurrent && root["datasets"] is TomlTable datasets ? datasets : [])
        {
            if (entry.Value is TomlTable table)
            {
                document.Load(entry.Key, new DatasetRecord(Text(table, "storage_path"), Text(table, "sha256")) { Unknown = Others(table, "storage_path", "sha256") });
            }
        }

        return document;
    }

    /// <summary>Schemas 3 to 5: a table per recipe with its instances. In schema 3 an instance was the table of its parameters, and its folder lay in the recipe's.</summary>
    private static IEnumerable<(string Source, string Name, RecipeRecord Record)> Recipes(TomlTable? recipes, bool areParameters)
    {
        foreach (var entry in recipes ?? [])
        {
            if (entry.Value is TomlTable recipe && recipe["instances"] is TomlTable instances)
            {
                var parent = areParameters ? Text(recipe, "storage_path") : "";
                var record = new RecipeRecord(Text(recipe, "ref"), Text(recipe, "format"))
                {
                    Unknown = areParameters ? Others(recipe, "ref", "format", "instances", "storage_path") : Others(recipe, "ref", "format", "instances"),
                };
                foreach (var instance in instances)
                {
                    switch (instance.Value)
                    {
                        case TomlString folder when !areParameters:
                            record.Instances[instance.Key] = folder.Value;
                            break;
                        case TomlTable when areParameters:
                            record.Instances[instance.Key] = parent.Length > 0 ? $"{parent}/{instance.Key}" : "";
                            break;
                    }
                }

                // The name of an unversioned recipe with a separator behind it is written without.
                var name = entry.Key.IndexOf('@', StringComparison.Ordinal) == entry.Key.Length - 1 ? entry.Key.TrimEnd('@') : entry.Key;
                yield return (entry.Key, name, record);
            }
        }
    }

    /// <summary>Schema 2: one array of recipes, each with an array of instances.</summary>
    private static IEnumerable<(string Source, string Name, RecipeRecord Record)> ProducedRecipes(TomlTable root)
    {
        foreach (var recipe in Tables(root["produced"]))
        {
            var record = new RecipeRecord(Text(recipe, "ref"), Text(recipe, "format"));
            foreach (var hash in Tables(recipe["instances"]).Select(instance => Text(instance, "hash")).Where(hash => hash.Length > 0))
            {
                record.Instances[hash] = "";
            }

            yield return ("produced", RecipeName(recipe), record);
        }
    }

    /// <summary>Schema 1: a table per artifact, under a name that means nothing any more. Of two with one recipe the later one counts.</summary>
    private static IEnumerable<(string Source, string Name, RecipeRecord Record)> FlatRecipes(TomlTable root)
    {
        foreach (var entry in root)
        {
            if (entry.Value is TomlTable artifact && Text(artifact, "hash") is { Length: > 0 } hash)
            {
                yield return (entry.Key, RecipeName(artifact), new RecipeRecord(Text(artifact, "ref"), Text(artifact, "format")) { Instances = new(StringComparer.Ordinal) { [hash] = "" } });
            }
        }
    }

    private static string RecipeName(TomlTable recipe) => Text(recipe, "version") is { Length: > 0 } version ? $"{Text(recipe, "cachetype")}@{version}" : Text(recipe, "cachetype");

    private static IEnumerable<TomlTable> Tables(TomlValue? array) => (array as TomlArray)?.Items.OfType<TomlTable>() ?? [];

    private static string Text(TomlTable table, string key) => (table[key] as TomlString)?.Value ?? "";

    /// <summary>Names with an underscore are no recipes in the older schemas, so nothing tells that such an entry is a malformed one.</summary>
    private static bool IsStructural(TomlEntry entry) => entry.Key.StartsWith('_');

    private static List<TomlEntry> Others(TomlTable? table, params string[] known)
    {
        var others = new List<TomlEntry>();
        foreach (var entry in table ?? [])
        {
            if (!known.Contains(entry.Key))
            {
                others.Add(entry);
            }
        }

        return others;
    }
}
