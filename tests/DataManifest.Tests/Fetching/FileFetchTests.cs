using DataManifest.Diagnostics;

namespace DataManifest.Fetching;

/// <summary>Sources of this machine's own.</summary>
[TestClass]
public sealed class FileFetchTests : IDisposable
{
    private readonly FetchScene _scene = new();

    public TestContext TestContext { get; set; } = null!;

    public void Dispose() => _scene.Dispose();

    [TestMethod]
    [DataRow("file://{0}/a b.csv")]
    [DataRow("file://{0}/a%20b.csv")]
    [DataRow("FILE://{0}/a%20b.csv")]
    [DataRow("file://localhost{0}/a%20b.csv")]
    [DataRow("file:{0}/a b.csv")]
    public async Task FetchAsync_takes_every_spelling_of_a_file(string uri)
    {
        _scene.Folder.Write("from/a b.csv", "near");
        var result = await FetchAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, uri, _scene.Folder["from"]));
        Assert.AreEqual("near", File.ReadAllText(result.Path), result.Error?.ToString());
    }

    [TestMethod]
    public async Task FetchAsync_of_a_path_with_a_zero_byte_fails_and_leaves_the_others_alone()
    {
        _scene.Folder.Write("from/a.csv", "near");
        var report = await _scene.FetchAsync(
            $"[x]\nkey = \"x\"\nuri = \"file://{_scene.Folder["from"]}/a%00.csv\"\n[y]\nkey = \"y\"\nuri = \"file://{_scene.Folder["from"]}/a.csv\"\n", null, TestContext.CancellationToken);
        Assert.AreEqual(DiagnosticRules.LocalSourceUnusable, report.Results[0].Error?.Rule, report.Results[0].Error?.ToString());
        Assert.AreEqual(FetchOutcome.Fetched, report.Results[1].Outcome, report.Results[1].Error?.ToString());
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task FetchAsync_gives_a_copy_nobody_elses_rights()
    {
        File.SetUnixFileMode(_scene.Folder.Write("from/tool", "#!/bin/sh\n"), UnixFileMode.SetUser | UnixFileMode.SetGroup | UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var result = await FetchAsync($"file://{_scene.Folder["from"]}/tool");
        Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(result.Path), result.Error?.ToString());
    }

    private async Task<FetchResult> FetchAsync(string uri) =>
        (await _scene.FetchAsync($"[x]\nkey = \"x\"\nuri = \"{uri}\"\n", null, TestContext.CancellationToken)).Results.Single();
}
