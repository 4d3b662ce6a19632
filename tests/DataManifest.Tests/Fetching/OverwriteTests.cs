using System.IO.Compression;

namespace DataManifest.Fetching;

[TestClass]
public sealed class OverwriteTests : IDisposable
{
    private readonly FetchScene _scene = new();

    public void Dispose() => _scene.Dispose();

    [TestMethod]
    public async Task Overwritten_dataset_is_fetched_again_though_it_is_there()
    {
        _scene.Server.Serve("/a.csv", "old");
        var manifest = $"[a]\nuri = \"{_scene.Server.Url("/a.csv")}\"\n[b]\nuri = \"{_scene.Server.Url("/a.csv")}\"\nkey = \"b.csv\"\n";
        await _scene.FetchAsync(manifest);
        _scene.Server.Serve("/a.csv", "new");

        var report = await _scene.FetchAsync(manifest, new FetchRequest { Overwrite = new HashSet<string> { "a" } });

        Assert.AreEqual(FetchOutcome.Fetched, report.Results[0].Outcome);
        Assert.AreEqual("new", File.ReadAllText(_scene.Stored("/a.csv")));
        Assert.AreEqual(FetchOutcome.AlreadyPresent, report.Results[1].Outcome);
    }

    [TestMethod]
    public async Task Failed_overwriting_keeps_what_was_there()
    {
        _scene.Server.Serve("/a.csv", "right");
        var manifest = $"[a]\nuri = \"{_scene.Server.Url("/a.csv")}\"\nchecksum = \"{FetchScene.Sha256("right")}\"\n";
        await _scene.FetchAsync(manifest);
        var before = _scene.StoreEntries();
        _scene.Server.Serve("/a.csv", "wrong");

        var report = await _scene.FetchAsync(manifest, new FetchRequest { Overwrite = new HashSet<string> { "a" } });

        Assert.AreEqual("DM0501", report.Results[0].Error?.Code);
        Assert.AreEqual("right", File.ReadAllText(_scene.Stored("/a.csv")));
        Assert.AreSequenceEqual(before, _scene.StoreEntries());
    }

    [TestMethod]
    public async Task Overwritten_archive_is_fetched_and_unpacked_anew()
    {
        _scene.Server.Serve("/x.zip", Zip("old"));
        var manifest = $"[x]\nuri = \"{_scene.Server.Url("/x.zip")}\"\nextract = true\n";
        await _scene.FetchAsync(manifest);
        _scene.Server.Serve("/x.zip", Zip("new"));

        var report = await _scene.FetchAsync(manifest, new FetchRequest { Overwrite = new HashSet<string> { "x" } });

        Assert.AreEqual(FetchOutcome.Fetched, report.Results[0].Outcome, report.Results[0].Error?.Message);
        Assert.AreEqual("new", File.ReadAllText(Path.Combine(_scene.Stored("/x"), "f.txt")));
        Assert.AreSequenceEqual(Zip("new"), File.ReadAllBytes(_scene.Stored("/x.zip")));
    }

    [TestMethod]
    public async Task Checksums_of_changed_data_are_taken_over_in_one_write()
    {
        _scene.Server.Serve("/a.csv", "a");
        _scene.Server.Serve("/b.csv", "b");
        var manifest = $"# mine\n[a]\nuri = \"{_scene.Server.Url("/a.csv")}\"\nchecksum = \"md5:0cc175b9c0f1b6a831c399e269772661\" # by hand\n[b]\nuri = \"{_scene.Server.Url("/b.csv")}\"\n[c]\nuri = \"{_scene.Server.Url("/c.csv")}\"\n";
        await _scene.FetchAsync(manifest, new FetchRequest { Names = ["a", "b"] });
        File.WriteAllText(_scene.Stored("/a.csv"), "b");

        var preview = await _scene.Reopen().UpdateChecksumsAsync(dryRun: true);
        Assert.AreEqual(manifest, File.ReadAllText(_scene.ManifestPath));
        var report = await _scene.Reopen().UpdateChecksumsAsync();

        Assert.AreSequenceEqual(new[] { VerifyOutcome.Wrong, VerifyOutcome.Unpinned, VerifyOutcome.Missing }, report.Results.Select(result => result.Outcome));
        Assert.AreSequenceEqual(preview.Results.Select(result => result.ComputedChecksum), report.Results.Select(result => result.ComputedChecksum));
        var written = File.ReadAllText(_scene.ManifestPath);
        Assert.Contains("# mine\n", written);
        Assert.Contains("checksum = \"md5:92eb5ffee6ae2fec3ad71c777531578f\" # by hand\n", written);
        Assert.Contains($"checksum = \"{FetchScene.Sha256("b")}\"", written);
        Assert.IsTrue((await _scene.Reopen().UpdateChecksumsAsync()).Results.All(result => result.Outcome is VerifyOutcome.Verified or VerifyOutcome.Missing));
    }

    private static byte[] Zip(string content)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create))
        {
            using var entry = new StreamWriter(zip.CreateEntry("f.txt").Open());
            entry.Write(content);
        }

        return bytes.ToArray();
    }
}
