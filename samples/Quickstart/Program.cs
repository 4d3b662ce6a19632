using System.Globalization;

// The build has fetched and verified both datasets before this was compiled.
var co2 = ReadSeries(Datasets.Co2.Path);
var temperature = ReadSeries(Path.Combine(Datasets.Gistemp.Path, "gistemp", "annual.csv"));

Console.WriteLine(Datasets.Co2.Description);
Console.WriteLine(Datasets.Gistemp.Description);
Console.WriteLine();
Console.WriteLine("decade   CO2 ppm   warming °C");
foreach (var decade in co2.Keys.GroupBy(year => year / 10 * 10))
{
    var ppm = decade.Average(year => co2[year]);
    var warming = decade.Average(year => temperature[year]);
    var bar = new string('█', (int)Math.Round(Math.Max(0, warming) * 30));
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{decade.Key}s    {ppm,7:F1}   {warming,8:+0.00;-0.00}  {bar}"));
}

var years = co2.Keys.ToArray();
var r = Correlation([.. years.Select(y => co2[y])], [.. years.Select(y => temperature[y])]);
Console.WriteLine();
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{years[0]}-{years[^1]}: CO2 {co2[years[0]]} -> {co2[years[^1]]} ppm; correlation with temperature r = {r:F3}"));

static SortedDictionary<int, double> ReadSeries(string path) => new(File.ReadLines(path)
    .Where(line => line.Length > 0 && char.IsAsciiDigit(line[0]))
    .Select(line => line.Split(','))
    .ToDictionary(row => int.Parse(row[0], CultureInfo.InvariantCulture), row => double.Parse(row[1], CultureInfo.InvariantCulture)));

static double Correlation(double[] x, double[] y)
{
    var (meanX, meanY) = (x.Average(), y.Average());
    var covariance = x.Zip(y, (a, b) => (a - meanX) * (b - meanY)).Sum();
    return covariance / Math.Sqrt(x.Sum(a => (a - meanX) * (a - meanX)) * y.Sum(b => (b - meanY) * (b - meanY)));
}
