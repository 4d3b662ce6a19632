using System.Runtime.CompilerServices;
using DataManifest.Contents;

namespace DataManifest.Rows;

/// <summary>
/// How the rows of one table are read: for generated code, which has one for each table. The file, or what of it is embedded in the program, is opened when the enumeration begins, read once
/// with a buffer of some 100 kB, and closed at its end; each enumeration reads it anew.
/// </summary>
/// <typeparam name="T">What a row becomes.</typeparam>
/// <param name="table">The table as it was when the code was made, as TOML; read at the first use.</param>
/// <param name="make">Makes a row of its values, which are good for the time of the call.</param>
public sealed class RowSource<T>(string table, Func<RowCells, T> make)
{
    private readonly Lazy<TableSchema> _table = new(() => ContentsReader.ReadTable(table));

    /// <summary>Reads the rows of a dataset that is one file.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <exception cref="DatasetNotFoundException">The data are not there; thrown by the enumeration.</exception>
    /// <exception cref="RowException">The table is not what the code was made for; thrown by the enumeration.</exception>
    /// <exception cref="IOException">The file cannot be read; thrown by the enumeration.</exception>
    public IEnumerable<T> Read(Dataset dataset) => Read(() => TableSource.Of(dataset));

    /// <summary>Reads the rows of one file of a dataset.</summary>
    /// <param name="file">The file.</param>
    /// <exception cref="DatasetNotFoundException">The data are not there; thrown by the enumeration.</exception>
    /// <exception cref="RowException">The table is not what the code was made for; thrown by the enumeration.</exception>
    /// <exception cref="IOException">The file cannot be read; thrown by the enumeration.</exception>
    public IEnumerable<T> Read(DatasetFile file) => Read(() => TableSource.Of(file));

    /// <summary>Reads the rows of a dataset that is one file, without blocking a thread.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="DatasetNotFoundException">The data are not there; thrown by the enumeration.</exception>
    /// <exception cref="RowException">The table is not what the code was made for; thrown by the enumeration.</exception>
    /// <exception cref="IOException">The file cannot be read; thrown by the enumeration.</exception>
    public IAsyncEnumerable<T> ReadAsync(Dataset dataset, CancellationToken cancellationToken = default) => ReadAsync(() => TableSource.Of(dataset), cancellationToken);

    /// <summary>Reads the rows of one file of a dataset, without blocking a thread.</summary>
    /// <param name="file">The file.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="DatasetNotFoundException">The data are not there; thrown by the enumeration.</exception>
    /// <exception cref="RowException">The table is not what the code was made for; thrown by the enumeration.</exception>
    /// <exception cref="IOException">The file cannot be read; thrown by the enumeration.</exception>
    public IAsyncEnumerable<T> ReadAsync(DatasetFile file, CancellationToken cancellationToken = default) => ReadAsync(() => TableSource.Of(file), cancellationToken);

    private IEnumerable<T> Read(Func<TableSource> find)
    {
        using var rows = RowCursor.Open(find(), _table.Value, isAsync: false);
        while (rows.Next())
        {
            yield return make(rows.Cells);
        }
    }

    private async IAsyncEnumerable<T> ReadAsync(Func<TableSource> find, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var rows = RowCursor.Open(find(), _table.Value, isAsync: true);
        while (await rows.NextAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return make(rows.Cells);
        }
    }
}
