using System.Globalization;
using System.Numerics;
using DataManifest.Generator.Emission;
using DataManifest.Generator.Naming;
using DataManifest.Manifest;
using DataManifest.Text;
using DataManifest.Toml;

namespace DataManifest.Generator.Loading;

/// <summary>Writes values of a manifest as C# expressions of the types that a loader wants; what does not fit is found here and not when the program runs.</summary>
internal sealed class ArgumentWriter
{
    /// <summary>The variable that stands for the data's place.</summary>
    public const string PathVariable = "$path";

    /// <summary>The name of the opened file in generated code.</summary>
    public const string StreamName = "stream";

    private const string Collections = "global::System.Collections.Generic";

    private static readonly Dictionary<string, (BigInteger Least, BigInteger Most, string Suffix)> Integers = new(StringComparer.Ordinal)
    {
        ["sbyte"] = (sbyte.MinValue, sbyte.MaxValue, ""),
        ["byte"] = (byte.MinValue, byte.MaxValue, ""),
        ["short"] = (short.MinValue, short.MaxValue, ""),
        ["ushort"] = (ushort.MinValue, ushort.MaxValue, ""),
        ["int"] = (int.MinValue, int.MaxValue, ""),
        ["uint"] = (uint.MinValue, uint.MaxValue, "u"),
        ["long"] = (long.MinValue, long.MaxValue, "L"),
        ["ulong"] = (ulong.MinValue, ulong.MaxValue, "ul"),
    };

    /// <summary>Whether anything that was written is the opened file.</summary>
    public bool UsesStream { get; private set; }

    /// <summary>Why the last value could not be written; the end of a sentence.</summary>
    public string Problem { get; private set; } = "";

    /// <summary>The part of the last value that could not be written.</summary>
    public TextSpan ProblemSpan { get; private set; }

    /// <summary>What was meant in place of that part; null when nobody but the author can know.</summary>
    public string? Meant { get; private set; }

    /// <summary>A value as an expression of a type; null when the type cannot hold it, which <see cref="Problem"/> explains.</summary>
    /// <param name="value">The value.</param>
    /// <param name="type">The type.</param>
    public string? Write(TomlValue value, TypeModel type) => (type.Kind, value) switch
    {
        (ValueKind.Nullable, _) => Write(value, type.Element!),
        (ValueKind.String, TomlString text) => Text(text.Value),
        (ValueKind.OfText, TomlString text) => $"new {type.Name}({Text(text.Value)}{(type.Name == "global::System.Uri" ? ", global::System.UriKind.RelativeOrAbsolute" : "")})",
        (ValueKind.Stream, TomlString { Value: PathVariable }) => OpenedFile(),
        (ValueKind.Dataset, TomlString { Value: PathVariable }) => "this",
        (ValueKind.Char, TomlString { Value.Length: 1 } text) => $"{CSharpText.Literal(text.Value)}[0]",
        (ValueKind.Enum, TomlString text) => Member(text, type),
        (ValueKind.Boolean, TomlBoolean truth) => truth.Value ? "true" : "false",
        (ValueKind.Integer, TomlInteger number) => Integer(number, type),
        (ValueKind.Real, TomlInteger number) => Real((double)number.Value, number.Value.ToString(CultureInfo.InvariantCulture), number, type),
        (ValueKind.Real, TomlFloat number) => Real(number.Value, number.Value.ToString("R", CultureInfo.InvariantCulture), number, type),
        (ValueKind.Moment, TomlDateTime moment) when MomentType(moment.Kind, type.Name) => Moment(moment, type.Name),
        (ValueKind.Array, TomlArray list) => List(list.Items, type),
        (ValueKind.List, TomlArray list) => List(list.Items, type),
        (ValueKind.Dictionary, TomlTable table) => Dictionary(table, type.Element!),
        (ValueKind.Object, _) => Plain(value),
        _ => Refuse(value, type.Kind is ValueKind.Other or ValueKind.Dataset or ValueKind.Stream or ValueKind.CancellationToken
            ? $"TOML has no value for {type.Display}" : $"{Describe(value)} is no {type.Display}"),
    };

    /// <summary>Values as an array or a list; null when its items cannot hold one of them.</summary>
    /// <param name="values">The values.</param>
    /// <param name="type">The type of the array or the list.</param>
    public string? List(IReadOnlyList<TomlValue> values, TypeModel type) =>
        All(values, value => Write(value, type.Element!)) is { } items ? $"new {(type.Kind == ValueKind.List ? $"{Collections}.List<{type.Element!.Name}>" : ArrayOf(type.Element!.Name))} {{ {items} }}" : null;

    private static string ArrayOf(string element) => element + "[]";

    private static string Text(string text) => text == PathVariable ? "Path" : text.IndexOf('$') < 0 ? CSharpText.Literal(text) : $"SubstituteVariables({CSharpText.Literal(text)})";

    private string OpenedFile()
    {
        UsesStream = true;
        return StreamName;
    }

    private string? Member(TomlString text, TypeModel type)
    {
        var named = type.Members.Where(member => member == text.Value).DefaultIfEmpty(type.Members.FirstOrDefault(member => member.Equals(text.Value, StringComparison.OrdinalIgnoreCase))).First();
        if (named is not null)
        {
            return $"{type.Name}.{Identifier.Escape(named)}";
        }

        var meant = Spelling.Closest(text.Value, type.Members);
        return Refuse(text, $"{type.Display} has no member '{text.Value}'" + (meant is null ? $"; it has {string.Join(", ", type.Members.Take(8))}" : $"; did you mean '{meant}'?"), meant);
    }

    private string? Integer(TomlInteger number, TypeModel type)
    {
        var (least, most, suffix) = Integers[type.Name];
        return number.Value < least || number.Value > most
            ? Refuse(number, $"{number.Value} is outside of {type.Display}, which goes from {least} to {most}")
            : $"({type.Name})({number.Value.ToString(CultureInfo.InvariantCulture)}{suffix})";
    }

    private string? Real(double number, string text, TomlValue value, TypeModel type) => type.Name switch
    {
        "decimal" when decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var exact) => $"({exact.ToString(CultureInfo.InvariantCulture)}m)",
        "decimal" => Refuse(value, $"{text} is outside of decimal"),
        "float" when Math.Abs(number) > float.MaxValue && !double.IsInfinity(number) => Refuse(value, $"{text} is outside of float"),
        _ => double.IsNaN(number) ? $"{type.Name}.NaN"
            : double.IsInfinity(number) ? $"{type.Name}.{(number > 0 ? "Positive" : "Negative")}Infinity"
            : $"({number.ToString("R", CultureInfo.InvariantCulture)}{(type.Name == "float" ? "f" : "d")})",
    };

    private static bool MomentType(TomlKind kind, string type) => kind switch
    {
        TomlKind.LocalDate => type is "global::System.DateOnly" or "global::System.DateTime",
        TomlKind.LocalTime => type is "global::System.TimeOnly" or "global::System.TimeSpan",
        TomlKind.LocalDateTime => type == "global::System.DateTime",
        _ => type == "global::System.DateTimeOffset",
    };

    private static string Moment(TomlDateTime moment, string type) => type switch
    {
        "global::System.DateOnly" => $"new {type}({moment.Date.Year}, {moment.Date.Month}, {moment.Date.Day})",
        "global::System.TimeOnly" or "global::System.TimeSpan" => $"new {type}({moment.Time.Ticks}L)",
        "global::System.DateTime" => $"new {type}({(moment.Date + moment.Time).Ticks}L)",
        _ => $"new {type}({(moment.Date + moment.Time).Ticks}L, new global::System.TimeSpan({moment.Offset.Ticks}L))",
    };

    private string? Dictionary(TomlTable table, TypeModel element)
    {
        var entries = All([.. table], entry => Write(entry.Value, element) is { } value ? $"{{ {CSharpText.Literal(entry.Key)}, {value} }}" : null);
        return entries is null ? null : $"new {Collections}.Dictionary<string, {element.Name}> {{ {entries} }}";
    }

    /// <summary>A value as the closest type of C#, for a parameter that takes any.</summary>
    private string? Plain(TomlValue value) => value switch
    {
        TomlString text => Text(text.Value),
        TomlBoolean truth => truth.Value ? "true" : "false",
        TomlInteger number => Integer(number, new TypeModel(ValueKind.Integer, "long", "long", null, new([]))),
        TomlFloat number => Real(number.Value, "", number, new TypeModel(ValueKind.Real, "double", "double", null, new([]))),
        TomlDateTime moment => Moment(moment, moment.Kind switch
        {
            TomlKind.LocalDate => "global::System.DateOnly",
            TomlKind.LocalTime => "global::System.TimeOnly",
            TomlKind.LocalDateTime => "global::System.DateTime",
            _ => "global::System.DateTimeOffset",
        }),
        TomlArray list => All(list.Items, Plain) is { } items ? $"new object[] {{ {items} }}" : null,
        TomlTable table => All([.. table], entry => Plain(entry.Value) is { } item ? $"{{ {CSharpText.Literal(entry.Key)}, {item} }}" : null) is { } entries
            ? $"new {Collections}.Dictionary<string, object> {{ {entries} }}" : null,
        _ => null,
    };

    private static string? All<T>(IReadOnlyList<T> values, Func<T, string?> write)
    {
        var written = new List<string>(values.Count);
        foreach (var value in values)
        {
            if (write(value) is not { } code)
            {
                return null;
            }

            written.Add(code);
        }

        return string.Join(", ", written);
    }

    private string? Refuse(TomlValue value, string problem, string? meant = null)
    {
        (Problem, ProblemSpan, Meant) = (problem, value.Span, meant);
        return null;
    }

    private static string Describe(TomlValue value) => value switch
    {
        TomlString text => $"the text \"{text.Value}\"",
        TomlInteger number => $"the integer {number.Value}",
        TomlFloat number => $"the number {number.Value.ToString("R", CultureInfo.InvariantCulture)}",
        TomlBoolean truth => truth.Value ? "true" : "false",
        TomlArray => "a list",
        TomlTable => "a table",
        _ => "a date or time",
    };
}
