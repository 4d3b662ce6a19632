using System.Text.Json;
using DataManifest.Manifest;
using DataManifest.Toml;

namespace DataManifest.Bindings;

[TestClass]
public sealed class TemplateTests
{
    /// <summary>
    /// Where the other tools' results come from replacing parts of longer names, from replacing within what was put in, or from splitting it.
    /// </summary>
    private static readonly Dictionary<string, string[]> CommandsThatDiffer = new()
    {
        ["d041"] = ["x", "/D/a b", "/D/dep", "/D/one", "/D/two", "$path_12"],
        ["d044"] = ["a", "$keys", "$versions", "${key}"],
    };

    private static readonly Dictionary<string, string> ValuesThatDiffer = new()
    {
        ["$pathology"] = "$pathology",
        ["$keyring"] = "$keyring",
        ["$uri"] = "u$key",
    };

    [TestMethod]
    public void Expand_commandsOfTheVectors_givesTheSameWords()
    {
        var failures = new List<string>();
        var cases = 0;
        foreach (var vector in SharedVectors.Read("fetch_dispatch.json").GetProperty("cases").EnumerateArray().Where(vector => vector.GetProperty("input").GetRawText().Contains("shell", StringComparison.Ordinal)))
        {
            var id = vector.GetProperty("id").GetString()!;
            var dataset = DatasetDeclaration.Read("temp", SharedVectors.Table(vector.GetProperty("input")));
            var step = FetchLadder.Resolve(dataset);
            var expect = vector.GetProperty("expect");
            var calls = expect.GetProperty("calls");

            // Here a URI or a batch is fetched instead; the specification puts a command before a batch as before any other download.
            if (id is "d053" or "d059")
            {
                Assert.AreEqual(id == "d053" ? FetchRung.Uri : FetchRung.Shell, step.Rung, id);
                continue;
            }

            cases++;
            Assert.AreEqual(FetchRung.Shell, step.Rung, id);
            var required = new Dictionary<string, string> { ["dep_a"] = "/D/a b", ["dep"] = "/D/dep" };
            var variables = TemplateVariables.ForCommand(dataset, "/P", "{STAGING}", required, ["/D/one", "/D/two"]);
            if (expect.TryGetProperty("error", out _) || calls[0].GetProperty("run").GetArrayLength() == 0)
            {
                Assert.AreEqual("DM0242", Assert.ThrowsExactly<TemplateException>(() => ShellTemplate.Expand(step.Command, variables)).Rule.Code, id);
                continue;
            }

            var wanted = CommandsThatDiffer.GetValueOrDefault(id) ?? SharedVectors.Strings(calls[0].GetProperty("run"));
            var actual = ShellTemplate.Expand(step.Command, variables);
            if (!wanted.SequenceEqual(actual))
            {
                failures.Add($"{id}: expected {JsonSerializer.Serialize(wanted)}, got {JsonSerializer.Serialize(actual)}");
            }
        }

        Assert.IsGreaterThan(10, cases);
        Assert.IsEmpty(failures, string.Join('\n', failures));
    }

    [TestMethod]
    public void Substitute_valuesOfTheVectors_givesTheSameValues()
    {
        var vectors = SharedVectors.Read("importers_and_bindings.json").GetProperty("substitution");
        var given = vectors.GetProperty("variables");
        var dataset = DatasetDeclaration.Read("temp", new TomlTable()) with
        {
            Uri = Given("uri"), Key = Given("key"), Version = Given("version"), Doi = Given("doi"), Format = Given("format"), Branch = Given("branch"),
        };
        var fetcher = TemplateVariables.ForFetcher(dataset, Given("project_root"), Given("download_path"));
        var loader = TemplateVariables.ForLoader(dataset, Given("project_root"), Given("path"));
        var cases = 0;
        foreach (var vector in vectors.GetProperty("cases").EnumerateArray())
        {
            var value = TomlJson.Value(vector.GetProperty("value"));
            var actual = TomlJson.Json(loader.Substitute(fetcher.Substitute(value)));
            var wanted = value is TomlString text && ValuesThatDiffer.TryGetValue(text.Value, out var ours)
                ? JsonSerializer.Serialize(ours)
                : TomlJson.Json(TomlJson.Value(vector.GetProperty("result")));
            if (value is TomlString { Value: "$uri" })
            {
                actual = TomlJson.Json(fetcher.Substitute(value));
            }

            Assert.AreEqual(wanted, actual, vector.GetRawText());
            cases++;
        }

        Assert.AreEqual(18, cases);

        string Given(string name) => given.GetProperty(name).GetString()!;
    }

    [TestMethod]
    public void Names_ofRequirementsInTheVectors_areFoundAsVariables()
    {
        var cases = SharedVectors.Read("importers_and_bindings.json").GetProperty("sanitized_refs").EnumerateArray().ToList();
        Assert.IsNotEmpty(cases);
        foreach (var vector in cases)
        {
            var required = new Dictionary<string, string> { [vector.GetProperty("ref").GetString()!] = "/found" };
            Assert.AreEqual("</found>", Command(required).Substitute($"<$path_{vector.GetProperty("name").GetString()}>"));
        }
    }

    [TestMethod]
    [DataRow("cp '$path_10' $download_path", "cp|/D/10|/S/out put")]
    [DataRow("$path_1 $path_10 $path_100", "/D/1|/D/10|$path_100")]
    [DataRow("$path_a_b $path_a $path_a-b", "/R/a/b|/R/a|/R/a-b")]
    [DataRow("x $path_a-c", "x|/R/a-c")]
    [DataRow("x $key_v2 $key-v2 $key.$format", "x|$key_v2|k-v2|k.nc")]
    [DataRow("x -o$download_path", "x|-o/S/out put")]
    [DataRow("x $doi \"$doi\" y", "x||y")]
    [DataRow("x '' \"\"", "x||")]
    [DataRow("x $uri", "x|https://h/it's?a=$key&b=\"c d\"")]
    [DataRow("x \"\\$key \\\"q\\\" \\\\\" a\\ b", "x|\\k \"q\" \\|a b")]
    [DataRow("x $ke'y' '$'key", "x|$key|$key")]
    [DataRow("x\t$key\n# y", "x|k|#|y")]
    public void Expand_replacesWholeNamesInsideWords(string template, string expected) =>
        Assert.AreEqual(expected, string.Join('|', ShellTemplate.Expand(template, Command(Required, 10))));

    [TestMethod]
    [DataRow("x $requires_paths", "x|/D/1|/D/2")]
    [DataRow("x a$requires_paths.z", "x|a/D/1|/D/2.z")]
    [DataRow("x \"$requires_paths\"", "x|/D/1 /D/2")]
    [DataRow("x $requires_paths2", "x|$requires_paths2")]
    public void Expand_listOfPaths_becomesSeveralWordsOutsideQuotes(string template, string expected) =>
        Assert.AreEqual(expected, string.Join('|', ShellTemplate.Expand(template, Command(Required, 2))));

    [TestMethod]
    public void Expand_emptyListOfPaths_leavesNoWord() =>
        Assert.AreEqual("x|y", string.Join('|', ShellTemplate.Expand("x $requires_paths y", Command(Required, 0))));

    [TestMethod]
    [DataRow("x 'open", "closing '")]
    [DataRow("x \"open", "closing \"")]
    [DataRow("x \\", "backslash")]
    [DataRow("  ", "no program")]
    [DataRow("$doi x", "")]
    [DataRow("'' x", "no program")]
    public void Expand_malformedTemplate_isACodedError(string template, string hint)
    {
        if (hint.Length == 0)
        {
            Assert.AreEqual("x", ShellTemplate.Expand(template, Command(Required, 0)).Single());
            return;
        }

        var error = Assert.ThrowsExactly<TemplateException>(() => ShellTemplate.Expand(template, Command(Required, 0)));
        Assert.AreEqual("DM0242", error.Rule.Code);
        StringAssert.Contains(error.Message, hint);
    }

    [TestMethod]
    public void Substitute_projectRootWithoutProject_isACodedErrorOnlyWhenItIsUsed()
    {
        var variables = TemplateVariables.ForLoader(DatasetDeclaration.Read("x", new TomlTable()), null, "/p");
        Assert.AreEqual("/p", variables.Substitute("$path"));
        Assert.AreEqual("DM0242", Assert.ThrowsExactly<TemplateException>(() => variables.Substitute("$project_root/$path")).Rule.Code);
    }

    [TestMethod]
    public void Parse_malformedCommand_isAnErrorAtTheField()
    {
        var diagnostic = ManifestDocument.Parse("[x]\nkey = 'x'\nshell = 'make \"x'\n", "datasets.toml").ErrorsOf("x").Single();
        Assert.AreEqual(("DM0242", 3, 9), (diagnostic.Rule.Code, diagnostic.Start.Line, diagnostic.Start.Column));
    }

    [TestMethod]
    public void Substitute_binding_keepsNamesAndPlaces()
    {
        const string text = "[x]\nkey = 'k'\nversion = 'v'\nloader = { ref = 'N.T:$key', args = ['$path', ['$key', 1]], kwargs = { \"$key\" = '$version' } }\n";
        var manifest = ManifestDocument.Parse(text, "datasets.toml");
        var dataset = manifest.Datasets[0];
        var loader = new LoadLadder(manifest.Structural, []).Resolve(dataset).Loader!.Substitute(TemplateVariables.ForLoader(dataset, "/P", "/D/k"));
        Assert.AreEqual("N.T:$key", loader.Reference);
        Assert.AreEqual("""["/D/k",["k",1]]""", TomlJson.Json(new TomlArray(loader.Arguments)));
        Assert.AreEqual("""{"$key":"v"}""", TomlJson.Json(loader.KeywordArguments));
        Assert.AreEqual("'$path'", loader.Arguments[0].Span.Of(text));
    }

    private static readonly Dictionary<string, string> Required = new() { ["a/b"] = "/R/a/b", ["a"] = "/R/a", ["a-b"] = "/R/a-b", ["a-c"] = "/R/a-c" };

    private static TemplateVariables Command(Dictionary<string, string> required, int count = 0)
    {
        var dataset = DatasetDeclaration.Read("x", new TomlTable()) with { Key = "k", Version = "v", Format = "nc", Uri = "https://h/it's?a=$key&b=\"c d\"" };
        return TemplateVariables.ForCommand(dataset, "/P", "/S/out put", required, [.. Enumerable.Range(1, count).Select(i => $"/D/{i}")]);
    }
}
