namespace DataManifest.Generator;

[TestClass]
public sealed class HostileTextTests
{
    [TestMethod]
    [DataRow("*/ class Broken {")]
    [DataRow("\"\"\" + System.Environment.Exit(1) + \"\"\"")]
    [DataRow("first\nsecond\r\nthird\rclass Broken {")]
    [DataRow("line\u2028class Broken {\u2029class Broken {\u0085class Broken {")]
    [DataRow("</summary><evil attribute='&lt;'> ]]> &amp; <!-- -- -->")]
    [DataRow("\\u0022 \\n {0} $\" @\"")]
    [DataRow("null \0 bell \a escape \u001b delete \u007f form \f tab \v")]
    [DataRow("override \u202e gnitirw \u202c isolate \u2066 mark \u200f zero \u200b bom \ufeff")]
    [DataRow("not a character \uffff \ufffe")]
    [DataRow("#pragma warning disable\n#if false\n#line 1 \"evil.cs\"")]
    [DataRow("")]
    public void Run_hostileDescription_staysADescription(string description)
    {
        var project = GeneratorProject.Of($"[co2]\nuri = \"https://example.org/co2.csv\"\ndescription = {Quote(description)}\ndoi = {Quote(description)}\n"
            + $"[co2._DOTNET]\ntitle = {Quote(description)}\ncreators = [{Quote(description)}]\nlicense = {Quote(description)}\npublisher = {Quote(description)}\n", """
            public static class Program
            {
                public static object Run() => Datasets.Co2.Description;
            }
            """);

        Assert.AreEqual(description, project.Run());
        Assert.IsNotNull(project.Summary("My.Science.Datasets", "Co2"));
        var code = project.Generate();
        Assert.IsTrue(code.All(c => c == '\n' || c is >= ' ' and <= '~' or '\ufffd'), "Nothing invisible is left in the code.");
    }

    [TestMethod]
    [DataRow("*/ class Broken {")]
    [DataRow("\"\"\" \\ \u202e \u2028 class Broken {\n}")]
    [DataRow("</para><evil>")]
    public void Compile_hostileReasonToBeObsolete_staysAReason(string reason)
    {
        var project = GeneratorProject.Of(
            $"[co2]\nuri = \"https://example.org/co2.csv\"\n[co2._DOTNET]\nobsolete = {Quote(reason)}\n", "public static class Program { public static object Run() => Datasets.Co2; }");

        var finding = project.Compile().GetDiagnostics().Single(found => found.Severity >= Microsoft.CodeAnalysis.DiagnosticSeverity.Warning);
        Assert.AreEqual("CS0618", finding.Id);
        Assert.Contains($"'Datasets.Co2' is obsolete: '{reason}'", finding.GetMessage(null));
        Assert.IsNotNull(project.Summary("My.Science.Datasets", "Co2"));
    }

    [TestMethod]
    public void Generate_longTexts_areCutInTheTooltipAlone()
    {
        var text = string.Concat(Enumerable.Repeat("𝒳 </summary> ", 8000));
        var project = GeneratorProject.Of(
            $"[co2]\nuri = \"https://example.org/co2.csv\"\ndescription = \"{text}\"\n[co2._DOTNET]\ntitle = \"{text}\"\n",
            "public static class Program { public static object Run() => Datasets.Co2.Description; }");

        Assert.AreEqual(text, project.Run());
        Assert.IsLessThan(5000, project.Summary("My.Science.Datasets", "Co2").Value.Length);
    }

    [TestMethod]
    [DataRow("*/")]
    [DataRow("\"quoted\" \\ name\n")]
    [DataRow("<xml attribute=\"]]>\">&")]
    [DataRow("\u202ename")]
    [DataRow("\u0301combining first")]
    [DataRow("init__()")]
    [DataRow("𝒳 outside the basic plane")]
    public void Run_hostileName_isFound(string name)
    {
        var all = (IReadOnlyList<Dataset>)GeneratorProject.Of($"[{Quote(name)}]\nuri = \"https://example.org/a.csv\"\n", """
            public static class Program
            {
                public static object Run() => Datasets.All;
            }
            """).Run()!;

        Assert.AreEqual(name, all.Single().Name);
    }

    [TestMethod]
    [DataRow("x", 500)]
    [DataRow("数", 500)]
    [DataRow("long_part/", 300)]
    public void Run_longNames_areToldApart(string part, int count)
    {
        var name = string.Concat(Enumerable.Repeat(part, count));
        var all = (IReadOnlyList<Dataset>)GeneratorProject.Of($"[\"{name}a\"]\nuri='x://h/a'\n[\"{name}b\"]\nuri='x://h/b'\n", """
            public static class Program
            {
                public static object Run() => Datasets.All;
            }
            """).Run()!;

        CollectionAssert.AreEqual(new[] { name + "a", name + "b" }, all.Select(dataset => dataset.Name).ToArray());
    }

    [TestMethod]
    public void Generate_credentials_areNotCompiledIn()
    {
        var code = GeneratorProject.Of("""
            [one]
            uri = "https://anna:pass1@example.org/co2.csv?download=1&token=pass2#v2"
            [batch]
            uris = ["https://anna:pass3@example.org/x/a", "https://example.org/x/b?X-Amz-Signature=pass4"]
            """).Generate();

        Assert.DoesNotContain("pass", code);
        Assert.Contains("https://example.org/co2.csv?download=1#v2", code);
    }

    private static string Quote(string text) => Toml.TomlWriter.ToCanonical(Table(text)).Substring("a = ".Length).TrimEnd('\n');

    private static Toml.TomlTable Table(string text)
    {
        var table = new Toml.TomlTable();
        table.Add("a", new Toml.TomlString(text));
        return table;
    }
}
