using Microsoft.CodeAnalysis;

namespace DataManifest.Generator.Editor;

[TestClass]
public sealed class LiteralTests(TestContext test)
{
    private const string Manifest = """
        [co2]
        uri = "https://example.org/data/co2.csv"
        aliases = ["carbon"]
        skip_checksum = true
        ["jesstierney/lgmDA"]
        uri = "https://example.org/lgm.zip"
        extract = true
        skip_checksum = true
        [model]
        storage_path = "$project_models/llama/weights.bin"
        uri = "https://example.org/weights"
        skip_checksum = true
        [plain]
        key = "single"
        uri = "https://example.org/single"
        skip_checksum = true
        """;

    [TestMethod]
    [DataRow("db[\"co2\"]", "Datasets.Co2")]
    [DataRow("db[\"carbon\"]", "Datasets.Co2")]
    [DataRow("db[\"CO2\"].Path", "Datasets.Co2.Path")]
    [DataRow("db[@\"jesstierney/lgmDA\"]", "Datasets.Jesstierney.LgmDA")]
    [DataRow("DataManifest.Database.Open()[\"co2\"]", "Datasets.Co2")]
    [DataRow("DataManifest.Database.Open(\"../datasets.toml\")[\"co2\"]", "Datasets.Co2")]
    public async Task Fix_nameInBrackets_isTheProperty(string expression, string expected)
    {
        using var project = new EditorProject(Manifest, [Code(expression)]);
        var finding = (await project.AnalyzeAsync(test.CancellationToken)).Single();
        Assert.AreEqual("DM0703", finding.Id);
        Assert.AreEqual(DiagnosticSeverity.Info, finding.Severity);
        await project.FixAsync(finding, test.CancellationToken);

        Assert.AreEqual(Code(expected), await project.SourceAsync(0, test.CancellationToken));
        Assert.IsEmpty(await project.AnalyzeAsync(test.CancellationToken));
    }

    [TestMethod]
    [DataRow("db.RemoveAsync(\"co2\", keepData: true)", "db.RemoveAsync(Datasets.Co2.Name, keepData: true)")]
    [DataRow("db.Manifest.Get(\"jesstierney/lgmDA\")", "db.Manifest.Get(Datasets.Jesstierney.LgmDA.Name)")]
    [DataRow("new DataManifest.Fetching.FetchRequest { Names = [name, \"co2\"] }", "new DataManifest.Fetching.FetchRequest { Names = [name, Datasets.Co2.Name] }")]
    [DataRow("new DataManifest.Fetching.FetchRequest { Names = new[] { \"co2\" } }", "new DataManifest.Fetching.FetchRequest { Names = new[] { Datasets.Co2.Name } }")]
    public async Task Fix_nameAsArgument_isThePropertysName(string expression, string expected)
    {
        using var project = new EditorProject(Manifest, [Code(expression)]);
        var finding = (await project.AnalyzeAsync(test.CancellationToken)).Single();
        Assert.AreEqual("DM0703", finding.Id);
        await project.FixAsync(finding, test.CancellationToken);

        Assert.AreEqual(Code(expected), await project.SourceAsync(0, test.CancellationToken));
    }

    [TestMethod]
    [DataRow("File.ReadAllText(\"/store/datasets/example.org/data/co2.csv\")", "File.ReadAllText(Datasets.Co2.Path)")]
    [DataRow("File.OpenRead(@\"C:\\store\\example.org\\data\\co2.csv\")", "File.OpenRead(Datasets.Co2.Path)")]
    [DataRow("new StreamReader(\"example.org/data/co2.csv\")", "new StreamReader(Datasets.Co2.Path)")]
    [DataRow("Path.Combine(folder, \"example.org\", \"data\", \"co2.csv\")", "Datasets.Co2.Path")]
    [DataRow("Path.Join(folder, \"example.org/data/co2.csv\")", "Datasets.Co2.Path")]
    [DataRow("File.ReadAllText(\"example.org/lgm/sites/a.csv\")", "File.ReadAllText(Path.Combine(Datasets.Jesstierney.LgmDA.Path, \"sites/a.csv\"))")]
    [DataRow("System.IO.Compression.ZipFile.OpenRead(\"example.org/data/co2.csv\")", "System.IO.Compression.ZipFile.OpenRead(Datasets.Co2.Path)")]
    [DataRow("new FileInfo(name).CopyTo(destFileName: \"/d/example.org/data/co2.csv\")", "new FileInfo(name).CopyTo(destFileName: Datasets.Co2.Path)")]
    [DataRow("Open(\"/home/anna/data/example.org/data/co2.csv\")", "Open(Datasets.Co2.Path)")]
    [DataRow("name == @\"D:\\data\\example.org\\data\\co2.csv\"", "name == Datasets.Co2.Path")]
    [DataRow("Open(\"~/data/example.org/lgm/a.csv\")", "Open(Path.Combine(Datasets.Jesstierney.LgmDA.Path, \"a.csv\"))")]
    [DataRow("File.Exists(\"llama/weights.bin\")", "File.Exists(Datasets.Model.Path)")]
    [DataRow("File.Exists(\"../../llama/weights.bin\")", "File.Exists(Datasets.Model.Path)")]
    public async Task Fix_path_isThePropertysPath(string expression, string expected)
    {
        using var project = new EditorProject(Manifest, [Code(expression)]);
        var finding = (await project.AnalyzeAsync(test.CancellationToken)).Single();
        Assert.AreEqual("DM0704", finding.Id);
        await project.FixAsync(finding, test.CancellationToken);

        Assert.AreEqual(Code(expected), await project.SourceAsync(0, test.CancellationToken));
        Assert.IsEmpty(await project.AnalyzeAsync(test.CancellationToken));
    }

    [TestMethod]
    [DataRow("new Dictionary<string, int>()[\"co2\"]")]
    [DataRow("db[\"other\"]")]
    [DataRow("other[\"co2\"]")]
    [DataRow("DataManifest.Database.Open(\"/elsewhere/other.toml\")[\"co2\"]")]
    [DataRow("db[name]")]
    [DataRow("\"co2\"")]
    [DataRow("File.ReadAllText(\"data/co2.csv\")")]
    [DataRow("File.ReadAllText(\"single\")")]
    [DataRow("File.ReadAllText(\"other/llama/weights.bin\")")]
    [DataRow("Open(\"example.org/data/co2.csv\")")]
    [DataRow("Open(\"/example.org/data/co2.csv\")")]
    [DataRow("Open(\"https://mirror.org/example.org/data/co2.csv\")")]
    [DataRow("Open(\"/other/llama/weights.bin\")")]
    [DataRow("Open(\"/a/*/example.org/data/co2.csv\")")]
    [DataRow("name is \"/d/example.org/data/co2.csv\"")]
    [DataRow("File.WriteAllTextAsync(name, \"example.org/data/co2.csv\")")]
    [DataRow("Open(\"co2\")")]
    [DataRow("new[] { \"co2\" }")]
    [DataRow("db.Manifest.Get(\"carbon\")")]
    [DataRow("other.Manifest.Get(\"co2\")")]
    [DataRow("other.RemoveAsync(\"co2\")")]
    [DataRow("string.Concat(\"example.org/data/co2.csv\", name)")]
    [DataRow("string.Join(\"x\", \"example.org/data/co2.csv\")")]
    [DataRow("new Uri(\"https://example.org/data/co2.csv\")")]
    [DataRow("File.ReadAllText(name + \"example.org/data/co2.csv\")")]
    public async Task Analyze_otherTexts_areLeftAlone(string expression)
    {
        using var project = new EditorProject(Manifest, [Code(expression)]);

        Assert.IsEmpty(await project.AnalyzeAsync(test.CancellationToken));
    }

    [TestMethod]
    public async Task Analyze_generatedCode_isLeftAlone()
    {
        using var project = new EditorProject(Manifest, ["// <auto-generated/>\n" + Code("db[\"co2\"]")]);

        Assert.IsEmpty(await project.AnalyzeAsync(test.CancellationToken));
    }

    [TestMethod]
    public async Task FixAll_severalFilesAndSettings_changesEveryText()
    {
        using var project = new EditorProject(
            Manifest,
            [Code("(db[\"co2\"], db[\"model\"] /* kept */)"), Code("db[\"jesstierney/lgmDA\"].OpenRead()").Replace("Program", "Second", StringComparison.Ordinal)],
            "build_property.DataManifestNamespace = event.Data\nbuild_property.DataManifestClass = Inputs");
        await project.FixAllAsync("DM0703", test.CancellationToken);

        Assert.AreEqual(Code("(Inputs.Co2, Inputs.Model /* kept */)"), await project.SourceAsync(0, test.CancellationToken));
        Assert.Contains("Inputs.Jesstierney.LgmDA.OpenRead()", await project.SourceAsync(1, test.CancellationToken));
        Assert.IsEmpty(await project.AnalyzeAsync(test.CancellationToken));
    }

    [TestMethod]
    public async Task Analyze_severityOfAnEditorconfig_counts()
    {
        using var project = new EditorProject(Manifest, [Code("db[\"co2\"]")], configuration: "[*.cs]\ndotnet_diagnostic.DM0703.severity = error\n");
        Assert.AreEqual(DiagnosticSeverity.Error, (await project.AnalyzeAsync(test.CancellationToken)).Single().Severity);

        using var silent = new EditorProject(Manifest, [Code("db[\"co2\"]")], configuration: "[*.cs]\ndotnet_diagnostic.DM0703.severity = none\n");
        Assert.IsEmpty(await silent.AnalyzeAsync(test.CancellationToken));
    }

    private static string Code(string expression) => $$"""
        using System;
        using System.Collections.Generic;
        using System.IO;

        public class Program
        {
            private const string Fixed = "/constants/example.org/data/co2.csv";

            [System.ComponentModel.Description("/constants/example.org/data/co2.csv")]
            private static string Open(string place, string other = "/constants/example.org/data/co2.csv") => place + Fixed;

            public object Run(DataManifest.Database db, string folder, string name)
            {
                var other = DataManifest.Database.Open("other.toml");
                return {{expression}};
            }
        }
        """;
}
