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
    [DataRow("list")]
    [DataRow("list --bare")]
    [DataRow("list --fields name location")]
    [DataRow("status")]
    [DataRow("show here")]
    [DataRow("path here")]
    [DataRow("verify")]
    [DataRow("doctor")]
    [DataRow("cite --style apa")]
    [DataRow("download --dry-run")]
    [DataRow("repair --dry-run")]
    public void Control_characters_of_a_manifest_are_made_visible(string line)
    {
        WriteManifest();
        File.AppendAllText(_ground.Manifest, """
            ["evil\u001b]0;title\u0007\n\u009b5mname"]
            uri = "https://h.example/evil.csv"
            description = "\u001b]0;title\u0007\u202edlot"
            checksum = "\u001b]0;title\u0007"

            """.ReplaceLineEndings("\n"));
        foreach (var noColor in new[] { null, "1" })
        {
            _ground.Environment["NO_COLOR"] = noColor;
            var screen = ToolProcess.RunInTerminal(_ground.Project, _ground.Environment, line.Split(' ')).Output;
            Assert.DoesNotContain("\e]0;", screen);
            Assert.DoesNotContain("\u0007", screen);
            Assert.DoesNotContain("\u009b", screen);
            Assert.DoesNotContain("\u202e", screen);
            Assert.AreEqual(line is not ("show here" or "path here" or "cite --style apa"), screen.Contains(@"evil\u001B]0;title\u0007\n\u009B5mname", StringComparison.Ordinal), screen);
        }
    }

    [TestMethod]
    public void Script_gets_a_name_as_it_is()
    {
        _ground.Write("proj/datamanifest.toml", "[\"a\\u001bb\"]\nuri = \"https://h.example/a.csv\"\n");
        Assert.AreEqual("a\u001bb\n", _ground.Print("list", "--bare"));
        Assert.Contains(@"'x\u001By'", _ground.Run("path", "x\u001by").Error, "messages are for people, wherever they go");
    }

    [TestMethod]
    public void Place_of_an_error_can_be_clicked()
    {
        _ground.Write("proj/datamanifest.toml", "[temp]\nuri = = 1\n");
        _ground.Environment["NO_COLOR"] = null;
        var screen = ToolProcess.RunInTerminal(_ground.Project, _ground.Environment, "list").Output;
        Assert.Contains($"({Link}file://{_ground.Manifest}\e\\datamanifest.toml:2:7{Link}\e\\)", screen);
    }

    [TestMethod]
    public void Files_of_an_unpacked_archive_are_a_tree_that_fits_on_the_screen()
    {
        using (var archive = new MemoryStream())
        {
            using (var zip = new System.IO.Compression.ZipArchive(archive, System.IO.Compression.ZipArchiveMode.Create, leaveOpen: true))
            {
                foreach (var name in Enumerable.Range(10, 80).Select(number => $"many/file{number}.txt").Append("top/deep/one.bin"))
                {
                    using var entry = zip.CreateEntry(name).Open();
                    entry.Write(new byte[2048]);
                }
            }

            _ground.Write("www/maps.zip", archive.ToArray());
        }

        _ground.Write("proj/datamanifest.toml", $"[maps]\nuri = \"file://{_ground.At("www/maps.zip")}\"\nextract = true\n");
        _ground.Print("download");

        var screen = Plain(OnTerminal("show", "maps"));
        Assert.Contains("81 files, 162.0 KiB", screen);
        Assert.Contains("├── many 80 files, 160.0 KiB", screen);
        Assert.Contains("file10.txt 2.0 KiB", screen);
        Assert.MatchesRegex(@"└── … \d+ more", screen);
        Assert.IsLessThan(40, screen.Split('\n').Length);
        Assert.DoesNotContain("many", _ground.Print("show", "maps"));
        using var json = System.Text.Json.JsonDocument.Parse(_ground.Print("show", "maps", "--json"));
        Assert.AreEqual(81, json.RootElement.GetProperty("files").GetArrayLength());
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
