using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;
using DataManifest.Toml;

namespace DataManifest.Fetching;

/// <summary>Turns the data in a binding into values of C#.</summary>
internal static class TomlArgument
{
    /// <summary>A value as the closest general type has it.</summary>
    /// <param name="value">The value.</param>
    public static object? Plain(TomlValue value) => value switch
    {
        TomlString text => text.Value,
        TomlInteger { Value: var number } => number >= long.MinValue && number <= long.MaxValue ? (long)number : number,
        TomlFloat number => number.Value,
        TomlBoolean truth => truth.Value,
        TomlDateTime moment => Plain(moment),
        TomlArray array => array.Items.Select(Plain).ToArray(),
        TomlTable table => Plain(table),
        _ => null,
    };

    /// <summary>A table as a dictionary.</summary>
    /// <param name="table">The table.</param>
    public static Dictionary<string, object?> Plain(TomlTable table) => table.ToDictionary(entry => entry.Key, entry => Plain(entry.Value), StringComparer.Ordinal);

    /// <summary>A value as a parameter of a method wants it.</summary>
    /// <param name="value">The value.</param>
    /// <param name="type">The parameter's type.</param>
    /// <param name="converted">The converted value.</param>
    /// <returns>Whether the type can hold it.</returns>
    [RequiresDynamicCode("Makes arrays of types that are known at run time only.")]
    public static bool TryConvert(TomlValue value, Type type, [NotNullWhen(true)] out object? converted)
    {
        converted = (value, Nullable.GetUnderlyingType(type) ?? type) switch
        {
            (TomlString { Value: var text }, var wanted) => FromText(text, wanted),
            (TomlInteger { Value: var number }, var wanted) => FromInteger(number, wanted),
            (TomlArray array, var wanted) => FromArray(array, wanted),
            _ => null,
        };
        converted ??= Plain(value) is var plain && plain is double real ? FromReal(real, type) : plain;
        return converted is not null && type.IsInstanceOfType(converted);
    }

    private static object? FromText(string text, Type wanted) =>
        wanted == typeof(FileInfo) ? new FileInfo(text)
        : wanted == typeof(DirectoryInfo) ? new DirectoryInfo(text)
        : wanted == typeof(Uri) ? Uri.TryCreate(text, UriKind.RelativeOrAbsolute, out var uri) ? uri : null
        : wanted.IsEnum && Enum.TryParse(wanted, text, ignoreCase: true, out var member) ? member
        : null;

    private static object? FromInteger(BigInteger number, Type wanted)
    {
        try
        {
            return wanted == typeof(BigInteger) ? number
                : Type.GetTypeCode(wanted) is >= TypeCode.SByte and <= TypeCode.Decimal and var code && !wanted.IsEnum
                    ? Convert.ChangeType((decimal)number, code, CultureInfo.InvariantCulture) : null;
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    private static object FromReal(double number, Type type) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        var wanted when wanted == typeof(float) => (float)number,
        var wanted when wanted == typeof(decimal) && Math.Abs(number) < 1e28 => (decimal)number,
        _ => number,
    };

    [RequiresDynamicCode("Makes arrays of types that are known at run time only.")]
    private static Array? FromArray(TomlArray array, Type wanted)
    {
        var item = wanted.IsArray ? wanted.GetElementType()! : wanted.IsInterface && wanted.GenericTypeArguments is [var only] ? only : null;
        if (item is null)
        {
            return null;
        }

        var items = Array.CreateInstance(item, array.Items.Count);
        for (var i = 0; i < items.Length; i++)
        {
            if (!TryConvert(array.Items[i], item, out var converted))
            {
                return null;
            }

            items.SetValue(converted, i);
        }

        return items;
    }

    private static object Plain(TomlDateTime moment) => moment.Kind switch
    {
        TomlKind.LocalDate => DateOnly.FromDateTime(moment.Date),
        TomlKind.LocalTime => TimeOnly.FromTimeSpan(moment.Time),
        TomlKind.LocalDateTime => moment.Date + moment.Time,
        _ => new DateTimeOffset(moment.Date + moment.Time, moment.Offset),
    };
}
