using System.Numerics;
using DataManifest.Diagnostics;
using DataManifest.Toml;

namespace DataManifest.Manifest;

/// <summary>
/// Takes fields of the expected type out of a dataset's table. A field of another type is reported and, where its meaning is plain, still understood.
/// </summary>
internal sealed class FieldReader(string name, TomlTable table, List<Finding> findings)
{
    /// <summary>Fields that only help people to find a dataset: when they are wrong, the data are still right.</summary>
    private static readonly HashSet<string> Harmless = ["aliases", "doi", "description", "delegate", "host", "path", "scheme", "sha256", "ref", "downloads"];

    /// <summary>A string field; a number or a boolean stands for its text.</summary>
    public string Text(string field)
    {
        var value = table[field];
        return value is null ? "" : value is TomlString text ? text.Value : TextOf(field, value);
    }

    // Apart from the usual case, here and below, so that big integers are only loaded for a manifest that needs them.
    private string TextOf(string field, TomlValue value)
    {
        var text = value switch
        {
            TomlInteger integer => integer.Value.ToString(System.Globalization.CultureInfo.InvariantCulture),
            TomlFloat number => number.Value.ToString("R", System.Globalization.CultureInfo.InvariantCulture),
            _ => "",
        };
        WrongType(field, value, text.Length > 0 ? $"a string: {field} = \"{text}\"" : "a string");
        return text;
    }

    /// <summary>A field that is a list of strings; a single string stands for a list of one.</summary>
    public IReadOnlyList<string> List(string field)
    {
        var value = table[field];
        if (value is null)
        {
            return [];
        }

        if (value is TomlArray array && array.Items.All(item => item is TomlString))
        {
            return [.. array.Items.Select(item => ((TomlString)item).Value)];
        }

        WrongType(field, value, value is TomlString text ? $"a list of strings: {field} = [\"{text.Value}\"]" : "a list of strings");
        return value switch
        {
            TomlString { Value.Length: > 0 } single => [single.Value],
            TomlArray items => [.. items.Items.OfType<TomlString>().Select(item => item.Value)],
            _ => [],
        };
    }

    /// <summary>A boolean field; other values count as the other tools count them, where everything but nothing is true.</summary>
    public bool? Flag(string field)
    {
        var value = table[field];
        return value is null ? null : value is TomlBoolean flag ? flag.Value : FlagOf(field, value);
    }

    private bool FlagOf(string field, TomlValue value)
    {
        WrongType(field, value, "true or false, without quotes");
        return value switch
        {
            TomlString text => text.Value.Length > 0,
            TomlInteger integer => integer.Value != BigInteger.Zero,
            TomlFloat number => number.Value != 0,
            TomlArray array => array.Items.Count > 0,
            TomlTable inner => inner.Count > 0,
            _ => true,
        };
    }

    /// <summary>A binding as written, malformed or not, so that no ladder passes over it; an empty string is none.</summary>
    public TomlValue? Binding(string field) => table[field] is TomlString { Value.Length: 0 } ? null : table[field];

    /// <summary>A field that is a table.</summary>
    public TomlTable? Table(string field)
    {
        var value = table[field];
        if (value is not (null or TomlTable))
        {
            WrongType(field, value, "a table");
        }

        return value as TomlTable;
    }

    /// <summary>Reports something about a field, or about one item of a field that is a list.</summary>
    public void Report(DiagnosticRule rule, string field, string message, int item = -1)
    {
        var value = table[field] ?? table;
        value = value is TomlArray { Items: var items } && item >= 0 && item < items.Count ? items[item] : value;
        findings.Add(new Finding(name, rule, message, value.Span));
    }

    private void WrongType(string field, TomlValue value, string expected) => Report(
        Harmless.Contains(field) ? DiagnosticRules.DescriptiveFieldType : DiagnosticRules.FieldType,
        field,
        $"'{field}' of dataset '{name}' is {Describe(value.Kind)}; write {expected}.");

    private static string Describe(TomlKind kind) => kind switch
    {
        TomlKind.String => "a string",
        TomlKind.Integer => "an integer",
        TomlKind.Float => "a number",
        TomlKind.Boolean => "a boolean",
        TomlKind.Array => "a list",
        TomlKind.Table => "a table",
        _ => "a date or time",
    };
}
