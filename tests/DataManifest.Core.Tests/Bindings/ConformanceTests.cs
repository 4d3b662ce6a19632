using System.Text.Json;
using DataManifest.Manifest;
using DataManifest.Toml;

namespace DataManifest.Bindings;

/// <summary>The family's fixtures: what each language's tool must make of the bindings of one manifest.</summary>
[TestClass]
public sealed class ConformanceTests
{
    [TestMethod]
    public void Ladders_ofEveryLanguage_resolveAsTheFixturesExpect()
    {
        var folder = Path.Combine(SharedVectors.Folder("DATAMANIFEST_CONFORMANCE"), "fixtures");
        var failures = new List<string>();
        var cases = 0;
        foreach (var file in Directory.GetFiles(folder, "*.expected.json"))
        {
            using var expected = JsonDocument.Parse(File.ReadAllText(file));
            var manifest = ManifestDocument.Parse(File.ReadAllBytes(file.Replace(".expected.json", ".toml", StringComparison.Ordinal)), file);
            foreach (var language in expected.RootElement.GetProperty("resolution").EnumerateObject())
            {
                var ladder = new LoadLadder(manifest.Structural, [], language.Name);
                foreach (var dataset in language.Value.EnumerateObject())
                {
                    var declaration = manifest.Get(dataset.Name)!;
                    Compare($"{Path.GetFileName(file)} {language.Name} {dataset.Name} fetcher", dataset.Value.GetProperty("fetcher"), Fetch(declaration, language.Name));
                    Compare($"{Path.GetFileName(file)} {language.Name} {dataset.Name} loader", dataset.Value.GetProperty("loader"), Load(ladder.Resolve(declaration)));
                }
            }
        }

        Assert.IsGreaterThan(35, cases);
        Assert.IsEmpty(failures, string.Join('\n', failures));

        void Compare(string what, JsonElement expectation, (string Rung, string? Reference) actual)
        {
            cases++;
            var wanted = (expectation.GetProperty("rung").GetString()!, expectation.GetProperty("ref").GetString());
            if (wanted != actual)
            {
                failures.Add($"{what}: expected {wanted}, got {actual}");
            }
        }
    }

    [TestMethod]
    public void Arguments_ofEveryLanguage_areWhatTheFixturesExpect()
    {
        var folder = Path.Combine(SharedVectors.Folder("DATAMANIFEST_CONFORMANCE"), "fixtures");
        using var expected = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "parameterized.expected.json")));
        var manifest = ManifestDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "parameterized.toml")), "parameterized.toml");
        var cases = 0;
        foreach (var language in expected.RootElement.GetProperty("binding_args").EnumerateObject())
        {
            var ladder = new LoadLadder(manifest.Structural, [], language.Name);
            foreach (var dataset in language.Value.EnumerateObject())
            {
                foreach (var site in dataset.Value.EnumerateObject())
                {
                    var declaration = manifest.Get(dataset.Name)!;
                    var binding = site.Name == "fetcher" ? FetchLadder.Resolve(declaration, language.Name).Fetcher! : ladder.Resolve(declaration).Loader!;
                    Assert.AreEqual(Text(site.Value, "args", "[]"), TomlJson.Json(new TomlArray(binding.Arguments)), $"{language.Name} {dataset.Name} {site.Name}");
                    Assert.AreEqual(Text(site.Value, "kwargs", "{}"), TomlJson.Json(binding.KeywordArguments), $"{language.Name} {dataset.Name} {site.Name}");
                    Assert.IsTrue(binding.IsExplicit);
                    cases++;
                }
            }
        }

        Assert.AreEqual(4, cases);

        static string Text(JsonElement site, string name, string absent) => site.TryGetProperty(name, out var value) ? JsonSerializer.Serialize(value) : absent;
    }

    private static (string Rung, string? Reference) Fetch(DatasetDeclaration dataset, string language)
    {
        var step = FetchLadder.Resolve(dataset, language);
        return step.Rung switch
        {
            FetchRung.OwnFetcher => ("own-fetcher", step.Fetcher!.Reference),
            FetchRung.Shell => ("shell", step.Command),
            FetchRung.Delegation => ("delegation", step.Fetcher!.Reference),
            FetchRung.Uri => ("uri", null),
            _ => ("error", null),
        };
    }

    private static (string Rung, string? Reference) Load(LoadStep step) => step.Rung switch
    {
        LoadRung.PerDataset => ("per-dataset", step.Loader!.Reference),
        LoadRung.ManifestFormatDefault => ("manifest-format-default", step.Loader!.Reference),
        LoadRung.BuiltIn => ("built-in", null),
        _ => ("error", null),
    };
}
