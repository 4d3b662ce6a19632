using System.Collections;
using System.Numerics;
using DataManifest.Diagnostics;
using DataManifest.Toml;

namespace DataManifest.Caching;

/// <summary>Turns the arguments of a producing call into the table that is hashed (specification, "Parameter-hash keying").</summary>
internal static class KeyTable
{
    /// <summary>The table of the arguments that count: those whose names begin with <c>_</c> do not.</summary>
    /// <param name="arguments">
    /// The arguments by name: texts, booleans, whole numbers, floating-point numbers, and lists and dictionaries of them.
    /// </param>
    /// <exception cref="DataManifestException">A value is null or of another type; the message names the place.</exception>
    public static TomlTable Of(IEnumerable<KeyValuePair<string, object?>> arguments)
    {
        TomlTable table = [];
        foreach (var argument in arguments.Where(argument => !argument.Key.StartsWith('_')))
        {
            table.Add(argument.Key, Value(argument.Value, argument.Key));
        }

        return table;
    }

    private static TomlValue Value(object? value, string place) => value switch
    {
        string text => new TomlString(text),
        bool truth => new TomlBoolean(truth),
        float number => Float(number, place),
        double number => Float(number, place),
        BigInteger number => new TomlInteger(number),
        sbyte or short or int or long => new TomlInteger(Convert.ToInt64(value, null)),
        byte or ushort or uint or ulong => new TomlInteger(Convert.ToUInt64(value, null)),
        IDictionary table => Table(table, place),
        IEnumerable list => new TomlArray([.. list.Cast<object?>().Select((item, i) => Value(item, $"{place}[{i}]"))]),
        null => throw Refused(place, "is null; leave it out"),
        _ => throw Refused(place, $"is a {value.GetType().Name}; use a text, a number, a truth value, or a list or dictionary of them"),
    };

    private static TomlTable Table(IDictionary values, string place)
    {
        TomlTable table = [];
        foreach (DictionaryEntry entry in values)
        {
            var name = entry.Key as string ?? throw Refused(place, "has a name that is no text");
            table.Add(name, Value(entry.Value, $"{place}.{name}"));
        }

        return table;
    }

    private static TomlFloat Float(double number, string place) =>
        double.IsFinite(number) ? new TomlFloat(number) : throw Refused(place, "is not a finite number; use a finite one, or a text");

    private static DataManifestException Refused(string place, string why) => new(DiagnosticRules.ParameterNotHashable, $"The parameter '{place}' {why}.");
}
