using System.Text;
using DataManifest.Diagnostics;
using DataManifest.Storage;
using DataManifest.Testing;

namespace DataManifest;

[TestClass]
public sealed class ManifestFormatTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public TestContext TestContext { get; set; } = null!;

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void Format_givesTheCanonicalTextOfAnyToml()
    {
        var canonical = ManifestFile.Format("b = {x = 1}\na = 'x' # gone\n"u8.ToArray(), "<stdin>");
        Assert.AreEqual("a = \"x\"\n\n[b]\nx = 1\n", canonical.Text);
        Assert.IsTrue(canonical.IsChanged);
        Assert.IsNull(canonical.Warning);
        Assert.IsFalse(ManifestFile.Format(Encoding.UTF8.GetBytes(canonical.Text), "<stdin>").IsChanged);
    }

    [TestMethod]
    [DataRow("[a\n", "DM0101")]
    [DataRow("a = '\u00ff'", "DM0101")]
    public void Format_ofWhatIsNoToml_isACodedErrorWithItsPlace(string text, string code)
    {
        var broken = Assert.ThrowsExactly<ManifestException>(() => ManifestFile.Format(Encoding.Latin1.GetBytes(text), "<stdin>"));
        Assert.AreEqual(code, broken.Code);
        Assert.StartsWith("<stdin>(1,", broken.Message);
    }

    [TestMethod]
    public async Task FormatAsync_writesTheFileOnce()
    {
        var path = _folder.Write("datasets.toml", "# lost\n[b]\nuri='u:b'\n[a]\nuri='u:a'\n");
        var file = new ManifestFile(path, new StorageConfiguration(_folder.Path, null, Hosts.Create(workingDirectory: _folder.Path)));
        Assert.IsTrue((await file.FormatAsync(TestContext.CancellationToken)).IsChanged);
        Assert.AreEqual("[a]\nuri = \"u:a\"\n\n[b]\nuri = \"u:b\"\n", await File.ReadAllTextAsync(path, TestContext.CancellationToken));
        File.SetLastWriteTimeUtc(path, DateTime.UnixEpoch);
        Assert.IsFalse((await file.FormatAsync(TestContext.CancellationToken)).IsChanged);
        Assert.AreEqual(DateTime.UnixEpoch, File.GetLastWriteTimeUtc(path));
        CollectionAssert.AreEqual(new[] { "datasets.toml" }, _folder.Entries().ToArray());
    }

    [TestMethod]
    public async Task W24_FormatAsync_thatTurnsHostPatterns_saysSo()
    {
        var path = _folder.Write("datasets.toml", "[_STORAGE._HOST.\"login*\"]\nscratch = '/a'\n[_STORAGE._HOST.\"*\"]\nscratch = '/b'\n");
        var formatted = await new ManifestFile(path, new StorageConfiguration(_folder.Path, null, Hosts.Create(workingDirectory: _folder.Path))).FormatAsync(TestContext.CancellationToken);
        Assert.AreEqual(DiagnosticRules.HostsTurned, formatted.Warning!.Rule);
        Assert.AreEqual(1, formatted.Warning.Start.Line);
        Assert.AreEqual(formatted.Text, await File.ReadAllTextAsync(path, TestContext.CancellationToken));
    }

    [TestMethod]
    public async Task FormatAsync_ofAFileThatIsNotThere_isACodedError()
    {
        var file = new ManifestFile(_folder["none.toml"], new StorageConfiguration(_folder.Path, null, Hosts.Create(workingDirectory: _folder.Path)));
        Assert.AreEqual(DiagnosticRules.ManifestNotWritable, (await Assert.ThrowsExactlyAsync<DataManifestException>(() => file.FormatAsync(TestContext.CancellationToken))).Rule);
        Assert.IsEmpty(_folder.Entries());
    }
}
