namespace DataManifest.Tool;

/// <summary>What a person sees on a terminal, and a script does not.</summary>
[TestClass]
public sealed class TerminalTests : IDisposable
{
    private const string Escape = "\e[";
    private const string Link = "\e]8;;";

    /// <summary>What the runtime itself sends to every terminal, so that the keys of the cursor are known.</summary>
    private const string KeypadMode = "\e[?1h\e=";

    private readonly Playground _ground = new();

    public void Dispose() => _ground.Dispose();

    [TestMethod]
    public void Status_is_a_table_with_colours()
    {
        WriteManifest();
        var screen = OnTerminal("status");

        Assert.Contains("╭", screen);
        Assert.Contains("│", screen);
        Assert.Contains(Escape, screen);
        Assert.Contains("missing", screen);
        Assert.IsTrue(Plain(screen).Split('\n').All(line => line.TrimEnd('\r').Length <= 100), "the terminal is 100 columns wide\n" + screen);
    }

    [TestMethod]
    public void List_links_each_dataset_to_its_place()
    {
        WriteManifest();
        var screen = OnTerminal("list");

        Assert.Contains($"{Link}file://{_ground.Root}/data/here.csv\e\\", screen);
        Assert.Contains($"{Escape}32m●", screen);
    }

    [TestMethod]
    public void Produced_artifacts_are_a_tree_on_a_terminal_and_indented_elsewhere()
    {
        WriteManifest();
        foreach (var hash in new[] { new string('a', 64), new string('b', 64) })
        {
            _ground.Write($"cache/regrid/v1/{hash}/config.toml", $"[_META]\nhash = \"{hash}\"\ncachetype = \"regrid\"\nversion = \"v1\"\n");
            _ground.Write($"cache/regrid/v1/{hash}/data.csv", "1\n");
        }

        _ground.Environment["DATAMANIFEST_DATACACHE_DIR"] = _ground.At("cache");
        var screen = Plain(OnTerminal("list", "--all", "--cached"));
        Assert.Contains("◆ regrid @v1", screen);
        Assert.Contains("├── aaaaaaaaaaaa", screen);
        Assert.Contains("└── bbbbbbbbbbbb", screen);
        var piped = _ground.Print("list", "--all", "--cached");
        Assert.Contains("\n    aaaaaaaaaaaa", piped);
        Assert.DoesNotContain("└", piped);
    }

    [TestMethod]
    [DataRow("list")]
    [DataRow("status")]
    [DataRow("show here")]
    [DataRow("doctor")]
    public void Nothing_of_it_is_there_with_NO_COLOR_or_when_piped(string line)
    {
        WriteManifest();
        var plain = ToolProcess.RunInTerminal(_ground.Project, _ground.Environment, line.Split(' '));
        Assert.AreEqual(0, plain.Code, plain.Output);
        Assert.DoesNotContain("\e", plain.Output.Replace(KeypadMode, "", StringComparison.Ordinal));

        _ground.Environment["NO_COLOR"] = null;
        var piped = _ground.Run(line.Split(' '));
        Assert.DoesNotContain("\e", piped.Output + piped.Error);
        Assert.DoesNotContain("╭", piped.Output);
    }

    [TestMethod]
    public async Task Slow_download_shows_a_bar_that_moves_and_goes_away()
    {
        await using var server = LoopbackServer.Start();
        server.Serve("/slow.bin", new byte[1024 * 1024], new ServeOptions { ChunkSize = 64 * 1024, ChunkDelay = TimeSpan.FromMilliseconds(150), Ranges = false });
        _ground.Write("proj/datamanifest.toml", $"[slow]\nuri = \"{server.Url("/slow.bin")}\"\n");

        var screen = OnTerminal("download");

        Assert.Contains("━", screen);
        Assert.MatchesRegex(@"\d(\.\d)?/1(\.0)? MB", Plain(screen));
        Assert.MatchesRegex(@"\d [KM]?B/s", Plain(screen));
        Assert.IsGreaterThan(3, Plain(screen).Split("slow ").Length, "it is drawn anew while data come");
        Assert.IsLessThan(screen.LastIndexOf("\e[?25h", StringComparison.Ordinal), screen.IndexOf("\e[?25l", StringComparison.Ordinal), "the cursor is hidden, and shown again");
    }

    [TestMethod]
    public async Task Piped_download_says_one_line_without_moving_parts()
    {
        await using var server = LoopbackServer.Start();
        server.Serve("/a.bin", new byte[1024]);
        _ground.Write("proj/datamanifest.toml", $"[a]\nuri = \"{server.Url("/a.bin")}\"\n");
        _ground.Environment["NO_COLOR"] = null;

        var result = _ground.Run("download");

        Assert.AreEqual(0, result.Code, result.Error);
        Assert.DoesNotContain("\e", result.Output + result.Error);
        Assert.Contains("fetching a", result.Error);
        Assert.DoesNotContain("\r", result.Error);
    }

    private void WriteManifest()
    {
        _ground.Write("data/here.csv", "1\n");
        _ground.Write("proj/datamanifest.toml", $"[here]\nuri = \"https://h.example/here.csv\"\nstorage_path = \"{_ground.At("data/here.csv")}\"\n\n[temp]\nuri = \"https://h.example/temp.csv\"\n");
    }

    private string OnTerminal(params string[] arguments)
    {
        _ground.Environment["NO_COLOR"] = null;
        var result = ToolProcess.RunInTerminal(_ground.Project, _ground.Environment, arguments);
        _ground.Environment["NO_COLOR"] = "1";
        Assert.AreEqual(0, result.Code, result.Output + result.Error);
        return result.Output;
    }

    /// <summary>A screen without its colours, links and movements.</summary>
    private static string Plain(string screen) => System.Text.RegularExpressions.Regex.Replace(screen, @"\e\][^\e]*\e\\|\e\[[0-9;?]*[A-Za-z]", "");
}
