using System.Net;
using System.Net.Sockets;

namespace DataManifest.Fetching;

[TestClass]
public sealed class OfflineTests : IDisposable
{
    private readonly FetchScene _scene = new();

    public required TestContext TestContext { get; init; }

    public void Dispose() => _scene.Dispose();

    [TestMethod]
    public async Task FetchAsync_offline_usesAMirrorThatIsHere_andDoesNotAskTheSource()
    {
        _scene.Server.Serve("/a.txt", "a");
        _scene.Folder.Write("project/copies/a.txt", "a");
        var report = await _scene.FetchAsync(
            $"[a]\nuri = \"{_scene.Server.Url("/a.txt")}\"\n[a._DOTNET]\nmirrors = [\"{_scene.Server.Url("/a.txt", "localhost")}\", \"copies/a.txt\"]\n", new FetchRequest { Offline = true }, TestContext.CancellationToken);
        Assert.AreEqual(FetchOutcome.Fetched, report.Results[0].Outcome, report.Results[0].Error?.ToString());
        Assert.IsEmpty(report.Warnings);
        Assert.IsEmpty(_scene.Server.Requests);
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public async Task FetchAsync_offline_usesWhatIsHere_andOpensNoSocketAndNoProcess(bool byVariable)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var host = $"127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";
        var mark = _scene.Folder["ran"];
        _scene.Folder.Write("bin/datamanifest", $"#!/bin/sh\necho x >> '{mark}'\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_scene.Folder["bin/datamanifest"], UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        _scene.Variables["PATH"] = $"{_scene.Folder["bin"]}:/usr/bin:/bin";
        _scene.Variables["DATAMANIFEST_OFFLINE"] = byVariable ? "1" : "0";
        _scene.Variables["HTTP_PROXY"] = $"http://{host}";
        _scene.Folder.Write("project/local.txt", "local");
        _scene.Folder.Write("store/127.0.0.1/present.txt", "present");
        _scene.Folder.Write("store/127.0.0.1/present.txt.complete", "");
        _scene.Folder.Write("store/packed.zip", "");
        _scene.Folder.Write("store/packed.zip.complete", "");
        _scene.Folder.Write("store/127.0.0.1/unmarked.txt", "unmarked");
        _scene.Folder.Write("pool/127.0.0.1/pooled.txt", "pooled");
        _scene.Folder.Write("pool/127.0.0.1/pooled.txt.complete", "");
        var database = _scene.Open($"""
            [_STORAGE]
            datasets_pools = ["{_scene.Folder["pool"]}"]
            [local]
            uri = "local.txt"
            [present]
            uri = "http://{host}/present.txt"
            requires = ["missing"]
            [unmarked]
            uri = "http://{host}/unmarked.txt"
            checksum = "{FetchScene.Sha256("unmarked")}"
            [pooled]
            uri = "http://{host}/pooled.txt"
            checksum = "{FetchScene.Sha256("pooled")}"
            [missing]
            uri = "http://me:secret@{host}/missing.txt"
            [batch]
            uris = ["http://{host}/b/1.txt", "http://{host}/b/2.txt"]
            [mirrored]
            uri = "nowhere.txt"
            checksum = "{FetchScene.Sha256("x")}"
            [mirrored._DOTNET]
            mirrors = ["http://{host}/mirrored.txt"]
            [made]
            key = "made.txt"
            shell = "touch {mark}"
            [foreign]
            key = "foreign.txt"
            _LANG.python.fetcher = "m:f"
            [packed]
            key = "packed.zip"
            extract = true
            _LANG.python.fetcher = "m:f"
            [own]
            key = "own.txt"
            fetcher = "A.B:C"
            [cloned]
            uri = "git://{host}/x.git"
            [dependent]
            uri = "http://{host}/dependent.txt"
            requires = ["missing"]
            """);
        var report = await database.FetchAsync(new FetchRequest { Offline = !byVariable }, null, TestContext.CancellationToken);
        var codes = report.Results.Select(result => $"{result.Dataset.Name} {result.Error?.Code ?? result.Outcome.ToString()}").ToArray();
        CollectionAssert.AreEqual(
            new[]
            {
                "local Fetched", "present AlreadyPresent", "unmarked Adopted", "pooled AlreadyPresent", "missing DM0444", "batch DM0444", "mirrored DM0408",
                "made DM0444", "foreign DM0444", "packed DM0444", "own DM0444", "cloned DM0444", "dependent DM0409",
            },
            codes,
            string.Join('\n', report.Results.Select(result => result.Error?.ToString())));
        foreach (var missing in report.Results.Where(result => result.Error?.Code == "DM0444"))
        {
            StringAssert.Contains(missing.Error!.Message, $"'{missing.Dataset.Name}'");
            StringAssert.Contains(missing.Error.Message, "offline mode");
            Assert.DoesNotContain("secret", missing.Error.Message);
        }

        StringAssert.Contains(report.Results[4].Error!.Message, $"http://{host}/missing.txt");
        Assert.IsFalse(listener.Pending(), "a connection was opened");
        Assert.IsFalse(File.Exists(mark), "a program was run");
        Assert.IsEmpty(_scene.StoreEntries().Where(entry => entry.Contains("missing", StringComparison.Ordinal) || entry.EndsWith(".lock", StringComparison.Ordinal)));
    }

    [TestMethod]
    public async Task FetchAsync_offline_unpacksAnArchiveThatIsHere_andAsksNobodyWhenItIsWrong()
    {
        using var archive = new MemoryStream();
        using (var zip = new System.IO.Compression.ZipArchive(archive, System.IO.Compression.ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = new StreamWriter(zip.CreateEntry("a.txt").Open());
            entry.Write("1");
        }

        _scene.Server.Serve("/d.zip", archive.ToArray());
        var manifest = $"[d]\nuri = \"{_scene.Server.Url("/d.zip")}\"\nextract = true\nchecksum = \"{FetchScene.Sha256("1")}\"\n";
        await _scene.FetchAsync(manifest, null, TestContext.CancellationToken);
        Directory.Delete(_scene.Stored("/d"), recursive: true);
        var offline = new FetchRequest { Offline = true };
        Assert.AreEqual(FetchOutcome.Fetched, (await _scene.FetchAsync(manifest, offline, TestContext.CancellationToken)).Results[0].Outcome);

        Directory.Delete(_scene.Stored("/d"), recursive: true);
        var wrong = await _scene.FetchAsync(manifest.Replace(FetchScene.Sha256("1"), FetchScene.Sha256("2"), StringComparison.Ordinal), offline, TestContext.CancellationToken);
        Assert.AreEqual("DM0444", wrong.Results[0].Error?.Code, wrong.Results[0].Error?.ToString());
        Assert.AreEqual(1, _scene.Server.Count("/d.zip"));
    }
}
