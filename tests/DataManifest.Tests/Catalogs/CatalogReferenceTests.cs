using DataManifest.State;
using DataManifest.Toml;

namespace DataManifest.Catalogs;

/// <summary>What we declare, beside the format's reference tool: the same files imported by both, and our manifests read by it.</summary>
[TestClass]
public sealed class CatalogReferenceTests : IDisposable
{
    private readonly CatalogScene _scene = new();

    public TestContext TestContext { get; set; } = null!;

    public void Dispose() => _scene.Dispose();

    [TestMethod]
    [DataRow(CatalogKind.Csv, "list.csv", "name,url,sha256\n,https://h.example/dir/a.b.csv,\nmy name,https://h.example/x.tar.gz?v=1,\n\"q\"\"q\",rel/c.nc,\n,https://h.example/#frag,\n")]
    [DataRow(CatalogKind.Urls, "list.txt", "# c\nhttps://h.example/.hidden\n  https://h.example/a/b/  \nftp://h.example/é.csv\nhttps://h.example/v.csv#v1.2\nrel\\path.csv\n")]
    [DataRow(CatalogKind.Pooch, "registry.txt", "'single quoted.txt' 5d7f2271ede93a0e708be93cfd5f89335d7f2271ede93a0e708be93cfd5f8933\n\"a\\\"b.csv\" MD5:5D7F2271EDE93A0E708BE93CFD5F8933 https://h.example/ab.csv\nsub/dir/c.nc sha1:5d7f2271ede93a0e708be93cfd5f89335d7f2271\n")]
    public async Task AFile_isImportedByBothAlike(CatalogKind kind, string file, string text)
    {
        _scene.Open();
        var path = _scene.Folder.Write(file, text);
        await ReferenceAsync("import", kind.ToString().ToLowerInvariant(), path, "--base-url", "https://base.example/v1/");
        var theirs = _scene.ManifestText;

        _scene.Open();
        await _scene.ImportAsync(kind, path, request => request with { BaseUrl = "https://base.example/v1/" }, TestContext.CancellationToken);

        Assert.AreEqual(theirs, TomlWriter.ToCanonical(TomlDocument.Parse(_scene.ManifestText).Root));
    }

    [TestMethod]
    public async Task ARecord_thatWeDeclare_isReadAndKeptByTheReference()
    {
        _scene.Answer("https://zenodo.org/api/records/7", """
            {"doi": "10.5281/zenodo.7", "metadata": {"title": "Été", "creators": [{"name": "Lan, Xin"}]}, "files": [
             {"key": "a b.csv", "checksum": "md5:5d7f2271ede93a0e708be93cfd5f8933", "links": {"self": "https://zenodo.org/api/records/7/files/a%20b.csv/content"}},
             {"key": "c.zip", "checksum": "md5:5d7f2271ede93a0e708be93cfd5f8933", "links": {"self": "https://zenodo.org/api/records/7/files/c.zip/content"}}]}
            """);
        await _scene.AddAsync("10.5281/zenodo.7", request => request with { Split = true }, TestContext.CancellationToken);
        await _scene.AddAsync("10.5281/zenodo.7", request => request with { Name = "all" }, TestContext.CancellationToken);
        var ours = _scene.Reopen();
        var text = TomlWriter.ToCanonical(TomlDocument.Parse(_scene.ManifestText).Root);

        foreach (var dataset in ours.Datasets)
        {
            Assert.AreEqual(ours.Locator.StoragePathOf(dataset.Declaration), (await ReferenceAsync("path", dataset.Name)).TrimEnd('\n'));
        }

        await ReferenceAsync("add", "https://h.example/z.csv", "--no-download", "--name", "z");

        Assert.AreEqual(text + "\n[z]\nuri = \"https://h.example/z.csv\"\n", _scene.ManifestText, "it writes back all that we wrote, and nothing else");
    }

    private Task<string> ReferenceAsync(params string[] arguments) => ReferenceTool.RunAsync(
        _scene.Folder, new() { ["DATAMANIFEST_DATASETS_DIR"] = _scene.Folder["store"] }, TestContext.CancellationToken, arguments);
}
