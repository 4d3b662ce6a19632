using DataManifest.Diagnostics;
using DataManifest.Manifest;
using DataManifest.Text;
using DataManifest.Toml;

namespace DataManifest.Contents;

/// <summary>Checks what a dataset's <c>_DOTNET</c> table says of tables and columns.</summary>
/// <param name="findings">Where findings go.</param>
internal sealed class ColumnRules(List<Finding> findings)
{
    private static readonly Dictionary<string, (TomlKind Kind, string What)> Options = new(StringComparer.Ordinal)
    {
        ["delimiter"] = (TomlKind.String, "one character, such as \";\" or \"\\t\""),
        ["comment"] = (TomlKind.String, "one character, such as \"#\", or \"\" for none"),
        ["header"] = (TomlKind.Boolean, "true or false"),
        ["quoted"] = (TomlKind.Boolean, "true or false"),
        ["missing"] = (TomlKind.Array, "a list of texts, such as [\"-999\"]"),
        ["names"] = (TomlKind.Array, "a list of texts, the columns' names in their order"),
    };

    /// <summary>What other languages and .NET itself call the types.</summary>
    private static readonly Dictionary<string, string> Synonyms = new(StringComparer.OrdinalIgnoreCase)
    {
        ["text"] = "string",
        ["str"] = "string",
        ["guid"] = "string",
        ["boolean"] = "bool",
        ["integer"] = "int",
        ["int32"] = "int",
        ["int64"] = "long",
        ["ulong"] = "decimal",
        ["uint64"] = "decimal",
        ["float"] = "double",
        ["float64"] = "double",
        ["number"] = "double",
        ["date"] = "DateOnly",
        ["time"] = "TimeOnly",
        ["timestamp"] = "DateTime",
    };

    private static readonly string[] ColumnKeys = ["type", "nullable", "property"];

    /// <summary>Checks a dataset.</summary>
    /// <param name="dataset">Its name.</param>
    /// <param name="table">Its table.</param>
    public void Check(string dataset, TomlTable table)
    {
        if (table["_DOTNET"] is not TomlTable extras)
        {
            return;
        }

        CheckColumns(dataset, extras["columns"]);
        CheckTable(dataset, extras["table"], "table", mayHaveColumns: false);
        if (extras["tables"] is TomlTable tables)
        {
            foreach (var entry in tables)
            {
                CheckTable(dataset, entry.Value, $"tables.\"{entry.Key}\"", mayHaveColumns: true);
            }
        }
        else if (extras["tables"] is { } other)
        {
            Report(dataset, other, "'tables' is no table, so it is ignored; write [" + dataset + "._DOTNET.tables.\"file.csv\"].");
        }
    }

    private void CheckTable(string dataset, TomlValue? value, string name, bool mayHaveColumns)
    {
        if (value is not TomlTable table)
        {
            if (value is not null)
            {
                Report(dataset, value, $"'{name}' is no table, so it is ignored; write for example {{ delimiter = \";\" }}.");
            }

            return;
        }

        foreach (var entry in table)
        {
            if (mayHaveColumns && entry.Key == "columns")
            {
                CheckColumns(dataset, entry.Value);
            }
            else if (!Options.TryGetValue(entry.Key, out var option))
            {
                var meant = Spelling.Closest(entry.Key, Options.Keys) is { } closest ? $" Did you mean '{closest}'?" : "";
                Report(dataset, entry.Value, $"'{entry.Key}' is no option of a table, so it is ignored; there are {string.Join(", ", Options.Keys)}.{meant}");
            }
            else if (entry.Value.Kind != option.Kind
                || (entry.Value is TomlString text && (text.Value.Length > 1 || (text.Value.Length == 0 && entry.Key != "comment")))
                || (entry.Value is TomlArray list && !list.Items.All(item => item is TomlString)))
            {
                Report(dataset, entry.Value, $"'{entry.Key}' is ignored, because it has to be {option.What}.");
            }
        }
    }

    private void CheckColumns(string dataset, TomlValue? value)
    {
        if (value is not TomlTable columns)
        {
            if (value is not null and not TomlBoolean)
            {
                Report(dataset, value, "'columns' is neither a table nor true or false, so it is ignored; write for example columns = { elev_m = \"double?\" }.");
            }

            return;
        }

        foreach (var column in columns)
        {
            var type = column.Value is TomlTable table ? table["type"] : column.Value;
            if (type is not null && ((type as TomlString)?.Value is not { } name || ColumnTypeNames.Parse(name) is null))
            {
                var word = (type as TomlString)?.Value ?? "";
                var bare = word.TrimEnd('?');
                var meant = (Synonyms.TryGetValue(bare, out var other) ? other : Spelling.Closest(bare, ColumnTypeNames.All)) + (word.EndsWith("?", StringComparison.Ordinal) ? "?" : "");
                var isKnown = ColumnTypeNames.Parse(meant) is not null;
                Report(
                    dataset,
                    type,
                    $"The type of column '{column.Key}' is none, so it is ignored; write one of {string.Join(", ", ColumnTypeNames.All)}, with ? behind it where values may be missing."
                        + (isKnown ? $" Did you mean \"{meant}\"?" : ""),
                    isKnown ? new TextEdit(type.Span, TomlFormat.BasicString(meant)) : null);
            }

            foreach (var entry in (column.Value as TomlTable)?.Where(entry => !ColumnKeys.Contains(entry.Key) || !HasKind(entry)) ?? [])
            {
                Report(dataset, entry.Value, $"'{entry.Key}' of column '{column.Key}' is ignored; a column has type and property, which are texts, and nullable, which is true or false.");
            }
        }
    }

    private static bool HasKind(TomlEntry entry) => entry.Value.Kind == (entry.Key == "nullable" ? TomlKind.Boolean : TomlKind.String) || entry.Key == "type";

    private void Report(string dataset, TomlValue place, string message, TextEdit? correction = null) =>
        findings.Add(new Finding(dataset, DiagnosticRules.MalformedTableOption, $"Dataset '{dataset}': {message}", place.Span, correction));
}
