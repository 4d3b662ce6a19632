using DataManifest.Fetching;

namespace DataManifest.Archives;

/// <summary>Archives that hold something with a name that the store gives a meaning.</summary>
[TestClass]
public sealed class MarkerNameTests : IDisposable
{
    private readonly FetchScene _scene = new();

    public required TestContext TestContext { get; init; }

    public void Dispose() => _scene.Dispose();

    [TestMethod]
    [DataRow("tar", '5', "", false)]
    [DataRow("tar", '2', "a", true)]
    [DataRow("tar", '2', "nowhere", false)]
    [DataRow("tar", '0', "", true)]
    [DataRow("zip", '5', "", false)]
    [DataRow("zip", '0', "", true)]
    public async Task A_completion_marker_is_taken_as_a_file_and_as_nothing_else(string format, char type, string link, bool isTaken)
    {
        var name = type == '5' ? ".complete/" : ".complete";
        var archive = format == "zip" ? new RawZip().Add("a", "x").Add(name, "").End() : new RawTar().Add("a", content: "x").Add(name, type, link: link).End();
        _scene.Server.Serve($"/a.{format}", archive);
        var manifest = $"[x]\nuri = \"{_scene.Server.Url($"/a.{format}")}\"\nextract = true\nskip_checksum = true\n";
        for (var run = 1; run <= 2; run++)
        {
            var result = (await _scene.FetchAsync(manifest, null, TestContext.CancellationToken)).Results.Single();
            Assert.AreEqual(isTaken ? run == 1 ? FetchOutcome.Fetched : FetchOutcome.AlreadyPresent : FetchOutcome.Failed, result.Outcome, result.Error?.ToString());
            Assert.AreEqual(isTaken, Directory.Exists(_scene.Stored("/a")));
            StringAssert.Contains(result.Error?.Message ?? "completion marker", "completion marker");
        }

        Assert.IsFalse(_scene.StoreEntries().Any(entry => entry.EndsWith(".lock", StringComparison.Ordinal) || entry.Contains(".tmp", StringComparison.Ordinal)));
    }

    [TestMethod]
    public async Task Names_of_locks_and_partials_in_an_archive_are_names()
    {
        string[] names = ["a.lock", "a.tmp.download", "a.tmp.download.resume", "b.1-0123456789ab.tmp"];
        _scene.Server.Serve("/a.zip", names.Aggregate(new RawZip(), (zip, name) => zip.Add(name, "x")).End());
        var result = (await _scene.FetchAsync($"[x]\nuri = \"{_scene.Server.Url("/a.zip")}\"\nextract = true\n", null, TestContext.CancellationToken)).Results.Single();
        Assert.AreEqual(FetchOutcome.Fetched, result.Outcome, result.Error?.ToString());
        CollectionAssert.IsSubsetOf(names, Directory.GetFiles(result.Path).Select(path => Path.GetFileName(path)).ToArray());
    }
}
