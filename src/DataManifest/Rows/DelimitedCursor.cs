using DataManifest.Contents;

namespace DataManifest.Rows;

/// <summary>Goes through the records of delimited text.</summary>
internal sealed class DelimitedCursor : RowCursor
{
    private readonly DelimitedReader _reader;
    private readonly DelimitedCells _cells;
    private bool _isBehindHeader;

    /// <summary>Opens a table.</summary>
    /// <param name="source">Where it is.</param>
    /// <param name="table">How it is to be read.</param>
    /// <param name="isAsync">Whether it is read asynchronously.</param>
    public DelimitedCursor(TableSource source, TableSchema table, bool isAsync)
        : base(source.Name)
    {
        _reader = DelimitedReader.Open(source, table.Format, isAsync: isAsync);
        _cells = new DelimitedCells(table, source, _reader);
        _isBehindHeader = !table.Format.HasHeader;
    }

    public override RowCells Cells => _cells;

    // The records behind the last one that was read whole begin on a line that is not known without reading all again.
    private protected override long Line => 0;

    public override void Dispose() => _reader.Dispose();

    private protected override bool Read() => (_isBehindHeader || (_reader.Read() && CheckHeader())) && _reader.Read();

    private protected override async ValueTask<bool> ReadAsync(CancellationToken cancellationToken) =>
        (_isBehindHeader || (await _reader.ReadAsync(cancellationToken).ConfigureAwait(false) && CheckHeader())) && await _reader.ReadAsync(cancellationToken).ConfigureAwait(false);

    private bool CheckHeader()
    {
        _cells.CheckHeader();
        return _isBehindHeader = true;
    }
}
