using DataManifest.Contents;
using Sylvan.Data.Csv;

namespace DataManifest.Rows;

/// <summary>Reads the records of delimited text, which may hold line ends in quotes, one at a time. Blank lines are none.</summary>
internal sealed class DelimitedReader : IDisposable
{
    private const int FirstBuffer = 64 * 1024;
    private const int LongestRecord = 64 * 1024 * 1024;

    private readonly CsvDataReader _reader;
    private readonly bool _countsLines;
    private long _nextLine;

    private DelimitedReader(TextReader text, TableFormat format, bool countsLines)
    {
        _countsLines = countsLines;
        _nextLine = format.SkippedLines + 1;
        var options = new CsvDataReaderOptions
        {
            HasHeaders = false,
            Delimiter = format.Delimiter,
            Quote = format.IsQuoted ? '"' : '\0',
            Escape = format.IsQuoted ? '"' : '\0',
            Comment = format.Comment ?? '\0',
            CsvStyle = CsvStyle.Lax,
            BufferSize = FirstBuffer,
            MaxBufferSize = LongestRecord,
        };
        if (countsLines)
        {
            options.CommentHandler = (Action<string>)(_ => _nextLine++);
        }

        _reader = CsvDataReader.Create(text, options);
    }

    /// <summary>How many fields the record has.</summary>
    public int Count => _reader.RowFieldCount;

    /// <summary>The line at which the record begins, from 1; known when lines are counted.</summary>
    public long Line { get; private set; }

    /// <summary>How many records were read.</summary>
    public long Records { get; private set; }

    /// <summary>A field of the record, without quotes; empty where there is none.</summary>
    /// <param name="index">Its place, from 0.</param>
    public ReadOnlySpan<char> this[int index] => _reader.GetFieldSpan(index);

    /// <summary>Begins to read a table.</summary>
    /// <param name="source">Where it is.</param>
    /// <param name="format">How it is to be read.</param>
    /// <param name="countsLines">Whether <see cref="Line"/> is wanted.</param>
    /// <param name="isAsync">Whether it is read asynchronously.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static DelimitedReader Open(TableSource source, TableFormat format, bool countsLines = false, bool isAsync = false)
    {
        var text = TableText.Open(source, format, isAsync);
        try
        {
            return new DelimitedReader(text, format, countsLines);
        }
        catch
        {
            text.Dispose();
            throw;
        }
    }

    /// <summary>Goes to the next record.</summary>
    /// <returns>Whether there is one.</returns>
    /// <exception cref="CsvFormatException">A record is longer than 64 MiB, which a quote that is never closed makes it.</exception>
    public bool Read()
    {
        while (_reader.Read())
        {
            if (IsRecord())
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Goes to the next record.</summary>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>Whether there is one.</returns>
    /// <exception cref="CsvFormatException">A record is longer than 64 MiB, which a quote that is never closed makes it.</exception>
    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        while (await _reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (IsRecord())
            {
                return true;
            }
        }

        return false;
    }

    /// <inheritdoc/>
    public void Dispose() => _reader.Dispose();

    private bool IsRecord()
    {
        if (_countsLines)
        {
            var raw = _reader.GetRawRecordSpan();
            Line = _nextLine;
            _nextLine += raw.Contains('\n') ? raw.Count('\n') : 1;
        }

        if (_reader.RowFieldCount == 1 && _reader.GetFieldSpan(0).IsEmpty && _reader.GetRawRecordSpan().Trim("\r\n").IsEmpty)
        {
            return false;
        }

        Records++;
        return true;
    }
}
