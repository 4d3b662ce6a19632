using System.Text.Json;

namespace DataManifest.Tool;

/// <summary>What a script reads: one JSON document, and a pipe that may end early.</summary>
[TestClass]
public sealed class OutputTests : IDisposable
{
    private readonly Playground _ground = new();

    public void Dispose() => _ground.Dispose();

    [TestMethod]
    [DataRow("list")]
    [DataRow("status")]
    [DataRow("show temp")]
    [DataRow("path temp")]
    [DataRow("where")]
    [DataRow("where --scan")]
    [DataRow("config")]
    [DataRow("config show")]
    [DataRow("verify")]
    [DataRow("update-checksums --dry-run")]
    [DataRow("download --dry-run")]
    [DataRow("download")]
    [DataRow("refresh --dry-run")]
    [DataRow("normalize --dry-run")]
    [DataRow("delete temp --dry-run")]
    [DataRow("move temp /elsewhere --dry-run")]
    [DataRow("remove temp --dry-run")]
    [DataRow("export bundle --dry-run")]
    [DataRow("cite")]
    [DataRow("doctor")]
    [DataRow("repair --dry-run")]
    [DataRow("migrate datamanifest.toml --dry-run")]
    [DataRow("add file:///nowhere/x.csv --dry-run")]
    [DataRow("init --folder new --dry-run")]
    public void Reporting_command_prints_one_JSON_document_and_nothing_else(string line)
    {
        _ground.WriteTemp();
        var result = _ground.Run([.. line.Split(' '), "--json"]);
        Assert.AreEqual(0, result.Code, result.Error);
        using var document = JsonDocument.Parse(result.Output);
        Assert.IsTrue(document.RootElement.ValueKind is JsonValueKind.Array or JsonValueKind.Object);
    }

    [TestMethod]
    [DataRow("list", "DM0305")]
    [DataRow("doctor", null)]
    [DataRow("migrate nowhere.toml", "DM1102")]
    [DataRow("import csv nowhere.csv", "DM1102")]
    [DataRow("lst", "DM1101")]
    [DataRow("list --fields nme", "DM1101")]
    public void Command_that_cannot_be_run_prints_one_JSON_document_too(string line, string? code)
    {
        var result = _ground.Run([.. line.Split(' '), "--json"]);
        Assert.AreNotEqual(0, result.Code);
        using var document = JsonDocument.Parse(result.Output);
        if (code is not null)
        {
            Assert.AreEqual(code, document.RootElement.GetProperty("code").GetString());
            Assert.StartsWith($"error {code}: {document.RootElement.GetProperty("error").GetString()}", result.Error);
        }
    }

    [TestMethod]
    public void Reader_that_has_seen_enough_is_no_error()
    {
        _ground.Write("proj/datamanifest.toml", string.Concat(Enumerable.Range(0, 3000).Select(number => $"[d{number}]\nuri = \"https://h.example/{number}.csv\"\n")));
        var result = Shell("{0} list --bare | head -n 1; echo ${PIPESTATUS[0]}");
        Assert.AreEqual("d0\n0\n", result.Output);
        Assert.AreEqual("", result.Error);
    }

    [TestMethod]
    [DataRow("list")]
    [DataRow("list --json")]
    [DataRow("path temp")]
    public void Output_that_cannot_be_written_ends_with_1_and_without_a_stack_trace(string line)
    {
        _ground.WriteTemp();
        var result = Shell($"{{0}} {line} > /dev/full; echo $?");
        Assert.AreEqual("1\n", result.Output);
        Assert.StartsWith("error DM1102: ", result.Error);
        Assert.DoesNotContain("   at ", result.Error);
    }

    [TestMethod]
    [DataRow("> /dev/full", DisplayName = "a full disk")]
    [DataRow(">&-", DisplayName = "closed")]
    public void Messages_that_cannot_be_written_end_nothing(string where)
    {
        _ground.Write("proj/datamanifest.toml", string.Concat(Enumerable.Range(0, 20).Select(i => $"[d{i}]\nuri = \"{i}.txt\"\nkey = \"{i}.txt\"\n")));
        for (var i = 0; i < 20; i++)
        {
            _ground.Write($"proj/{i}.txt", $"{i}");
        }

        Assert.AreEqual("0\n1\n", Shell($"{{0}} download --all 2{where}; echo $?; {{0}} path nothing 2{where}; echo $?").Output);
        Assert.AreEqual("", _ground.Print("list", "--missing", "--bare"));
    }

    private ToolResult Shell(string script)
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Inconclusive("Needs bash and /dev/full.");
        }

        return ToolProcess.Run("bash", _ground.Project, _ground.Environment, "", "-c", script.Replace("{0}", $"dotnet exec '{typeof(ExitCode).Assembly.Location}'", StringComparison.Ordinal));
    }
}
