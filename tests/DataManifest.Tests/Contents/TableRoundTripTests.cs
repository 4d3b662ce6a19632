using System.Globalization;
using System.Text;

namespace DataManifest.Contents;

[TestClass]
public sealed class TableRoundTripTests
{
    private static readonly char[] Delimiters = [',', ';', '\t', '|'];

    /// <summary>Tables of random types, delimiters, quotes and missing values come back as they were written.</summary>
    [TestMethod]
    public void Read_randomTables_givesWhatWasWritten()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var delimiter = Delimiters[random.Next(Delimiters.Length)];
            var end = random.Next(2) == 0 ? "\n" : "\r\n";
            var columns = Enumerable.Range(0, random.Next(2, 8)).Select(_ => (Type: (ColumnType)random.Next(10), IsNullable: random.Next(3) == 0)).ToArray();
            var rows = Enumerable.Range(0, random.Next(4, 40)).Select(row => columns.Select(column => row > 1 && column.IsNullable && random.Next(3) == 0 ? null : Make(random, column.Type)).ToArray()).ToArray();
            var text = new StringBuilder(string.Join(delimiter, columns.Select((_, i) => $"c{i}"))).Append(end);
            foreach (var row in rows)
            {
                text.Append(string.Join(delimiter, row.Select(value => Quote(random, Write(value), delimiter)))).Append(end);
            }

            // A decimal is not told from a double, and is declared.
            var declared = "_DOTNET.columns = { " + string.Join(", ", columns.Select((column, i) => (column, i)).Where(column => column.column.Type == ColumnType.Decimal).Select(column => $"c{column.i} = 'decimal?'")) + " }";
            using var table = new TableProbe(text.ToString(), declared);

            for (var i = 0; i < columns.Length; i++)
            {
                Assert.AreEqual(columns[i].Type, table.Schema.Columns[i].Type, $"seed {seed}, column {i} of {table.Columns}\n{text}");
                Assert.AreEqual(columns[i].Type == ColumnType.Decimal || rows.Any(row => row[i] is null), table.Schema.Columns[i].IsNullable, $"seed {seed}, column {i} of {table.Columns}\n{text}");
            }

            var read = table.Values().ToArray();
            Assert.HasCount(rows.Length, read, $"seed {seed}");
            for (var row = 0; row < rows.Length; row++)
            {
                CollectionAssert.AreEqual(rows[row], read[row], $"seed {seed}, row {row}\n{text}");
            }
        }
    }

    private static object Make(Random random, ColumnType type) => type switch
    {
        ColumnType.Text => "t" + string.Concat(Enumerable.Range(0, random.Next(6)).Select(_ => "aZ ,;\"\t|#\nä".ToCharArray()[random.Next(11)])),
        ColumnType.Boolean => random.Next(2) == 0,
        ColumnType.Int32 => random.Next(int.MinValue, int.MaxValue),
        ColumnType.Int64 => random.NextInt64(int.MaxValue + 1L, long.MaxValue) * (random.Next(2) == 0 ? 1 : -1),
        ColumnType.Decimal => new decimal(random.Next(), random.Next(), 0, random.Next(2) == 0, (byte)random.Next(1, 20)),
        ColumnType.Double => Math.ScaleB(random.NextDouble() + 0.1, random.Next(-300, 300)) + 0.5,
        ColumnType.Date => new DateOnly(random.Next(1, 10000), random.Next(1, 13), random.Next(1, 29)),
        ColumnType.DateTime => new DateTime(random.NextInt64(DateTime.MaxValue.Ticks)),
        ColumnType.DateTimeOffset => new DateTimeOffset(new DateTime(random.NextInt64(TimeSpan.TicksPerDay, DateTime.MaxValue.Ticks - TimeSpan.TicksPerDay)), TimeSpan.FromMinutes(random.Next(-13 * 60, 13 * 60))),
        _ => new TimeOnly(random.NextInt64(TimeSpan.TicksPerDay)),
    };

    private static string Write(object? value) => value switch
    {
        null => "",
        double number => double.IsInteger(number) && Math.Abs(number) < 1e15 ? number.ToString("0.0", CultureInfo.InvariantCulture) : number.ToString("E17", CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("O", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
        DateTime moment => moment.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
        DateTimeOffset moment => moment.ToString("yyyy-MM-dd' 'HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Quote(Random random, string cell, char delimiter) =>
        cell.IndexOfAny([delimiter, '"', '\n', '\r']) >= 0 || (cell.Length > 0 && random.Next(4) == 0) ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;
}
