using DataManifest.Rows;

namespace DataManifest.Contents;

/// <summary>What a value is, judged by its text. Stricter than reading: what would not come back as it is written stays a text.</summary>
internal static class CellRules
{
    /// <summary>Which of some types a value has; always <see cref="CellKinds.Text"/> when that is among them.</summary>
    /// <param name="cell">The value's text; not missing.</param>
    /// <param name="candidates">The types that it may have.</param>
    public static CellKinds KindsOf(ReadOnlySpan<char> cell, CellKinds candidates)
    {
        var kinds = candidates & CellKinds.Text;
        cell = cell.Trim(' ');
        if (cell.IsEmpty)
        {
            return kinds;
        }

        if ((candidates & CellKinds.Numbers) != 0)
        {
            kinds |= NumbersOf(cell, candidates);
        }

        if ((candidates & CellKinds.Times) != 0 && char.IsAsciiDigit(cell[0]))
        {
            kinds |= TimesOf(cell, candidates);
        }

        return (candidates & CellKinds.Boolean) != 0 && cell[0] is 't' or 'T' or 'f' or 'F' && CellParser.TryParse(cell, out bool _) ? kinds | CellKinds.Boolean : kinds;
    }

    /// <summary>Whether a value can be read as a type that the manifest asks for.</summary>
    /// <param name="cell">The value's text; not missing.</param>
    /// <param name="type">The type.</param>
    public static bool Fits(ReadOnlySpan<char> cell, ColumnType type) => type switch
    {
        ColumnType.Boolean => CellParser.TryParse(cell, out bool _),
        ColumnType.Int32 => CellParser.TryParse(cell, out int _),
        ColumnType.Int64 => CellParser.TryParse(cell, out long _),
        ColumnType.Decimal => CellParser.TryParse(cell, out decimal _),
        ColumnType.Double => CellParser.TryParse(cell, out double _),
        ColumnType.Date => CellParser.TryParse(cell, out DateOnly _),
        ColumnType.DateTime => CellParser.TryParse(cell, out DateTime _),
        ColumnType.DateTimeOffset => CellParser.TryParse(cell, out DateTimeOffset _),
        ColumnType.Time => CellParser.TryParse(cell, out TimeOnly _),
        _ => true,
    };

    private static CellKinds NumbersOf(ReadOnlySpan<char> cell, CellKinds candidates)
    {
        var digits = cell[0] is '-' or '+' ? cell[1..] : cell;
        if (digits is "Infinity" or "inf" or "Inf" or "INF")
        {
            return candidates & CellKinds.Double;
        }

        // 007 is a name that has digits, and so is a whole number that no long holds.
        if (digits.IsEmpty || !(char.IsAsciiDigit(digits[0]) || digits[0] == '.') || (digits.Length > 1 && digits[0] == '0' && char.IsAsciiDigit(digits[1])))
        {
            return CellKinds.None;
        }

        if (!digits.ContainsAnyExceptInRange('0', '9'))
        {
            return !CellParser.TryParse(cell, out long number) ? CellKinds.None
                : candidates & (number is >= int.MinValue and <= int.MaxValue ? CellKinds.Numbers : CellKinds.Int64 | CellKinds.Double);
        }

        return (candidates & CellKinds.Double) != 0 && CellParser.TryParse(cell, out double value) && double.IsFinite(value) ? CellKinds.Double : CellKinds.None;
    }

    private static CellKinds TimesOf(ReadOnlySpan<char> cell, CellKinds candidates) => cell.Length switch
    {
        < 5 => CellKinds.None,
        10 when cell[4] == '-' => CellParser.TryParse(cell, out DateOnly _) ? candidates & (CellKinds.Date | CellKinds.DateTime) : CellKinds.None,
        _ when cell[2] == ':' => CellParser.TryParse(cell, out TimeOnly _) ? candidates & CellKinds.Time : CellKinds.None,
        < 16 => CellKinds.None,
        _ when cell[4] != '-' => CellKinds.None,
        _ => CellParser.TryParse(cell, out DateTime _) ? candidates & CellKinds.DateTime
            : CellParser.TryParse(cell, out DateTimeOffset _) ? candidates & CellKinds.DateTimeOffset
            : CellKinds.None,
    };
}
