using System.Text.Json;
using DataManifest.Rows;

namespace DataManifest.Contents;

/// <summary>Finds out the columns of JSON lines from all of them: every property that any object has.</summary>
/// <param name="path">The file.</param>
/// <param name="declared">What the manifest says.</param>
/// <param name="cancellationToken">Ends the reading.</param>
internal sealed class JsonLinesInference(string path, TableDeclaration declared, CancellationToken cancellationToken)
{
    private readonly List<ColumnInference> _columns = [];

    /// <summary>Reads the file.</summary>
    /// <param name="file">Its path in the dataset.</param>
    /// <exception cref="InvalidDataException">It is no table.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public InferredTable Run(string file)
    {
        using var stream = TableText.OpenBytes(TableSource.OfFile(path));
        var lines = new LineReader(stream);
        var row = new JsonRow();
        long rows = 0;
        while (lines.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (lines.Line.Span.Trim(" \t"u8).IsEmpty)
            {
                continue;
            }

            try
            {
                row.Parse(lines.Line.Span);
            }
            catch (Exception e) when (e is JsonException or InvalidOperationException)
            {
                throw new InvalidDataException($"line {lines.Number} is no JSON object", e);
            }

            Add(row, lines.Number, rows++);
        }

        return _columns.Count == 0
            ? throw new InvalidDataException("it has no rows")
            : new InferredTable(
                new TableSchema(file, new TableFormat(IsJsonLines: true) { Missing = declared.Missing }, rows, [.. _columns.Select((column, i) => column.ToSchema(row.NameOf(i)))]),
                [.. _columns.Where(column => column.Contradiction.Length > 0).Select(column => (column.Declared!, column.Contradiction))]);
    }

    private void Add(JsonRow row, long line, long rowsBefore)
    {
        if (row.Count > TableFiles.MostColumns)
        {
            throw new InvalidDataException($"its objects have more than {TableFiles.MostColumns} properties");
        }

        for (var i = 0; i < row.Count; i++)
        {
            if (i == _columns.Count)
            {
                var name = row.NameOf(i);
                _columns.Add(new ColumnInference(declared.Columns.FirstOrDefault(column => column.Name == name), declared.Missing));
                if (rowsBefore > 0)
                {
                    _columns[i].AddMissing(1);
                }
            }

            switch (row.KindOf(i))
            {
                case JsonTokenType.None or JsonTokenType.Null:
                    _columns[i].AddMissing(line);
                    break;
                case JsonTokenType.String when row[i].IsEmpty:
                    _columns[i].AddValue(row[i], line, CellKinds.Text);
                    break;
                case JsonTokenType.String:
                    _columns[i].Add(row[i], line, CellKinds.Times | CellKinds.Text, mayBeWord: false);
                    break;
                case JsonTokenType.Number:
                    _columns[i].Add(row[i], line, CellKinds.Numbers);
                    break;
                case JsonTokenType.True or JsonTokenType.False:
                    _columns[i].Add(row[i], line, CellKinds.Boolean);
                    break;
                default:
                    _columns[i].AddValue(row[i], line, CellKinds.Text);
                    break;
            }
        }
    }
}
