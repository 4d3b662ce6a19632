namespace DataManifest.Tool;

/// <summary>What a shell offers while somebody types.</summary>
[TestClass]
public sealed class CompletionTests : IDisposable
{
    private readonly Playground _ground = new();

    public void Dispose() => _ground.Dispose();

    [TestMethod]
    public void Completion_offers_commands_options_and_datasets()
    {
        _ground.WriteTemp();
        Assert.Contains("download\n", Suggest("datamanifest "));
        Assert.Contains("--missing\n", Suggest("datamanifest list --mi"));
        Assert.AreEqual("temp\n", Suggest("datamanifest path te"));
        foreach (var shell in new[] { "bash", "zsh", "fish", "pwsh" })
        {
            Assert.Contains("[suggest:", _ground.Print("completion", shell));
        }
    }

    [TestMethod]
    [DataRow("datamanifest path te", "temp")]
    [DataRow("datamanifest path gr", "grid/north")]
    [DataRow("datamanifest path ev", @"evil\$\(touch\ proof\)\ \`touch\ proof\`")]
    [DataRow("datamanifest download temp gr", "grid/north")]
    [DataRow("datamanifest list --mis", "--missing")]
    [DataRow("datamanifest dow", "download")]
    [DataRow("datamanifest path x:y", "yz")]
    public void Script_for_bash_completes_in_bash_and_expands_nothing(string line, string expected)
    {
        _ground.WriteTemp();
        File.AppendAllText(_ground.Manifest, "[\"grid/north\"]\nuri = \"https://h.example/n\"\n[\"evil$(touch proof) `touch proof`\"]\nuri = \"https://h.example/e\"\n[\"x:yz\"]\nuri = \"https://h.example/c\"\n");
        _ground.Write("bin/datamanifest", $"#!/bin/sh\nexec dotnet exec '{typeof(ExitCode).Assembly.Location}' \"$@\"\n");
        ToolProcess.Run("chmod", _ground.Root, _ground.Environment, "", "+x", _ground.At("bin/datamanifest"));
        _ground.Environment["PATH"] = $"{_ground.At("bin")}:{Environment.GetEnvironmentVariable("PATH")}";
        var words = line.Replace(":", " : ", StringComparison.Ordinal).Split(' ');
        var script = $"source <(datamanifest completion bash); COMP_LINE='{line}'; COMP_POINT={line.Length}; COMP_WORDS=({string.Join(' ', words)}); COMP_CWORD={words.Length - 1}; _datamanifest; echo \"${{COMPREPLY[@]}}\"";
        var result = ToolProcess.Run("bash", _ground.Project, _ground.Environment, "", "-c", script);
        Assert.AreEqual($"{expected}\n", result.Output, result.Error);
        Assert.IsFalse(File.Exists(_ground.At("proj/proof")), "a name was run");
    }

    private string Suggest(string line) => _ground.Print($"[suggest:{line.Length}]", line);
}
