namespace DataManifest.Generator.Loading;

[TestClass]
public sealed class ExplicitLoaderTests
{
    private const string Grid = """
        namespace My
        {
            public enum Mode { Fast, Slow, @class }

            public static class Loaders
            {
                public static string Show(params object[] values) => string.Join("|", values.Select(Text));

                public static string Ints(sbyte a, byte b, short c, ushort d, int e, uint f, long g, ulong h) => Show(a, b, c, d, e, f, g, h);

                public static string Reals(float a, double b, decimal c, double d = -1, double? e = 7) => Show(a, b, c, d, e);

                public static string Texts(string path, Mode mode, bool flag, char c, FileInfo file, Uri uri) => Show(File.Exists(path), mode, flag, c, file.Name, uri.Host);

                public static string Lists(int[] a, IReadOnlyList<string> b, List<double> c, IEnumerable<int[]> d, Mode[] e) => Show(a.Sum(), string.Join(",", b), c.Sum(), d.Count(), e[1]);

                public static string Maps(Dictionary<string, int> a, IReadOnlyDictionary<string, object> b) => Show(a["x y"], b["list"], ((object[])b["list"]).Length, b["deep"].GetType().Name);

                public static string Moments(DateOnly a, TimeOnly b, DateTime c, DateTimeOffset d) => Show(a.Year, b.Hour, c.Minute, d.Offset.TotalHours);

                public static string Some(string path, int? a = 3, string b = "none", params int[] rest) => Show(a, b, rest.Length);

                public static string Open(Stream stream, Dataset dataset, CancellationToken token) => Show(new StreamReader(stream).ReadToEnd(), dataset.Name, token.CanBeCanceled);

                public static string Text(object value) => value is IFormattable f ? f.ToString(null, System.Globalization.CultureInfo.InvariantCulture) : value?.ToString() ?? "null";
            }
        }
        """;

    [TestMethod]
    [DataRow("Ints", "args = [-128, 255, -32768, 65535, -2147483648, 4294967295, -9223372036854775808, 18446744073709551615]", "-128|255|-32768|65535|-2147483648|4294967295|-9223372036854775808|18446744073709551615")]
    [DataRow("Reals", "args = [1.5, 3, 0.1]", "1.5|3|0.1|-1|7")]
    [DataRow("Reals", "args = [inf, nan, -2]\nkwargs = { e = 1e300 }", "Infinity|NaN|-2|-1|1E+300")]
    [DataRow("Texts", "args = ['$path', 'slow', true, 'c', '$path', 'https://h/a']", "True|Slow|True|c|x.dat|h")]
    [DataRow("Texts", "args = ['$path']\nkwargs = { uri = 'https://$version/', c = '\"', flag = false, mode = 'class', file = 'a$version/b_$key.txt' }", "True|class|False|\"|b_x.txt|v7")]
    [DataRow("Lists", "args = [[1, 2], ['a', '$version'], [1, 0.5], [[1], [2, 3], []], ['Fast', 'Slow']]", "3|a,v7|1.5|3|Slow")]
    [DataRow("Maps", "args = [{ 'x y' = 3 }, { list = [1, 'a', true], deep = { a = 1.5 } }]", "3|System.Object[]|3|Dictionary`2")]
    [DataRow("Moments", "args = [2024-01-02, 03:04:05, 2024-01-02T03:04:05, 2024-01-02T03:04:05+02:00]", "2024|3|4|2")]
    [DataRow("Some", "args = ['$path']", "3|none|0")]
    [DataRow("Some", "args = ['$path', 5, 'b', 1, 2, 3]", "5|b|3")]
    [DataRow("Some", "args = ['$path']\nkwargs = { rest = [1, 2], b = '$unknown $keys' }", "3|$unknown $keys|2")]
    [DataRow("Open", "args = ['$path', '$path']", "data|x|False")]
    [DataRow("Show", "args = [1, 'a', 2.5, false, '$version']", "1|a|2.5|False|v7")]
    public void Load_argumentsOfEveryType_arrive(string method, string arguments, string expected)
    {
        using var folder = new TestFolder();
        var manifest = LoaderProject.Manifest(folder, "x.dat", "data", $"key = 'x'\n[x._LANG.csharp.loader]\nref = 'My.Loaders:{method}'\n{arguments}");

        Assert.AreEqual(expected, LoaderProject.Run(manifest, Grid));
    }

    [TestMethod]
    public void Load_hostileTexts_stayTexts()
    {
        using var folder = new TestFolder();
        var manifest = LoaderProject.Manifest(folder, "x.dat", "data", "[x.loader]\nref = 'My.Loaders:Show'\nargs = [\"\\\"); System.Environment.Exit(3); //\", \"*/\\n#if\"]");

        Assert.AreEqual("\"); System.Environment.Exit(3); //|*/\n#if", LoaderProject.Run(manifest, Grid));
    }
}
