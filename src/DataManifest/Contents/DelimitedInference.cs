using System.Text;
using DataManifest.Rows;

namespace DataManifest.Contents;

/// <summary>Finds out the columns of delimited text from all its records, one at a time.</summary>
/// <param name="path">The file.</param>
/// <param name="declared">What the manifest says.</param>
/// <param name="cancellationToken">Ends the reading.</param>
internal sealed class DelimitedInference(string path, TableDeclaration declared, CancellationToken cancellationToken)
{
    private const int RecordsBetweenLooks = 1024;

    private readonly List<ColumnInference> _columns = [];

    /// <summary>Reads the file.</summary>
    /// <param name="file">Its path in the dataset.</param>
    /// <param name="isTabs">Whether its name says that tabs are between the values.</param>
    /// <exception cref="InvalidDataException">It is no table.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public InferredTable Run(string file, bool isTabs)
    {
        try
        {
            return Run(file, isTabs, isLatin1: false);
        }
        catch (DecoderFallbackException)
        {
            _columns.Clear();
            return Run(file, isTabs, isLatin1: true);
        }
    }

    private InferredTable Run(string file, bool isTabs, bool isLatin1)
    {
        var sniffer = new DelimitedSniffer(declared);
        TableFormat format;
        using (var text = TableText.Open(TableSource.OfFile(path), new TableFormat(IsLatin1: isLatin1)))
        {
            format = (sniffer.Sniff(text, isTabs) ?? throw new InvalidDataException("it has bytes that no text has")) with { IsLatin1 = isLatin1 };
        }

        using var reader = DelimitedReader.Open(TableSource.OfFile(path), format, countsLines: true);
        if (!reader.Read())
        {
            throw new InvalidDataException("it has no rows");
        }

        string[] first = [.. Enumerable.Range(0, reader.Count).Select(i => reader[i].ToString())];
        var given = declared.Names.Count > 0 ? declared.Names : sniffer.CommentedHeader;
        var names = given.Count > 0 ? given : [.. first.Select(name => name.Trim())];
        var (firstLine, secondLine) = (reader.Line, 0L);
        AddColumns(Math.Max(first.Length, names.Count), names);
        while (reader.Read())
        {
            secondLine = secondLine == 0 ? reader.Line : secondLine;
            Add(reader, names);
        }

        var hasHeader = declared.HasHeader ?? (sniffer.CommentedHeader.Count == 0 && HeaderRule.IsHeader(first, [.. _columns.Select(column => column.Kinds)], reader.Records > 1));
        if (!hasHeader)
        {
            AddFirst(first, firstLine);
        }

        // A header that the manifest's names replace is none of the table.
        format = hasHeader && given.Count > 0
            ? format with { HasHeader = false, SkippedLines = (int)(secondLine == 0 ? firstLine : secondLine - 1) }
            : format with { HasHeader = hasHeader };
        return Finish(file, format, hasHeader || given.Count > 0 ? names : [], reader.Records - (hasHeader ? 1 : 0));
    }

    private void Add(DelimitedReader reader, IReadOnlyList<string> names)
    {
        if (reader.Records % RecordsBetweenLooks == 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }

        var count = reader.Count;
        for (var i = 0; i < count; i++)
        {
            // Behind the last column there is often a delimiter more.
            if (i >= _columns.Count && !reader[i].IsEmpty)
            {
                var before = _columns.Count;
                AddColumns(i + 1, names);
                _columns.Skip(before).ToList().ForEach(column => column.AddMissing(reader.Line));
            }

            if (i < _columns.Count)
            {
                _columns[i].Add(reader[i], reader.Line);
            }
        }

        for (var i = count; i < _columns.Count; i++)
        {
            _columns[i].AddMissing(reader.Line);
        }
    }

    private void AddFirst(string[] first, long line)
    {
        for (var i = 0; i < _columns.Count; i++)
        {
            _columns[i].Add(i < first.Length ? first[i] : "", line);
        }
    }

    private void AddColumns(int count, IReadOnlyList<string> names)
    {
        if (count > TableFiles.MostColumns)
        {
            throw new InvalidDataException($"it has more than {TableFiles.MostColumns} columns");
        }

        while (_columns.Count < count)
        {
            var name = _columns.Count < names.Count ? names[_columns.Count] : "";
            _columns.Add(new ColumnInference(declared.Columns.FirstOrDefault(column => column.Name == name && name.Length > 0), declared.Missing));
        }
    }

    private InferredTable Finish(string file, TableFormat format, IReadOnlyList<string> names, long rows)
    {
        List<ColumnSchema> columns = [.. _columns.Select((column, i) => column.ToSchema(i < names.Count ? names[i] : ""))];
        while (columns.Count > 1 && columns[^1].Name.Length == 0 && !_columns[columns.Count - 1].HasValues)
        {
            columns.RemoveAt(columns.Count - 1);
        }

        return new InferredTable(
            new TableSchema(file, format, rows, columns),
            [.. _columns.Take(columns.Count).Where(column => column.Contradiction.Length > 0).Select(column => (column.Declared!, column.Contradiction))]);
    }
}
