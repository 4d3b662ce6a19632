using System.Diagnostics;
using System.Globalization;

namespace DataManifest.Benchmarks;

/// <summary>
/// Reads a table of a million rows, one column of text, one of dates, five of numbers, into typed rows: as generated code does, and as somebody would write it by hand over the
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
            var source = RowReaders.Source(table);
            var dataset = database["sites"];
            Compare(
                ("generated code", () => Sum(source.Read(dataset))),
                ("generated code, asynchronous", () => SumAsync(source.ReadAsync(dataset)).GetAwaiter().GetResult()),
                ("Sylvan.Data.Csv by hand", () => Sum(RowReaders.Sylvan(path))),
                ("Sep by hand", () => Sum(RowReaders.Separated(path))),
                ("CsvHelper, fields by hand", () => Sum(RowReaders.CsvHelperFields(path))),
                ("CsvHelper, GetRecords", () => Sum(RowReaders.CsvHelperRecords(path))));
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

    private static double Sum(IEnumerable<RowReaders.Row> rows)
    {
        var sum = 0.0;
        foreach (var row in rows)
        {
            sum += row.Lat + row.Age + row.Name.Length + (row.ElevM ?? 0) + row.Date.Day;
        }

        return sum;
    }

    private static async Task<double> SumAsync(IAsyncEnumerable<RowReaders.Row> rows)
    {
        var sum = 0.0;
        await foreach (var row in rows)
        {
            sum += row.Lat + row.Age + row.Name.Length + (row.ElevM ?? 0) + row.Date.Day;
        }

        return sum;
    }
}
