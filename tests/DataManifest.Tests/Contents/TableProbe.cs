using System.Globalization;
using System.Text;
using DataManifest.Manifest;
using DataManifest.Rows;
using DataManifest.Toml;

namespace DataManifest.Contents;

/// <summary>A file that is looked into as a table and read as generated code would read it.</summary>
internal sealed class TableProbe : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public TableProbe(string text, string declared = "", string name = "t.csv")
        : this(Encoding.UTF8.GetBytes(text), declared, name)
    {
    }

    public TableProbe(byte[] bytes, string declared = "", string name = "t.csv")
    {
        FilePath = _folder.Write(name, bytes);
        var table = TomlDocument.Parse(declared).Root;
        var declaration = TableDeclaration.Read(table, "");
        var found = TableFiles.KindOf(name) == TableKind.JsonLines
            ? new JsonLinesInference(FilePath, declaration, CancellationToken.None).Run("")
            : new DelimitedInference(FilePath, declaration, CancellationToken.None).Run("", TableFiles.KindOf(name) == TableKind.Tabs);
        Schema = found.Schema;
        Contradictions = [.. found.Contradictions.Select(column => $"{column.Column.Name} {column.Problem}")];
    }

    public string FilePath { get; }

    public TableSchema Schema { get; }

    public IReadOnlyList<string> Contradictions { get; }

    /// <summary>The columns as <c>name:type</c>, with blanks between them.</summary>
    public string Columns => string.Join(' ', Schema.Columns.Select(column => $"{column.Name}:{column.TypeName}"));

    /// <summary>The rows, values with <c>|</c> between them, <c>∅</c> for those that are missing.</summary>
    public IReadOnlyList<string> Rows() => [.. Values().Select(row => string.Join('|', row.Select(Show)))];

    public IEnumerable<object?[]> Values() => Source().Read(Dataset());

    public RowSource<object?[]> Source() => new(ContentsWriter.Write(Schema), cells => [.. Schema.Columns.Select((column, i) => Value(cells, column, i))]);

    /// <summary>A dataset that is the file.</summary>
    public Dataset Dataset()
    {
        var manifest = _folder.Write("datasets.toml", $"[t]\nstorage_path = '{FilePath}'\nskip_download = true\n");
        return Database.Open(manifest)["t"];
    }

    public void Dispose() => _folder.Dispose();

    public static object? Value(RowCells cells, ColumnSchema column, int i) => (column.Type, column.IsNullable) switch
    {
        (ColumnType.Text, false) => cells.Text(i),
        (ColumnType.Text, true) => cells.TextOrNull(i),
        (ColumnType.Boolean, false) => cells.Boolean(i),
        (ColumnType.Boolean, true) => cells.BooleanOrNull(i),
        (ColumnType.Int32, false) => cells.Int32(i),
        (ColumnType.Int32, true) => cells.Int32OrNull(i),
        (ColumnType.Int64, false) => cells.Int64(i),
        (ColumnType.Int64, true) => cells.Int64OrNull(i),
        (ColumnType.Decimal, false) => cells.Decimal(i),
        (ColumnType.Decimal, true) => cells.DecimalOrNull(i),
        (ColumnType.Double, false) => cells.Double(i),
        (ColumnType.Double, true) => cells.DoubleOrNull(i),
        (ColumnType.Date, false) => cells.Date(i),
        (ColumnType.Date, true) => cells.DateOrNull(i),
        (ColumnType.DateTime, false) => cells.DateTime(i),
        (ColumnType.DateTime, true) => cells.DateTimeOrNull(i),
        (ColumnType.DateTimeOffset, false) => cells.DateTimeOffset(i),
        (ColumnType.DateTimeOffset, true) => cells.DateTimeOffsetOrNull(i),
        (ColumnType.Time, false) => cells.Time(i),
        _ => cells.TimeOrNull(i),
    };

    private static string Show(object? value) => value switch
    {
        null => "∅",
        DateTime moment => moment.ToString("s", CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("O", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };
}
