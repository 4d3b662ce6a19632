using System.Diagnostics;
using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using DataManifest.Contents;
using DataManifest.Rows;
using nietras.SeparatedValues;
using Sylvan.Data.Csv;

namespace DataManifest.Benchmarks;

/// <summary>
/// Reads a table of a million rows, two of text, one of dates, four of numbers, into typed rows: as generated code does, and as somebody would write it by hand over the
/// readers that there are. Then it is looked into, as a build does once per checksum.
/// </summary>
internal static class RowsBenchmark
{
    private const int Rows = 1_000_000;
    private const int Rounds = 7;

    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    /// <summary>Runs all rounds and prints tables for <c>docs/performance.md</c>.</summary>
    public static async Task Run()
    {
        var scratch = Directory.CreateTempSubdirectory("datamanifest-rows-");
        try
        {
            var path = Path.Combine(scratch.FullName, "sites.csv");
            Write(path);
            var manifest = Path.Combine(scratch.FullName, "datasets.toml");
            File.WriteAllText(manifest, $"[sites]\nuri = '{new Uri(path)}'\n[_STORAGE]\ndatasets_dir = 'data'\n");
            var database = Database.Open(manifest);
            var report = await database.FetchAsync();
            var table = (await database.RecordContentsAsync(report)).Datasets[0].Tables[0];
            var source = Source(table);
            var dataset = database["sites"];
            Compare(
                ("generated code", () => Sum(source.Read(dataset))),
                ("generated code, asynchronous", () => SumAsync(source.ReadAsync(dataset)).GetAwaiter().GetResult()),
                ("Sylvan.Data.Csv by hand", () => Sum(Sylvan(path))),
                ("Sep by hand", () => Sum(Separated(path))),
                ("CsvHelper, fields by hand", () => Sum(CsvHelperFields(path))),
                ("CsvHelper, GetRecords", () => Sum(CsvHelperRecords(path))));
            await Infer(database, path);
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }

    private static void Compare(params (string Name, Func<double> Run)[] contestants)
    {
        var times = contestants.Select(_ => new List<double>()).ToArray();
        var bytes = new double[contestants.Length];
        var expected = contestants[0].Run();
        for (var round = -1; round < Rounds; round++)
        {
            for (var i = 0; i < contestants.Length; i++)
            {
                GC.Collect();
                var before = GC.GetTotalAllocatedBytes(precise: true);
                var watch = Stopwatch.StartNew();
                if (Math.Abs(contestants[i].Run() - expected) > 1)
                {
                    throw new InvalidOperationException($"{contestants[i].Name} has read something else.");
                }

                times[i].Add(round < 0 ? double.NaN : watch.Elapsed.TotalSeconds);
                bytes[i] = (GC.GetTotalAllocatedBytes(precise: true) - before) / (double)Rows;
            }
        }

        Console.WriteLine($"{Rows:N0} rows, {Rounds} interleaved rounds\n\n| what | million rows/s, median | max | bytes allocated per row |\n|---|--:|--:|--:|");
        for (var i = 0; i < contestants.Length; i++)
        {
            var sorted = times[i].Where(double.IsFinite).Order().ToArray();
            Console.WriteLine($"| {contestants[i].Name} | {Rows / sorted[Rounds / 2] / 1e6:F2} | {Rows / sorted[0] / 1e6:F2} | {bytes[i]:F0} |");
        }
    }

    /// <summary>Looks into the data anew, and hashes them for comparison.</summary>
    private static async Task Infer(Database database, string path)
    {
        List<double> looks = [];
        List<double> hashes = [];
        for (var round = 0; round < Rounds; round++)
        {
            Directory.Delete(Path.Combine(Path.GetDirectoryName(database.Manifest.Path)!, ".datamanifest", "contents"), recursive: true);
            var report = await database.FetchAsync();
            var watch = Stopwatch.StartNew();
            await database.RecordContentsAsync(report);
            looks.Add(watch.Elapsed.TotalSeconds);
            watch.Restart();
            await database.VerifyAsync();
            hashes.Add(watch.Elapsed.TotalSeconds);
        }

        var size = new FileInfo(path).Length / 1e6;
        Console.WriteLine($"\nLooked into, {size:F0} MB: {size / looks.Order().ElementAt(Rounds / 2):F0} MB/s; SHA-256 of the same: {size / hashes.Order().ElementAt(Rounds / 2):F0} MB/s (medians of {Rounds})");
    }

    private static void Write(string path)
    {
        var random = new Random(1);
        using var writer = new StreamWriter(path);
        writer.Write("site_id,name,lat,lon,elev_m,date,age\n");
        for (var i = 0; i < Rows; i++)
        {
            var elevation = random.Next(10) == 0 ? "NA" : random.Next(5000).ToString(Invariant);
            writer.Write(string.Create(Invariant, $"{i},Site {random.Next(1000)},{Math.Round((random.NextDouble() * 180) - 90, 4)},{Math.Round((random.NextDouble() * 360) - 180, 4)},{elevation},{2000 + random.Next(20)}-{1 + random.Next(12):00}-{1 + random.Next(28):00},{Math.Round(random.NextDouble() * 12000, 1)}\n"));
        }
    }

    private static double Sum(IEnumerable<Row> rows)
    {
        var sum = 0.0;
        foreach (var row in rows)
        {
            sum += row.Lat + row.Age + row.Name.Length + (row.ElevM ?? 0) + row.Date.Day;
        }

        return sum;
    }

    private static async Task<double> SumAsync(IAsyncEnumerable<Row> rows)
    {
        var sum = 0.0;
        await foreach (var row in rows)
        {
            sum += row.Lat + row.Age + row.Name.Length + (row.ElevM ?? 0) + row.Date.Day;
        }

        return sum;
    }

    private static RowSource<Row> Source(TableSchema table) => new(ContentsWriter.Write(table), cells => new Row
    {
        SiteId = cells.Int32(0),
        Name = cells.Text(1),
        Lat = cells.Double(2),
        Lon = cells.Double(3),
        ElevM = cells.Int32OrNull(4),
        Date = cells.Date(5),
        Age = cells.Double(6),
    });

    private static IEnumerable<Row> Sylvan(string path)
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

    private static IEnumerable<Row> Separated(string path)
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

    private static IEnumerable<Row> CsvHelperFields(string path)
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

    private static IEnumerable<Row> CsvHelperRecords(string path)
    {
        using var csv = new CsvReader(new StreamReader(path), Invariant);
        csv.Context.RegisterClassMap<RowMap>();
        foreach (var row in csv.GetRecords<RowObject>())
        {
            yield return new Row { Name = row.Name, Lat = row.Lat, Lon = row.Lon, ElevM = row.ElevM, Date = row.Date, Age = row.Age, SiteId = row.SiteId };
        }
    }

    private readonly record struct Row
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
