using System.Diagnostics.CodeAnalysis;
using DataManifest.Contents;
using DataManifest.Diagnostics;

namespace DataManifest.Rows;

/// <summary>
/// The values of one row while it is being read, for the generated code that makes a record of them. Columns count from 0. A value that is not of the
/// asked type ends the reading with a <see cref="RowException"/>, and so does one that is missing where it must not be.
/// </summary>
[SuppressMessage("Naming", "CA1720:Identifier contains type name", Justification = "Each method is named after the type that it gives.")]
public abstract class RowCells
{
    private readonly string[] _texts;

    private protected RowCells(TableSchema table)
    {
        Table = table;
        _texts = new string[table.Columns.Count];
    }

    private protected TableSchema Table { get; }

    /// <summary>A column of text. A text that stands in the row before too is not made again.</summary>
    /// <param name="column">The column.</param>
    public string Text(int column)
    {
        var cell = Cell(column);
        return _texts[column] is { } last && cell.SequenceEqual(last) ? last : _texts[column] = cell.ToString();
    }

    /// <summary>A column of text; null where it is empty.</summary>
    /// <param name="column">The column.</param>
    public string? TextOrNull(int column) => IsMissingText(column) ? null : Text(column);

    /// <summary>A column of truth values.</summary>
    /// <param name="column">The column.</param>
    public bool Boolean(int column) => CellParser.TryParse(Cell(column), out bool value) ? value : throw DoesNotFit(column);

    /// <summary>A column of truth values; null where one is missing.</summary>
    /// <param name="column">The column.</param>
    public bool? BooleanOrNull(int column) => IsMissing(column) ? null : Boolean(column);

    /// <summary>A column of whole numbers.</summary>
    /// <param name="column">The column.</param>
    public int Int32(int column) => CellParser.TryParse(Cell(column), out int value) ? value : throw DoesNotFit(column);

    /// <summary>A column of whole numbers; null where one is missing.</summary>
    /// <param name="column">The column.</param>
    public int? Int32OrNull(int column) => IsMissing(column) ? null : Int32(column);

    /// <summary>A column of large whole numbers.</summary>
    /// <param name="column">The column.</param>
    public long Int64(int column) => CellParser.TryParse(Cell(column), out long value) ? value : throw DoesNotFit(column);

    /// <summary>A column of large whole numbers; null where one is missing.</summary>
    /// <param name="column">The column.</param>
    public long? Int64OrNull(int column) => IsMissing(column) ? null : Int64(column);

    /// <summary>A column of decimal numbers.</summary>
    /// <param name="column">The column.</param>
    public decimal Decimal(int column) => CellParser.TryParse(Cell(column), out decimal value) ? value : throw DoesNotFit(column);

    /// <summary>A column of decimal numbers; null where one is missing.</summary>
    /// <param name="column">The column.</param>
    public decimal? DecimalOrNull(int column) => IsMissing(column) ? null : Decimal(column);

    /// <summary>A column of numbers.</summary>
    /// <param name="column">The column.</param>
    public double Double(int column) => CellParser.TryParse(Cell(column), out double value) ? value : throw DoesNotFit(column);

    /// <summary>A column of numbers; null where one is missing.</summary>
    /// <param name="column">The column.</param>
    public double? DoubleOrNull(int column) => IsMissing(column) ? null : Double(column);

    /// <summary>A column of dates.</summary>
    /// <param name="column">The column.</param>
    public DateOnly Date(int column) => CellParser.TryParse(Cell(column), out DateOnly value) ? value : throw DoesNotFit(column);

    /// <summary>A column of dates; null where one is missing.</summary>
    /// <param name="column">The column.</param>
    public DateOnly? DateOrNull(int column) => IsMissing(column) ? null : Date(column);

    /// <summary>A column of dates with times.</summary>
    /// <param name="column">The column.</param>
    public DateTime DateTime(int column) => CellParser.TryParse(Cell(column), out DateTime value) ? value : throw DoesNotFit(column);

    /// <summary>A column of dates with times; null where one is missing.</summary>
    /// <param name="column">The column.</param>
    public DateTime? DateTimeOrNull(int column) => IsMissing(column) ? null : DateTime(column);

    /// <summary>A column of moments.</summary>
    /// <param name="column">The column.</param>
    public DateTimeOffset DateTimeOffset(int column) => CellParser.TryParse(Cell(column), out DateTimeOffset value) ? value : throw DoesNotFit(column);

    /// <summary>A column of moments; null where one is missing.</summary>
    /// <param name="column">The column.</param>
    public DateTimeOffset? DateTimeOffsetOrNull(int column) => IsMissing(column) ? null : DateTimeOffset(column);

    /// <summary>A column of times of day.</summary>
    /// <param name="column">The column.</param>
    public TimeOnly Time(int column) => CellParser.TryParse(Cell(column), out TimeOnly value) ? value : throw DoesNotFit(column);

    /// <summary>A column of times of day; null where one is missing.</summary>
    /// <param name="column">The column.</param>
    public TimeOnly? TimeOrNull(int column) => IsMissing(column) ? null : Time(column);

    /// <summary>The text of a value; empty where there is none.</summary>
    private protected abstract ReadOnlySpan<char> Cell(int column);

    /// <summary>Whether a value of anything but text is missing.</summary>
    private protected abstract bool IsMissing(int column);

    /// <summary>Whether a text is missing.</summary>
    private protected abstract bool IsMissingText(int column);

    /// <summary>Where the row begins: the file, and the line, counted from 1.</summary>
    private protected abstract (string File, long Line) Place { get; }

    private protected bool IsDeclaredMissing(ReadOnlySpan<char> cell)
    {
        foreach (var missing in Table.Format.Missing)
        {
            if (cell.Trim(' ').SequenceEqual(missing))
            {
                return true;
            }
        }

        return false;
    }

    private RowException DoesNotFit(int column)
    {
        var (file, line) = Place;
        var text = Cell(column).ToString();
        var has = text.Length == 0 ? "has no value" : $"has '{(text.Length > 60 ? text[..60] + "…" : text)}'";
        return new RowException(
            DiagnosticRules.ValueDoesNotFit, file, line, column + 1,
            $"{file}({line}): column {column + 1} ('{Table.Columns[column].Name}') {has}, which is no {ColumnTypeNames.Of(Table.Columns[column].Type)}.",
            "The data are not those that the code was made for; verify them (dotnet build -t:DataVerify), or build again.");
    }
}
