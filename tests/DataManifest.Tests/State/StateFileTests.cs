using System.Diagnostics;
using System.Runtime.Versioning;
using DataManifest.Diagnostics;
using DataManifest.Storage;

namespace DataManifest.State;

[TestClass]
public sealed class StateFileTests : IDisposable
{
    private const string Text = "[_META]\nschema = 5\n\n[datasets.k]\nstorage_path = \"data/k\"\n";

    private readonly ScratchFolder _project = new();

    public TestContext TestContext { get; set; } = null!;

    private string File => _project[".datamanifest/state.toml"];

    public void Dispose() => _project.Dispose();

    [TestMethod]
    public async Task Update_ofManyWritersAtOnce_losesNoRecord()
    {
        var problems = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => RecordAsync($"k{i}"), TestContext.CancellationToken)));

        Assert.IsTrue(problems.All(problem => problem is null), problems.FirstOrDefault(problem => problem is not null)?.Message);
        Assert.HasCount(20, State().Current.Datasets);
        CollectionAssert.AreEqual(new[] { ".datamanifest", ".datamanifest/.gitignore", ".datamanifest/state.toml" }, _project.Entries().ToArray());
    }

    [TestMethod]
    public async Task Update_ofManyProcessesAtOnce_losesNoRecord()
    {
        var writers = Enumerable.Range(0, 20).Select(i => Process.Start(new ProcessStartInfo(
            Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet",
            [Path.Combine(AppContext.BaseDirectory, "DataManifest.StoreWriter.dll"), "record", _project.Path, $"k{i}"]) { RedirectStandardOutput = true })!).ToList();
        foreach (var writer in writers)
        {
            using (writer)
            {
                Assert.AreEqual("recorded", (await writer.StandardOutput.ReadToEndAsync(TestContext.CancellationToken)).Trim());
                await writer.WaitForExitAsync(TestContext.CancellationToken);
            }
        }

        CollectionAssert.AreEquivalent(Enumerable.Range(0, 20).Select(i => $"k{i}").ToList(), State().Current.Datasets.Keys.ToList());
    }

    [TestMethod]
    public async Task Update_thatChangesNothing_writesNothing()
    {
        _project.Write(".datamanifest/state.toml", "# mine\n" + Text);
        var before = System.IO.File.GetLastWriteTimeUtc(File);

        Assert.IsNull(await State().UpdateAsync(document => document.SetDataset("k", "data/k", ""), TestContext.CancellationToken));

        Assert.AreEqual(before, System.IO.File.GetLastWriteTimeUtc(File));
        Assert.AreEqual("# mine\n" + Text, System.IO.File.ReadAllText(File));
        CollectionAssert.AreEqual(new[] { ".datamanifest", ".datamanifest/state.toml" }, _project.Entries().ToArray());
    }

    [TestMethod]
    [DataRow("x = = 1\n")]
    [DataRow("[_META]\nschema = 5\n\n[datasets.k]\nstorage_path = \"dat")]
    public async Task Update_ofADamagedFile_keepsItAsideAndWritesANewOne(string damaged)
    {
        _project.Write(".datamanifest/state.toml", damaged);
        _project.Write(".datamanifest/state.toml.damaged", "an older one");
        var state = State();
        Assert.IsEmpty(state.Current.Datasets);
        Assert.AreEqual(DiagnosticRules.UnreadableState, state.Problem?.Rule);

        var problem = await state.UpdateAsync(document => document.RegisterDataset("k", "data/k"), TestContext.CancellationToken);

        Assert.AreEqual(DiagnosticRules.UnreadableState, problem?.Rule);
        Assert.AreEqual(Text, System.IO.File.ReadAllText(File));
        Assert.AreEqual(damaged, System.IO.File.ReadAllText(File + ".damaged.2"));
        Assert.AreEqual("an older one", System.IO.File.ReadAllText(File + ".damaged"));
        Assert.HasCount(1, state.Current.Datasets);
        Assert.IsNull(state.Problem);
    }

    [TestMethod]
    public void Problem_ofTextThatIsNotUtf8_saysWhere()
    {
        _project.Write(".datamanifest/state.toml", [.. "[_META]\nschema = 5\n# "u8, 0xFF, 0x0A]);

        Assert.AreEqual(DiagnosticRules.UnreadableState, State().Problem?.Rule);
        Assert.AreEqual(3, State().Problem?.Position.Line);
    }

    [TestMethod]
    public async Task Update_ofGarbageLargerThanAnyStateFile_keepsItAside()
    {
        Directory.CreateDirectory(_project[".datamanifest"]);
        using (var stream = System.IO.File.Create(File))
        {
            stream.SetLength(300L * 1024 * 1024); // sparse
        }

        Assert.AreEqual(DiagnosticRules.UnreadableState, (await RecordAsync("k"))?.Rule);
        Assert.AreEqual(Text, System.IO.File.ReadAllText(File));
        Assert.AreEqual(300L * 1024 * 1024, new FileInfo(File + ".damaged").Length);
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    [UnsupportedOSPlatform("windows")]
    public async Task Update_keepsPermissionsAndALink()
    {
        var shared = _project.Write("shared/state.toml", Text);
        System.IO.File.SetUnixFileMode(shared, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite);
        Directory.CreateDirectory(_project[".datamanifest"]);
        System.IO.File.CreateSymbolicLink(File, "../shared/state.toml");

        Assert.IsNull(await RecordAsync("other"));

        Assert.AreEqual("../shared/state.toml", new FileInfo(File).LinkTarget);
        Assert.HasCount(2, StateDocument.Parse(System.IO.File.ReadAllText(shared)).Datasets);
        Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite, System.IO.File.GetUnixFileMode(shared));
    }

    [TestMethod]
    public async Task Update_whereNoFolderCanBeMade_isAWarning()
    {
        _project.Write(".datamanifest", "a file where the folder should be");

        var problem = await RecordAsync("k");

        Assert.AreEqual(DiagnosticRules.StateNotRecorded, problem?.Rule);
        StringAssert.Contains(problem!.Message, _project.Path);
    }

    [TestMethod]
    public async Task Update_takesTheLockOfADeadProcess()
    {
        using var gone = Process.Start(new ProcessStartInfo("dotnet", ["--version"]) { RedirectStandardOutput = true })!;
        await gone.WaitForExitAsync(TestContext.CancellationToken);
        _project.Write(".datamanifest/state.toml.lock", $"{gone.Id} {System.Net.Dns.GetHostName()}");
        var leftover = _project.Write($".datamanifest/state.toml.{gone.Id}-0123456789ab.tmp", "half");

        Assert.IsNull(await RecordAsync("k"));

        Assert.AreEqual(Text, System.IO.File.ReadAllText(File));
        Assert.IsFalse(System.IO.File.Exists(leftover));
        Assert.IsFalse(System.IO.File.Exists(File + ".lock"));
    }

    [TestMethod]
    public async Task Update_thatIsCancelledWhileItWaits_endsWithoutAChange()
    {
        _project.Write(".datamanifest/state.toml.lock", $"{Environment.ProcessId} {System.Net.Dns.GetHostName()}");
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));

        await Assert.ThrowsAsync<OperationCanceledException>(() => State().UpdateAsync(document => document.RegisterDataset("k"), stop.Token));

        Assert.IsFalse(System.IO.File.Exists(File));
    }

    [TestMethod]
    public void Current_seesWhatAnotherWriterHasWritten()
    {
        var state = State();
        Assert.IsEmpty(state.Current.Datasets);
        _project.Write(".datamanifest/state.toml", Text);
        Assert.IsTrue(SpinWait.SpinUntil(() => state.Current.Datasets.Count == 1, TimeSpan.FromSeconds(10)));
    }

    [TestMethod]
    [DataRow("data/k", "data/k")]
    [DataRow("./data//k/", "data/k")]
    [DataRow("", ".")]
    [DataRow("../outside", null)]
    public void Portable_isRelativeBelowTheRoot(string path, string? expected)
    {
        var full = Path.Combine(_project.Path, path);
        var recorded = State().Portable(full);

        Assert.AreEqual(expected ?? Path.GetFullPath(full), recorded);
        Assert.AreEqual(Path.TrimEndingDirectorySeparator(Path.GetFullPath(full)), State().Resolve(recorded));
    }

    [TestMethod]
    public void Resolve_ofTextThatIsNoPath_isNothing()
    {
        Assert.IsNull(State().Resolve(""));
        Assert.IsNull(State().Resolve("a\0b"));
    }

    private StateFile State() => new(new StorageConfiguration(_project.Path, null));

    private Task<StorageDiagnostic?> RecordAsync(string key) => State().UpdateAsync(document => document.RegisterDataset(key, $"data/{key}"), TestContext.CancellationToken);
}
