using System.Text.Json;
using DataManifest.Contents;

namespace DataManifest.Rows;

/// <summary>The values of one JSON line.</summary>
/// <param name="table">The columns.</param>
/// <param name="path">The file, for errors.</param>
/// <param name="lines">Where it is read.</param>
internal sealed class JsonCells(TableSchema table, string path, LineReader lines) : RowCells(table)
{
    private readonly JsonRow _row = new(table.Columns.Select(column => column.Name));

    private protected override (string File, long Line) Place => (path, lines.Number);

    /// <summary>Reads the line.</summary>
    /// <returns>Whether there is a row; a blank line is none.</returns>
    /// <exception cref="RowException">The line is no JSON object.</exception>
    public bool Parse()
    {
        if (lines.Line.Span.Trim(" \t"u8).IsEmpty)
        {
            return false;
        }

        try
        {
            _row.Parse(lines.Line.Span);
            return true;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw RowException.Unreadable(path, lines.Number, $"no JSON object: {e.Message}", e);
        }
    }

    private protected override ReadOnlySpan<char> Cell(int column) => _row[column];

    private protected override bool IsMissing(int column) => IsMissingText(column);

    private protected override bool IsMissingText(int column) =>
        _row.KindOf(column) is JsonTokenType.None or JsonTokenType.Null || (Table.Format.Missing.Count > 0 && IsDeclaredMissing(_row[column]));
}
