using DataManifest.Contents;

namespace DataManifest.Rows;

/// <summary>The values of one record of delimited text.</summary>
/// <param name="table">The columns.</param>
/// <param name="source">Where it is, for errors.</param>
/// <param name="reader">Where it is read.</param>
internal sealed class DelimitedCells(TableSchema table, TableSource source, DelimitedReader reader) : RowCells(table)
{
    private readonly bool _hasDeclaredMissing = table.Format.Missing.Count > 0;

    private protected override (string File, long Line) Place
    {
        get
        {
            // Lines are not counted while all goes well; the file is read again up to the record.
            using var again = DelimitedReader.Open(source, Table.Format, countsLines: true);
            while (again.Records < reader.Records && again.Read())
            {
            }

            return (source.Name, again.Line);
        }
    }

    /// <summary>Sees whether the header, which was just read, has the columns that code was made for.</summary>
    /// <exception cref="RowException">It has not.</exception>
    public void CheckHeader()
    {
        for (var i = 0; i < Table.Columns.Count; i++)
        {
            if (!reader[i].Trim().SequenceEqual(Table.Columns[i].Name))
            {
                throw RowException.Unreadable(source.Name, Place.Line, $"column {i + 1} is '{reader[i]}' and was '{Table.Columns[i].Name}'.");
            }
        }
    }

    private protected override ReadOnlySpan<char> Cell(int column) => reader[column];

    private protected override bool IsMissing(int column) => MissingValues.Contains(reader[column]) || IsMissingText(column);

    private protected override bool IsMissingText(int column) => reader[column].IsEmpty || (_hasDeclaredMissing && IsDeclaredMissing(reader[column]));
}
