using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using DataManifest.Contents;
using DataManifest.Rows;
using nietras.SeparatedValues;
using Sylvan.Data.Csv;

namespace DataManifest.Benchmarks;

/// <summary>The readers of one table: what is generated for it, and what somebody would write by hand.</summary>
internal static class RowReaders
{
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    public static RowSource<Row> Source(TableSchema table) => new(ContentsWriter.Write(table), cells => new Row
    {
        SiteId = cells.Int32(0),
        Name = cells.Text(1),
        Lat = cells.Double(2),
        Lon = cells.Double(3),
        ElevM = cells.Int32OrNull(4),
        Date = cells.Date(5),
        Age = cells.Double(6),
    });

    public static IEnumerable<Row> Sylvan(string path)
    {
        using var csv = global::Sylvan.Data.Csv.CsvDataReader.Create(path, new CsvDataReaderOptions { BufferSize = 64 * 1024 });
        while (csv.Read())
        {
            yield return new Row
            {
                SiteId = int.Parse(csv.GetFieldSpan(0), Invariant),
                Name = csv.GetString(1),
                Lat = double.Parse(csv.GetFieldSpan(2), Invariant),
                Lon = double.Parse(csv.GetFieldSpan(3), Invariant),
                ElevM = csv.GetFieldSpan(4) is "NA" ? null : int.Parse(csv.GetFieldSpan(4), Invariant),
                Date = DateOnly.ParseExact(csv.GetFieldSpan(5), "yyyy-MM-dd", Invariant),
                Age = double.Parse(csv.GetFieldSpan(6), Invariant),
            };
        }
    }

    public static IEnumerable<Row> Separated(string path)
    {
        using var csv = Sep.New(',').Reader(options => options with { Unescape = true }).FromFile(path);
        foreach (var row in csv.Enumerate(row => new Row
        {
            SiteId = int.Parse(row[0].Span, Invariant),
            Name = row[1].ToString(),
            Lat = double.Parse(row[2].Span, Invariant),
            Lon = double.Parse(row[3].Span, Invariant),
            ElevM = row[4].Span is "NA" ? null : int.Parse(row[4].Span, Invariant),
            Date = DateOnly.ParseExact(row[5].Span, "yyyy-MM-dd", Invariant),
            Age = double.Parse(row[6].Span, Invariant),
        }))
        {
            yield return row;
        }
    }

    public static IEnumerable<Row> CsvHelperFields(string path)
    {
        using var csv = new CsvReader(new StreamReader(path), Invariant);
        csv.Read();
        csv.ReadHeader();
        while (csv.Read())
        {
            yield return new Row
            {
                SiteId = int.Parse(csv[0]!, Invariant),
                Name = csv[1]!,
                Lat = double.Parse(csv[2]!, Invariant),
                Lon = double.Parse(csv[3]!, Invariant),
                ElevM = csv[4] == "NA" ? null : int.Parse(csv[4]!, Invariant),
                Date = DateOnly.ParseExact(csv[5]!, "yyyy-MM-dd", Invariant),
                Age = double.Parse(csv[6]!, Invariant),
            };
        }
    }

    public static IEnumerable<Row> CsvHelperRecords(string path)
    {
        using var csv = new CsvReader(new StreamReader(path), Invariant);
        csv.Context.RegisterClassMap<RowMap>();
        foreach (var row in csv.GetRecords<RowObject>())
        {
            yield return new Row { Name = row.Name, Lat = row.Lat, Lon = row.Lon, ElevM = row.ElevM, Date = row.Date, Age = row.Age, SiteId = row.SiteId };
        }
    }

    internal readonly record struct Row
    {
        public int SiteId { get; init; }

        public string Name { get; init; }

        public double Lat { get; init; }

        public double Lon { get; init; }

        public int? ElevM { get; init; }

        public DateOnly Date { get; init; }

        public double Age { get; init; }
    }

    private sealed class RowObject
    {
        public int SiteId { get; set; }

        public string Name { get; set; } = "";

        public double Lat { get; set; }

        public double Lon { get; set; }

        public int? ElevM { get; set; }

        public DateOnly Date { get; set; }

        public double Age { get; set; }
    }

    private sealed class RowMap : ClassMap<RowObject>
    {
        public RowMap()
        {
            Map(row => row.SiteId).Name("site_id");
            Map(row => row.Name).Name("name");
            Map(row => row.Lat).Name("lat");
            Map(row => row.Lon).Name("lon");
            Map(row => row.ElevM).Name("elev_m").TypeConverterOption.NullValues("NA");
            Map(row => row.Date).Name("date");
            Map(row => row.Age).Name("age");
        }
    }
}
