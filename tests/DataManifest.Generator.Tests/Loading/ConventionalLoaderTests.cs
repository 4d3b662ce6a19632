using Microsoft.CodeAnalysis.CSharp;

namespace DataManifest.Generator.Loading;

[TestClass]
public sealed class ConventionalLoaderTests
{
    [TestMethod]
    [DataRow("public static string Read(string path) => File.ReadAllText(path);", "Datasets.X.Load()")]
    [DataRow("internal static string Read(string path, CancellationToken token) => File.ReadAllText(path);", "Datasets.X.Load(default)")]
    [DataRow("public static string Read(Dataset dataset) => dataset.Version + File.ReadAllText(dataset.Path).Substring(2);", "Datasets.X.Load().Replace(\"v7\", \"da\")")]
    [DataRow("public static string Read(Stream stream, int limit = 99) => new StreamReader(stream).ReadToEnd();", "Datasets.X.Load()")]
    [DataRow("public static string Read(Stream stream, params int[] ignored) => new StreamReader(stream).ReadToEnd();", "Datasets.X.Load()")]
    [DataRow("public static string Read(FileInfo file) => file.OpenText().ReadToEnd();", "Datasets.X.Load()")]
    [DataRow("public static string Read(in string path) => File.ReadAllText(path);", "Datasets.X.Load()")]
    [DataRow("public static string[] Read(string path) => File.ReadAllLines(path);", "string.Join(\"\", Datasets.X.Load())")]
    [DataRow("public static (string Text, int Length) Read(string path) => (File.ReadAllText(path), 4);", "Datasets.X.Load().Text")]
    [DataRow("public static IEnumerable<string> Read(Stream stream) { using (var reader = new StreamReader(stream)) { yield return reader.ReadToEnd(); } }", "Datasets.X.Load().Single()")]
    [DataRow("public static StreamReader Read(Stream stream) => new StreamReader(stream);", "Datasets.X.Load().ReadToEnd()")]
    [DataRow("public static Task<string> Read(string path) => File.ReadAllTextAsync(path);", "Datasets.X.LoadAsync().Result")]
    [DataRow("public static Task<string> Read(string path) => File.ReadAllTextAsync(path);", "Datasets.X.Load()")]
    [DataRow("public static async ValueTask<string> Read(Stream stream, CancellationToken token) => await new StreamReader(stream).ReadToEndAsync(token);", "Datasets.X.LoadAsync(default).Result")]
    [DataRow("public static async ValueTask<string> Read(string path, CancellationToken token) => await File.ReadAllTextAsync(path, token);", "Datasets.X.Load()")]
    [DataRow("public static async IAsyncEnumerable<string> Read(string path) { yield return await File.ReadAllTextAsync(path); }", "First(Datasets.X.LoadAsync())")]
    [DataRow("public static T Read<T>(string path) where T : class => (T)(object)File.ReadAllText(path);", "Datasets.X.Load<string>()")]
    [DataRow("public static Task<T> Read<T>(string path) where T : class, IComparable<T> => Task.FromResult((T)(object)File.ReadAllText(path));", "Datasets.X.Load<string>()")]
    [DataRow("public static string Read(string path) => File.ReadAllText(path); public static string Read(string path, CancellationToken token) => throw new InvalidOperationException();", "Fails(() => Datasets.X.Load())")]
    public void Load_formsOfLoaders_giveWhatTheyReturn(string loader, string expression)
    {
        using var folder = new TestFolder();
        var manifest = LoaderProject.Manifest(folder, "x.dat", "data", "loader = 'My.Loaders:Read'");

        Assert.AreEqual("data", LoaderProject.Run(manifest, Wrap(loader), $"Helper.Of(() => {Wrapped(expression)})"));
    }

    [TestMethod]
    [DataRow("My.Outer.Inner:Read", "namespace My { public static class Outer { public static class Inner { public static string Read(string path) => File.ReadAllText(path); } } }")]
    [DataRow("My.Outer+Inner:Read", "namespace My { public static class Outer { public static class Inner { public static string Read(string path) => File.ReadAllText(path); } } }")]
    [DataRow("global::My.Loaders:Read", "namespace My { public static class Loaders { public static string Read(string path) => File.ReadAllText(path); } }")]
    [DataRow("Loaders:@Read", "public static class Loaders { public static string Read(string path) => File.ReadAllText(path); }")]
    [DataRow("My.Loaders<string>:Read", "namespace My { public static class Loaders<T> { public static T Read(string path) => (T)(object)File.ReadAllText(path); } }")]
    [DataRow("My.Loaders:Read<string>", "namespace My { public static class Loaders { public static T Read<T>(string path) => (T)(object)File.ReadAllText(path); } }")]
    [DataRow("My.Derived:Read", "namespace My { public class Base { public static string Read(string path) => File.ReadAllText(path); } public class Derived : Base { } }")]
    [DataRow("My.Loader:Read", "namespace My { public interface ILoader<T> { static abstract string Read(string path); } public class Loader : ILoader<Loader> { public static string Read(string path) => File.ReadAllText(path); } }")]
    [DataRow("My.Loader:Read", "namespace My { public interface ILoader<T> { static abstract string Read(Stream file, CancellationToken token); } public class Loader : ILoader<Loader> { static string ILoader<Loader>.Read(Stream file, CancellationToken token) => new StreamReader(file).ReadToEnd(); } }")]
    [DataRow("My.Loader:Read", "namespace My { public interface ILoader { static virtual string Read(string path) => File.ReadAllText(path); } public struct Loader : ILoader { } }")]
    [DataRow("System.IO.File:ReadAllText", "")]
    public void Load_referencesOfEveryForm_areFound(string reference, string code)
    {
        using var folder = new TestFolder();

        Assert.AreEqual("data", LoaderProject.Run(LoaderProject.Manifest(folder, "x.dat", "data", $"loader = '{reference.Replace("@", "", StringComparison.Ordinal)}'"), code));
    }

    [TestMethod]
    public void Load_severalBindings_followTheLadder()
    {
        using var folder = new TestFolder();
        var own = LoaderProject.Manifest(folder, "x.json", "data", "loader = 'My.Loaders:Bare'\n_LANG.csharp.loader = 'My.Loaders:Own'\n_LANG.python.loader = 'xarray:open'");
        var bare = LoaderProject.Manifest(folder, "x.json", "data", "loader = 'My.Loaders:Bare'");
        var format = LoaderProject.Manifest(folder, "x.json", "data") + "[_LANG.csharp.loaders]\njson = 'My.Loaders:Format'\n[_LOADERS]\njson = 'My.Loaders:Bare'\n";
        const string loaders = "namespace My { static class Loaders { public static string Bare(string p) => nameof(Bare); public static string Own(string p) => nameof(Own); public static string Format(string p) => nameof(Format); } }";

        Assert.AreEqual("Own", LoaderProject.Run(own, loaders));
        Assert.AreEqual("Bare", LoaderProject.Run(bare, loaders));
        Assert.AreEqual("Format", LoaderProject.Run(format, loaders));
    }

    [TestMethod]
    public void Generate_loadersOfEveryKind_givesTheReviewedCode() => Snapshot.Verify("loaders", GeneratorProject.Of(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Fixtures", "loaders.toml")), """
            using System.IO;
            using System.Threading;
            using System.Threading.Tasks;

            namespace Climate;

            public enum Mode { Linear, Nearest }

            public interface IReadable<T> { static abstract T Read(string path); }

            public sealed class Grid : IReadable<Grid> { static Grid IReadable<Grid>.Read(string path) => new(); }

            internal static class Grids
            {
                public static float[,] Read(string path, int degrees, string[] models, int limit = 0, Mode mode = Mode.Linear) => new float[0, 0];

                public static Task<string?> ReadStream(Stream stream, CancellationToken cancellationToken) => Task.FromResult<string?>("");

                public static T[] Open<T>(string path) where T : struct => [];
            }
            """).Generate());

    [TestMethod]
    public void Load_internalResult_isInternal()
    {
        using var folder = new TestFolder();
        var project = GeneratorProject.Of(
            LoaderProject.Manifest(folder, "x.dat", "", "loader = 'My.Loaders:Read'"),
            "#nullable disable\nnamespace My { class Grid { } static class Loaders { public static System.Collections.Generic.List<Grid[]> Read(string path) => null; } }");

        Assert.AreEqual("", string.Join('\n', project.CompilerFindings()));
        Assert.Contains("internal global::System.Collections.Generic.List<global::My.Grid[]> Load()", project.Generate());
    }

    [TestMethod]
    [DataRow(LanguageVersion.CSharp7_3)]
    [DataRow(LanguageVersion.CSharp8)]
    [DataRow(LanguageVersion.Latest)]
    public void Compile_everyLanguageVersion_givesNoWarning(LanguageVersion version)
    {
        using var folder = new TestFolder();
        var manifest = LoaderProject.Manifest(folder, "x.dat", "", "[x.loader]\nref = 'My.Loaders:Read'\nargs = ['$path', 'a$key', 1, [2.5], {a = 1}, true]")
            + "[json]\nuri = 'https://h/a.json'\n[yaml]\nuri = 'https://h/a.yaml'\n[text]\nuri = 'https://h/a.txt'\n[zip]\nuri = 'https://h/a.zip'\n[folder]\nuris = ['https://h/a/a.csv', 'https://h/a/b.csv']\n"
            + "[bytes]\nuri = 'https://h/a.bin'\n[toml]\nuri = 'https://h/a.toml'\n[nc]\nuri = 'https://h/a.nc'\n[stream]\nuri = 'https://h/a.s'\nloader = 'My.Loaders:Stream'\n";
        var project = GeneratorProject.Of(manifest, """
            #pragma warning disable CS8603
            namespace My
            {
                using System.Collections.Generic;
                using System.Threading.Tasks;

                public static class Loaders
                {
                    public static Task<T> Read<T>(System.IO.Stream s, string a, byte b, double[] c, Dictionary<string, int> d, object e) where T : new() { return null; }

                    public static Task<string> Stream(System.IO.Stream s, System.Threading.CancellationToken token) { return null; }
                }
            }
            """);

        Assert.AreEqual("", string.Join('\n', (project with { LanguageVersion = version }).CompilerFindings()));
    }

    [TestMethod]
    public void Load_missingData_saysHowToGetThem()
    {
        using var folder = new TestFolder();
        var message = (string)LoaderProject.Run("[x]\nuri = 'https://example.org/x.dat'\nloader = 'System.IO.File:ReadAllText'\n[_STORAGE]\ndatasets_dir = '" + folder.Path + "'\n", """
            public static class Helper
            {
                public static string Of(Func<string> load) { try { return load(); } catch (DatasetNotFoundException e) { return e.Code + " " + e.Remedy; } }
            }
            """, "Helper.Of(() => Datasets.X.Load())")!;

        Assert.Contains("dotnet build", message);
    }

    private static string Wrap(string members) => $$"""
        namespace My { public static class Loaders { {{members}} } }

        public static class Helper
        {
            public static T Of<T>(Func<T> load) => load();

            public static T First<T>(IAsyncEnumerable<T> items) { var e = items.GetAsyncEnumerator(); e.MoveNextAsync().AsTask().Wait(); return e.Current; }

            public static string Fails(Func<string> load) { try { return load(); } catch (InvalidOperationException) { return "data"; } }
        }
        """;

    private static string Wrapped(string expression) =>
        expression.Replace("First(", "Helper.First(", StringComparison.Ordinal).Replace("Fails(", "Helper.Fails(", StringComparison.Ordinal);
}
