using System.Diagnostics;
using System.Text.RegularExpressions;
using System.IO.Compression;
using System.Text;
using DataManifest.Testing;

namespace DataManifest.Packages;

[TestClass]
public sealed class FeedbackTests
{
    [TestMethod]
    public async Task Transfer_that_takes_long_is_told_of_every_ten_seconds_with_size_speed_and_time_left_and_so_is_a_command_that_says_nothing()
    {
        await using var work = new Workspace();
        work.Server.Serve("/big.bin", new byte[2_000_000], new() { ChunkDelay = TimeSpan.FromMilliseconds(400) });
        work.Write("datasets.toml", $"""
            [big]
            uri = "{work.Server.Url("/big.bin")}"

            [quiet]
            shell = "sh -c 'sleep 11; echo 1 > $download_path'"
            """);
        work.WriteProgram("App", "Console.WriteLine(1);");

        var built = work.Build("App").MustSucceed();
        Assert.Contains("fetching big (2.0 MB) from 127.0.0.1", built.Output);
        Assert.MatchesRegex(@"big: \d+ % of 2\.0 MB, \d[\d.]* kB/s, \d+ s left", built.Output);
        Assert.Contains("fetching quiet from a command", built.Output);
        Assert.Contains("quiet: still waiting for a command", built.Output);
        Assert.MatchesRegex(@"datasets\.toml: 2 of 2 fetched from 127\.0\.0\.1 \(2\.0 MB in \d+\.\d s\), 0 already there", built.Output);
    }

    [TestMethod]
    public async Task Many_datasets_do_not_flood_the_log()
    {
        await using var work = new Workspace();
        var names = Enumerable.Range(1, 40).Select(number => $"d{number}").ToArray();
        foreach (var name in names)
        {
            work.Server.Serve($"/{name}.csv", name);
        }

        work.Write("datasets.toml", string.Concat(names.Select(name => Text.Dataset(name, work.Server.Url($"/{name}.csv"), name))));
        work.WriteProgram("App", "Console.WriteLine(1);");

        var built = work.Build("App").MustSucceed();
        var told = built.Output.Split('\n').Count(line => line.TrimStart().StartsWith("fetching d", StringComparison.Ordinal));
        Assert.IsGreaterThan(0, told);
        Assert.IsLessThan(21, told, built.Output);
        Assert.Contains("40 of 40 fetched from 127.0.0.1", built.Output);
    }

    [TestMethod]
    public async Task Interrupted_build_ends_at_once_and_leaves_what_the_next_one_continues()
    {
        await using var work = new Workspace();
        var body = Enumerable.Range(0, 3_000_000).Select(number => (byte)number).ToArray();
        work.Server.On(
            "/big.bin",
            Serving(body, new() { ETag = "\"1\"", ChunkSize = 1_000_000, ChunkDelay = TimeSpan.FromMilliseconds(20), StallAfter = 2_000_000 }),
            Serving(body, new() { ETag = "\"1\"" }));
        work.Write("datasets.toml", $"[big]\nuri = \"{work.Server.Url("/big.bin")}\"\nchecksum = \"sha256:{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(body))}\"\n");
        work.WriteProgram("App", "Console.WriteLine(1);");
        work.Dotnet("App", "restore").MustSucceed();

        using var build = work.Start("App", "build", "--no-restore", "--nologo", $"-flp:verbosity=detailed;logfile={work.At("build.log")}");
        var output = build.StandardOutput.ReadToEndAsync();

        // What is sent may still be on its way: there is something to continue when it lies on the disk.
        while (work.Server.Requests is not [{ BytesSent: >= 2_000_000 }] || !work.StoredFiles().Any(file => file.EndsWith(".part", StringComparison.Ordinal) && new FileInfo(Path.Combine(work.Store, file)).Length > 0))
        {
            Assert.IsFalse(build.HasExited, "The build ended before it was interrupted.");
            await Task.Delay(20);
        }

        var watch = Stopwatch.StartNew();
        using (var kill = Process.Start("kill", ["-INT", $"{build.Id}"]))
        {
            await kill.WaitForExitAsync();
        }

        // The server would be silent for a minute before the transfer gave up by itself. What MSBuild and the machine add is not the package's; its own part is in the log.
        Assert.IsTrue(build.WaitForExit(TimeSpan.FromSeconds(30)), "The build goes on.");
        var ended = Regex.Match(File.ReadAllText(work.At("build.log")), @"datasets\.toml: cancelled, and ended (\d+) ms later\.");
        Console.WriteLine($"Gone {watch.ElapsedMilliseconds} ms after the signal, the task {ended.Groups[1]} ms after it was told.");
        Assert.IsTrue(ended.Success, File.ReadAllText(work.At("build.log")));
        Assert.IsLessThan(2000, int.Parse(ended.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture));
        Assert.AreNotEqual(0, build.ExitCode);
        Assert.DoesNotContain("error MSB", await output);
        Assert.IsTrue(work.StoredFiles().All(file => file.Contains("big.bin.tmp.download", StringComparison.Ordinal) || file.EndsWith(".lock", StringComparison.Ordinal)), string.Join('\n', work.StoredFiles()));
        Assert.IsEmpty(Directory.GetFiles(work.At("App/obj"), "*.stamp", SearchOption.AllDirectories));

        work.Build("App", "--no-restore").MustSucceed();
        Assert.IsNotNull(work.Server.Requests[1].Header("Range"), "The second build began afresh.");
        Assert.AreSequenceEqual(body, File.ReadAllBytes(Path.Combine(work.Store, "127.0.0.1", "big.bin")));
    }

    [TestMethod]
    public async Task Binary_log_explains_the_run_and_holds_no_secret()
    {
        await using var work = new Workspace();
        work.Server.Serve("/co2.csv", "data");
        work.Server.Serve("/other.csv", "other");
        var address = work.Server.Url("/co2.csv").Replace("http://", "http://alice:opensesame@", StringComparison.Ordinal) + "?token=hiddenvalue";
        work.Write("datasets.toml", Text.Dataset("co2", address, "data") + Text.Dataset("other", work.Server.Url("/other.csv"), "other"));
        work.WriteProgram("App", "Console.WriteLine(1);");

        var shown = new MarkdownPage("docs/reference-msbuild.md").Marked("binary-log").TrimEnd().Split('\n');
        work.Dotnet("App", Readme.Arguments(shown[0])).MustSucceed();
        var first = work.Dotnet("App", Readme.Arguments(shown[1])).MustSucceed().Output;
        Assert.MatchesRegex(@"datasets\.toml is looked at, because no run is recorded for its text", first);
        Assert.MatchesRegex(@"co2: 4 B fetched from http://127\.0\.0\.1:\d+/co2\.csv.* to '.*/127\.0\.0\.1/co2\.csv.*' in \d+\.\d s, sha256:", first);

        File.Delete(Path.Combine(work.Store, "127.0.0.1", "other.csv"));
        work.Build("App", "--no-restore", "-bl:second.binlog").MustSucceed();
        var second = Replay("second.binlog");
        Assert.MatchesRegex(@"datasets\.toml is looked at, because 1 of the recorded paths are gone, among them .*/other\.csv", second);
        Assert.Contains("co2: already at '", second);
        Assert.Contains("other: 5 B fetched from ", second);

        work.SetEnvironment("DATAMANIFEST_DATASETS_POOLS", work.At("pool"));
        work.Build("App", "--no-restore", "-bl:third.binlog").MustSucceed();
        Assert.MatchesRegex("because an environment variable has changed: .*DATAMANIFEST_DATASETS_POOLS", Replay("third.binlog"));

        foreach (var log in (string[])["msbuild.binlog", "second.binlog"])
        {
            var bytes = Unpack(work.At($"App/{log}"));
            Assert.Contains("127.0.0.1", bytes);
            Assert.DoesNotContain("opensesame", bytes);
            Assert.DoesNotContain("hiddenvalue", bytes);
        }

        string Replay(string log) => work.Dotnet("App", "msbuild", log, "-v:diag", "-nologo").MustSucceed().Output;
    }

    [TestMethod]
    public async Task Terminal_shows_what_runs_and_links_an_error_to_its_page()
    {
        if (!OperatingSystem.IsLinux() || !File.Exists("/usr/bin/script"))
        {
            Assert.Inconclusive("Needs the program 'script' of util-linux, which makes pseudo-terminals.");
        }

        await using var work = new Workspace();
        work.Server.Serve("/co2.csv", new byte[300_000], new() { ChunkDelay = TimeSpan.FromMilliseconds(700) });
        work.Write("datasets.toml", Text.Dataset("co2", work.Server.Url("/co2.csv"), "other data"));
        work.WriteProgram("App", "Console.WriteLine(1);");
        work.Dotnet("App", "restore").MustSucceed();
        work.SetEnvironment("TERM", "xterm-256color");

        var shown = work.ExecuteProgram("/usr/bin/script", "-qec", $"cd '{work.At("App")}' && dotnet build --no-restore -tl:on", "/dev/null");
        Assert.MatchesRegex(@"DataManifest.*Fetch.*\(\d+[.,]\d+s\)", shown.Output);
        Assert.Contains("docs/diagnostics.md#dm0501", shown.Output);
        Assert.Contains("datasets.toml(3,12", Text.WithoutColors(shown.Output));
    }

    private static LoopbackHandler Serving(byte[] body, ServeOptions options) => LoopbackServer.Static(body, options);

    /// <summary>All that a binary log holds, its archive of imported files included.</summary>
    private static string Unpack(string log)
    {
        using var file = new GZipStream(File.OpenRead(log), CompressionMode.Decompress);
        using var memory = new MemoryStream();
        file.CopyTo(memory);
        var bytes = memory.ToArray();
        var text = new StringBuilder(Encoding.UTF8.GetString(bytes));
        var start = bytes.AsSpan().IndexOf("PK\x03\x04"u8);
        Assert.IsGreaterThan(0, start, "The log holds no imported files.");
        using var archive = new ZipArchive(new MemoryStream(bytes[start..]));
        foreach (var entry in archive.Entries)
        {
            using var reader = new StreamReader(entry.Open());
            text.Append(reader.ReadToEnd());
        }

        return text.ToString();
    }
}
