using DataManifest.Contents;

namespace DataManifest.Rows;

/// <summary>Goes through JSON lines.</summary>
internal sealed class JsonCursor : RowCursor
{
    private readonly Stream _stream;
    private readonly LineReader _lines;
    private readonly JsonCells _cells;

    /// <summary>Opens a table.</summary>
    /// <param name="source">Where it is.</param>
    /// <param name="table">How it is to be read.</param>
    /// <param name="isAsync">Whether it is read asynchronously.</param>
    public JsonCursor(TableSource source, TableSchema table, bool isAsync)
        : base(source.Name)
    {
        _stream = TableText.OpenBytes(source, isAsync);
        _lines = new LineReader(_stream);
        _cells = new JsonCells(table, source.Name, _lines);
    }

    public override RowCells Cells => _cells;

    private protected override long Line => _lines.Number;

    public override void Dispose() => _stream.Dispose();

    private protected override bool Read()
    {
        while (_lines.Read())
        {
            if (_cells.Parse())
            {
                return true;
            }
        }

        return false;
    }

    private protected override async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        while (await _lines.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (_cells.Parse())
            {
                return true;
            }
        }

        return false;
    }
}
