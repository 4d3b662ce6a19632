using DataManifest.Diagnostics;
using DataManifest.Toml;

namespace DataManifest.Catalogs;

/// <summary>The format's recorded runs of <c>add</c> with single addresses.</summary>
[TestClass]
public sealed class AddScenarioTests : IDisposable
{
    private readonly CatalogScene _scene = new();

    public TestContext TestContext { get; set; } = null!;

    public void Dispose() => _scene.Dispose();

    [TestMethod]
    public async Task Addresses_areAddedAsRecorded()
    {
        var scenario = CatalogVectors.Scenario("add");
        foreach (var file in scenario.GetProperty("files").EnumerateObject())
        {
            _scene.Folder.Write(file.Name, file.Value.TryGetProperty("text", out var text) ? System.Text.Encoding.UTF8.GetBytes(text.GetString()!) : Convert.FromHexString(file.Value.GetProperty("hex").GetString()!));
        }

        _scene.Open();
        foreach (var step in scenario.GetProperty("steps").EnumerateArray())
        {
            var arguments = step.GetProperty("argv").EnumerateArray().Select(word => Placed(word.GetString()!)).ToList();
            if (arguments[0] == "remove")
            {
                await new ManifestFile(_scene.Reopen().Manifest.Path, _scene.Reopen().Locator.Storage).RemoveAsync(arguments[1], TestContext.CancellationToken);
            }
            else if (arguments[0] == "add")
            {
                await AddAsync(arguments, step.GetProperty("exit").GetInt32(), step.GetProperty("stdout").GetString()!);
            }

            if (step.TryGetProperty("after", out var after))
            {
                Assert.AreEqual(Placed(after.GetProperty("manifest").GetString()!), TomlWriter.ToCanonical(TomlDocument.Parse(_scene.ManifestText).Root), string.Join(' ', arguments));
            }
        }
    }

    private async Task AddAsync(List<string> arguments, int exit, string output)
    {
        var request = new AddRequest(arguments[1])
        {
            Name = new[] { "--name", "-n" }.Select(option => arguments.IndexOf(option)).Where(at => at > 0).Select(at => arguments[at + 1]).FirstOrDefault(""),
            Overwrite = arguments.Contains("--overwrite"),
            Extract = arguments.Contains("--extract"),
            Lazy = arguments.Contains("--lazy"),
            Download = !arguments.Contains("--no-download"),
        };
        try
        {
            var report = await _scene.Reopen().AddAsync(request, null, TestContext.CancellationToken);
            Assert.AreEqual(output.TrimEnd('\n'), report.ToText());
            Assert.AreEqual(exit != 0, report.HasFailures, string.Join(' ', arguments));
        }
        catch (DataManifestException taken) when (taken.Rule == DiagnosticRules.NameTaken)
        {
            Assert.AreEqual(1, exit);
        }
    }

    private string Placed(string text) => text.Replace("{ROOT_NOSLASH}", _scene.Folder.Path.TrimStart('/'), StringComparison.Ordinal).Replace("{ROOT}", _scene.Folder.Path, StringComparison.Ordinal);
}
