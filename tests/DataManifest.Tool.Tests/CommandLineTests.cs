namespace DataManifest.Tool;

/// <summary>Commands in a process of their own: help, mistakes, exit codes, JSON, completion.</summary>
[TestClass]
public sealed class CommandLineTests : IDisposable
{
    private readonly Playground _ground = new();

    public void Dispose() => _ground.Dispose();

    [TestMethod]
    public void Bare_call_prints_every_command_with_help_of_its_own_and_no_promise_of_what_is_not_there()
    {
        var help = _ground.Print();
        foreach (var command in Commands)
        {
            Assert.Contains($"\n  {command} ", help);
        }

        Assert.DoesNotContain("push", help);
        Assert.DoesNotContain("pull", help);
        Assert.DoesNotContain("storage ", help);
    }

    [TestMethod]
    [DynamicData(nameof(CommandNames))]
    public void Help_of_a_command_has_an_example_that_can_be_read(string command)
    {
        var help = _ground.Print(command, "--help");
        Assert.Contains("Examples:\n  ", help);
        Assert.Contains($"datamanifest {command}", help[help.IndexOf("Usage:", StringComparison.Ordinal)..]);
    }

    [TestMethod]
    public void Version_is_the_family_s_line()
    {
        Assert.MatchesRegex(@"^datamanifest \d+\.\d+\.\d+\S*\n$", _ground.Print("--version"));
    }

    [TestMethod]
    [DataRow("dowload", "did you mean 'download'")]
    [DataRow("lsit", "did you mean 'list'")]
    [DataRow("ls", "There is no command 'datamanifest ls'; did you mean 'list'?")]
    [DataRow("rm temp", "did you mean 'remove' or 'delete'?")]
    [DataRow("pull", "did you mean 'download'?")]
    [DataRow("cite --style xx", "Must be one of: 'bibtex', 'apa', 'cff'.")]
    [DataRow("list --missin --bear", "'--bear'")]
    [DataRow("list --dirtyy", "did you mean '--dirty'")]
    [DataRow("path", "NAME")]
    [DataRow("path a b", "takes no further argument 'b'")]
    [DataRow("list --present --missing", "exclude each other")]
    [DataRow("download --delegate --no-delegate", "exclude each other")]
    [DataRow("where --manifest --state-file", "exclude each other")]
    [DataRow("import nothing x.csv", "nothing")]
    [DataRow("push a b", "There is no command")]
    [DataRow("list --fields nme", "did you mean 'name'?")]
    [DataRow("list --fields name xyzzy", "there are kind, name,")]
    public void Command_line_that_cannot_be_understood_ends_with_2_and_says_what_was_meant(string line, string message)
    {
        var result = _ground.Run(line.Split(' '));
        Assert.AreEqual(2, result.Code, result.Error);
        Assert.StartsWith("error DM1101: ", result.Error);
        Assert.Contains(message, result.Error);
        Assert.Contains("--help", result.Error);
        Assert.AreEqual("", result.Output);
    }

    [TestMethod]
    public void Add_that_cannot_fetch_says_that_the_dataset_is_declared()
    {
        _ground.Write("proj/datamanifest.toml", "");
        var result = _ground.Run("add", "file:///nowhere/x.csv", "--name", "x");
        Assert.AreEqual(1, result.Code);
        Assert.StartsWith("error DM0408: ", result.Error);
        Assert.EndsWith("  'x' is declared all the same: 'download' tries again, 'remove' takes it back.\n", result.Error);
        Assert.Contains("[x]\n", _ground.Read("proj/datamanifest.toml"));
        Assert.AreEqual("", result.Output);
    }

    [TestMethod]
    public void Version_is_not_told_to_a_tool_that_looks_for_the_one_of_Python()
    {
        _ground.Environment["DATAMANIFEST_DELEGATED"] = "probe";
        Assert.AreEqual((1, ""), (_ground.Run("--version").Code, _ground.Run("--version").Output));
        _ground.Environment["DATAMANIFEST_DELEGATED"] = "co2";
        Assert.AreEqual(0, _ground.Run("--version").Code);
    }

    [TestMethod]
    public void Verify_says_in_one_line_what_it_found()
    {
        _ground.WriteTemp();
        Assert.AreEqual("1 dataset: 1 missing.\n", _ground.Run("verify").Error);
        _ground.Run("download");
        Assert.AreEqual((0, "", "1 dataset: 1 verified.\n"), _ground.Run("verify") is var right ? (right.Code, right.Output, right.Error) : default);
    }

    [TestMethod]
    public void Verify_ends_with_1_when_a_declaration_is_in_error()
    {
        _ground.Write("proj/datamanifest.toml", "[bad]\nuri = \"https://h.example/bad.csv\"\nchecksum = \"sha256:zz\"\n");
        var result = _ground.Run("verify");
        Assert.AreEqual(1, result.Code);
        Assert.StartsWith("error DM0206: ", result.Error);
    }

    [TestMethod]
    public void Long_options_may_be_cut_short_while_they_stay_clear()
    {
        _ground.WriteTemp();
        Assert.AreEqual("temp\n", _ground.Print("list", "--miss", "--bar"));
        Assert.AreEqual(2, _ground.Run("list", "--o").Code, "--orphan, --outside and --older-than begin alike");
    }

    [TestMethod]
    public void Name_that_finds_nothing_ends_with_1_and_suggests_another()
    {
        _ground.WriteTemp();
        var result = _ground.Run("path", "tmp");
        Assert.AreEqual(1, result.Code);
        Assert.AreEqual("error DM0221: No dataset is called 'tmp'; did you mean 'temp'?\n", result.Error);
    }

    [TestMethod]
    public void Second_manifest_in_the_folder_is_told_of_unless_one_was_named()
    {
        _ground.WriteTemp();
        _ground.Write("proj/datasets.toml", "[other]\nuri = \"https://h.example/other.csv\"\n");
        var result = _ground.Run("list", "--missing", "--bare");
        Assert.AreEqual("temp\n", result.Output);
        Assert.AreEqual(
            "warning DM0607: 'datamanifest.toml' is used; datasets.toml in the same folder is not.\n  Put the datasets into one file, or name the other one with DATAMANIFEST_TOML.\n", result.Error);

        _ground.Environment["DATAMANIFEST_TOML"] = _ground.At("proj/datasets.toml");
        result = _ground.Run("list", "--missing", "--bare");
        Assert.AreEqual(("other\n", ""), (result.Output, result.Error));
    }

    [TestMethod]
    public void Missing_manifest_is_told_with_a_remedy()
    {
        var result = _ground.Run("list");
        Assert.AreEqual(1, result.Code);
        Assert.StartsWith("error DM0305: There is no manifest", result.Error);
        Assert.DoesNotContain("   at ", result.Error);
    }

    [TestMethod]
    public void Manifest_that_is_no_TOML_is_told_with_line_and_column()
    {
        _ground.Write("proj/datamanifest.toml", "[temp]\nuri = = 1\n");
        var result = _ground.Run("path", "temp");
        Assert.AreEqual(1, result.Code);
        Assert.MatchesRegex(@"^error DM0101: .* \(datamanifest\.toml:2:7\)\n$", result.Error);
    }

    [TestMethod]
    public void Failed_download_points_at_the_dataset_s_line()
    {
        _ground.Write("proj/datamanifest.toml", "# a comment\n\n[temp]\nuri = \"file:///nowhere/temp.csv\"\n");
        var result = _ground.Run("download");
        Assert.AreEqual(1, result.Code);
        Assert.Contains("error DM0408: ", result.Error);
        Assert.Contains("(datamanifest.toml:4:7)", result.Error);
    }

    [TestMethod]
    public void Damaged_archive_is_told_of_at_its_address_and_not_at_its_checksum()
    {
        _ground.Write("proj/a.zip", "no archive");
        _ground.Write("proj/datamanifest.toml", $"[a]\nuri = \"a.zip\"\nextract = true\nchecksum = \"sha256:{new string('0', 64)}\"\n");
        var result = _ground.Run("download");
        Assert.AreEqual(1, result.Code);
        Assert.Contains("error DM0512: ", result.Error);
        Assert.Contains("(datamanifest.toml:2:7)", result.Error);
    }

    [TestMethod]
    public void Password_in_an_address_is_never_printed()
    {
        _ground.Write("proj/datamanifest.toml", "[temp]\nuri = \"http://me:hush@127.0.0.1:1/temp.csv?token=whisper\"\n");
        foreach (var command in new[] { "download --dry-run", "list --all", "status", "doctor", "list --json" })
        {
            var result = _ground.Run(command.Split(' '));
            Assert.DoesNotContain("hush", result.Output + result.Error, command);
            Assert.DoesNotContain("whisper", result.Output + result.Error, command);
        }
    }

    [TestMethod]
    [DataRow("dataset_dir /data", "did you mean 'datasets_dir'?")]
    [DataRow("canonical maybe", "has no effect")]
    [DataRow("lock_stale_age soon", "has no effect")]
    [DataRow("lock_stale_age inf", "")]
    [DataRow("canonical on", "")]
    [DataRow("scratch /s", "")]
    public void Setting_that_is_probably_not_meant_is_written_and_doubted(string setting, string doubt)
    {
        _ground.WriteTemp();
        var result = _ground.Run(["config", "set", .. setting.Split(' ')]);
        Assert.AreEqual(0, result.Code, result.Error);
        Assert.Contains($"{setting.Split(' ')[0]} = ", _ground.Read("proj/.datamanifest/config.toml"));
        Assert.AreEqual(doubt.Length > 0, result.Error.StartsWith("warning DM1110: ", StringComparison.Ordinal), result.Error);
        Assert.Contains(doubt, result.Error);
    }

    [TestMethod]
    [DataRow("notaurl", "DM0901", "has no such file")]
    [DataRow("example.org/data.csv", "DM0901", "Did you mean 'https://example.org/data.csv'?")]
    [DataRow("foo:bar", "DM0406", "--no-download")]
    public void Add_of_what_nothing_could_fetch_leaves_the_manifest(string reference, string code, string message)
    {
        _ground.WriteTemp();
        var before = _ground.Read("proj/datamanifest.toml");
        var result = _ground.Run("add", reference);
        Assert.AreEqual(1, result.Code);
        Assert.StartsWith($"error {code}: ", result.Error);
        Assert.Contains(message, result.Error);
        Assert.AreEqual(before, _ground.Read("proj/datamanifest.toml"));
        _ground.Print("add", reference, "--no-download", "--name", "later");
        Assert.Contains("[later]", _ground.Read("proj/datamanifest.toml"));
    }

    [TestMethod]
    public void Password_in_an_address_that_is_added_is_told_of_at_its_line_and_not_shown()
    {
        _ground.Write("proj/datamanifest.toml", "[_META]\nschema = 1\n");
        var result = _ground.Run("add", "https://anna:s3cret@example.org/a.csv?token=t0ken", "--no-download", "--name", "a");
        Assert.AreEqual(0, result.Code, result.Error);
        Assert.Contains("warning DM0223: 'uri' of dataset 'a' has a password, a token or a signature in it", result.Error);
        Assert.Contains("(datamanifest.toml:5:7)", result.Error);
        Assert.DoesNotContain("s3cret", result.Error);
        Assert.DoesNotContain("t0ken", result.Error);
    }

    [TestMethod]
    [DataRow("ls", "dir", "find", "search", "ll")]
    [DataRow("rm", "del", "uninstall", "clean", "prune", "gc")]
    [DataRow("get", "sync", "install", "restore", "checkout")]
    [DataRow("mv", "rename", "cp", "copy", "info", "inspect", "cat")]
    [DataRow("check", "fsck", "new", "create", "update", "upgrade", "pin", "lock")]
    public void Word_of_another_tool_leads_to_commands_that_there_are(params string[] words)
    {
        foreach (var word in words)
        {
            var error = _ground.Run(word).Error;
            var meant = error[error.IndexOf("did you mean '", StringComparison.Ordinal)..error.IndexOf('?', StringComparison.Ordinal)].Split('\'').Where((_, part) => part % 2 == 1).ToArray();
            Assert.IsNotEmpty(meant, error);
            Assert.IsEmpty(meant.Except(Commands), error);
        }
    }

    /// <summary>The commands of the help page.</summary>
    public static IEnumerable<object[]> CommandNames => Commands.Select(command => new object[] { command });

    private static string[] Commands =>
    [
        "init", "add", "import", "download", "path", "list", "status", "show", "verify", "repair", "update-checksums", "outdated", "cite", "remove", "where", "config", "refresh",
        "normalize", "delete", "move", "export", "format", "migrate", "doctor", "fetch", "completion",
    ];
}
