using System.Text;
using DataManifest.Contents;
using Sylvan.Data.Csv;

namespace DataManifest.Rows;

/// <summary>Goes through the rows of a file. What is wrong with the file as a whole is told as a <see cref="RowException"/>.</summary>
internal abstract class RowCursor : IDisposable
{
    private protected RowCursor(string name) => Name = name;

    /// <summary>The values of the row.</summary>
    public abstract RowCells Cells { get; }

    private protected string Name { get; }

    private protected abstract long Line { get; }

    /// <summary>Opens a table.</summary>
    /// <param name="source">Where it is.</param>
    /// <param name="table">How it is to be read.</param>
    /// <param name="isAsync">Whether <see cref="NextAsync"/> is called.</param>
    /// <exception cref="RowException">The table cannot be read.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static RowCursor Open(TableSource source, TableSchema table, bool isAsync)
    {
        try
        {
            return table.Format.IsJsonLines ? new JsonCursor(source, table, isAsync) : new DelimitedCursor(source, table, isAsync);
        }
        catch (Exception e) when (IsContent(e))
        {
            throw RowException.Unreadable(source.Name, 0, e.Message, e);
        }
    }

    /// <summary>Goes to the next row.</summary>
    /// <returns>Whether there is one.</returns>
    /// <exception cref="RowException">The table cannot be read.</exception>
    public bool Next()
    {
        try
        {
            return Read();
        }
        catch (Exception e) when (IsContent(e))
        {
            throw RowException.Unreadable(Name, Line, e.Message, e);
        }
    }

    /// <summary>Goes to the next row.</summary>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>Whether there is one.</returns>
    /// <exception cref="RowException">The table cannot be read.</exception>
    public async ValueTask<bool> NextAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (IsContent(e))
        {
            throw RowException.Unreadable(Name, Line, e.Message, e);
        }
    }

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>Whether an error is about what stands in a file: bytes that are no text, a record without end, a damaged compression.</summary>
    /// <param name="error">The error.</param>
    internal static bool IsContent(Exception error) => error is CsvFormatException or DecoderFallbackException or InvalidDataException;

    private protected abstract bool Read();

    private protected abstract ValueTask<bool> ReadAsync(CancellationToken cancellationToken);
}
