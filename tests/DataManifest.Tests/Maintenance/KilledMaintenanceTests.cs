using System.Diagnostics;
using System.Security.Cryptography;
using DataManifest.Fetching;

namespace DataManifest.Maintenance;

/// <summary>Processes of their own that are killed at any moment of moving and deleting.</summary>
[TestClass]
public sealed class KilledMaintenanceTests : IDisposable
{
    private const int Files = 12;
    private const int Folders = 6;

    private readonly StoreScene _scene = new();
    private readonly Dictionary<string, byte[]> _contents = [];

    public TestContext TestContext { get; set; } = null!;

    private CancellationToken Cancellation => TestContext.CancellationToken;

    public void Dispose() => _scene.Dispose();

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public async Task A_move_killed_at_any_moment_loses_nothing(bool isAcrossVolumes)
    {
        if (isAcrossVolumes && !Directory.Exists("/dev/shm"))
        {
            return; // A second volume that every account may write to is there on Linux alone.
        }

        var target = isAcrossVolumes ? Directory.CreateDirectory($"/dev/shm/datamanifest-test-{Guid.NewGuid():N}").FullName : _scene.Folder["new"];
        try
        {
            Fill(isAcrossVolumes ? 300_000 : 10_000);
            for (var round = 0; round < 8; round++)
            {
                await RunAsync(TimeSpan.FromMilliseconds(Random.Shared.Next(20, 500)), "move", _scene.ManifestPath, _scene.Store, target);
                await AssertFoundAsync();
            }

            // What the killed ones have left behind does not stop the next, and goes with it.
            var report = await _scene.Reopen().NormalizeAsync(cancellationToken: Cancellation);
            Assert.IsFalse(report.HasFailures, report.Results.FirstOrDefault(result => result.Error is not null)?.Error?.Message);
            await AssertFoundAsync();
            var there = await _scene.Reopen().MoveAsync(ObjectSelection.Of(new ObjectFilter()), target, cancellationToken: Cancellation);
            Assert.AreEqual(Files + Folders, there.Changed, there.Results.FirstOrDefault(result => result.Error is not null)?.Error?.Message);
            Assert.AreEqual(Files + Folders, (await _scene.Reopen().NormalizeAsync(cancellationToken: Cancellation)).Changed);
            await AssertFoundAsync();
            Assert.IsEmpty(Directory.GetFiles(target, "*", SearchOption.AllDirectories));
            Assert.IsFalse(Directory.EnumerateFileSystemEntries(_scene.Store).Any(path => path.EndsWith(".tmp", StringComparison.Ordinal) || path.EndsWith(".lock", StringComparison.Ordinal)));
        }
        finally
        {
            if (isAcrossVolumes)
            {
                Directory.Delete(target, recursive: true);
            }
        }
    }

    [TestMethod]
    public async Task A_moved_file_that_got_no_marker_is_found_by_the_next_fetch()
    {
        Fill(10_000);
        await _scene.Reopen().MoveAsync(ObjectSelection.Of(new ObjectFilter()), _scene.Folder["new"], cancellationToken: Cancellation);
        File.Delete(_scene.Folder["new/d0.complete"]);
        Assert.AreEqual(_scene.Folder["new/d0"], await PathAfterOfflineFetchAsync("d0"));
        await AssertFoundAsync();
    }

    [TestMethod]
    public async Task A_deletion_killed_at_any_moment_leaves_each_dataset_whole_or_not_at_all()
    {
        for (var round = 0; round < 6; round++)
        {
            Fill(2000, filesPerFolder: 150);
            await RunAsync(TimeSpan.FromMilliseconds(Random.Shared.Next(20, 160)), "delete", _scene.ManifestPath, _scene.Store);
            foreach (var dataset in _scene.Reopen().Datasets)
            {
                var location = dataset.Location;
                Assert.AreNotEqual(DatasetState.Recorded, location.State);
                if (location.State == DatasetState.Complete)
                {
                    AssertContent(dataset.Name, location.Path);
                }
            }
        }

        Fill(2000, filesPerFolder: 150);
        Assert.AreEqual(Files + Folders, (await _scene.Reopen().DeleteAsync(ObjectSelection.Of(new ObjectFilter()), cancellationToken: Cancellation)).Changed);
        Assert.IsEmpty(Directory.EnumerateFileSystemEntries(_scene.Store));
    }

    private void Fill(int size, int filesPerFolder = 5)
    {
        var manifest = new System.Text.StringBuilder();
        for (var i = 0; i < Files + Folders; i++)
        {
            var content = _contents.TryGetValue($"d{i}", out var known) ? known : RandomNumberGenerator.GetBytes(size);
            _contents[$"d{i}"] = content;
            if (i < Files)
            {
                _scene.Folder.Write($"store/d{i}", content);
                _scene.Folder.Write($"store/d{i}.complete", "");
            }
            else
            {
                for (var j = 0; j < filesPerFolder; j++)
                {
                    _scene.Folder.Write($"store/d{i}/f{j}", content);
                }

                _scene.Folder.Write($"store/d{i}/.complete", "");
            }

            var whole = i < Files ? content : Enumerable.Repeat(content, filesPerFolder).SelectMany(part => part).ToArray();
            manifest.Append(null, $"[d{i}]\nuri = 'https://h/d{i}'\nkey = 'd{i}'\nchecksum = '{FetchScene.Sha256(whole)}'\n");
        }

        _scene.Folder.Write("project/datasets.toml", manifest.ToString());
    }

    private async Task AssertFoundAsync()
    {
        foreach (var dataset in _scene.Reopen().Datasets)
        {
            // Between its renaming and its marker a file at its recorded place counts for nothing, until the next fetch has verified it.
            var location = dataset.Location;
            AssertContent(dataset.Name, location.State == DatasetState.Missing ? await PathAfterOfflineFetchAsync(dataset.Name) : location.Path);
        }
    }

    private async Task<string> PathAfterOfflineFetchAsync(string name)
    {
        var result = (await _scene.Reopen().FetchAsync(new FetchRequest { Names = [name], Offline = true }, cancellationToken: Cancellation)).Results.Single();
        Assert.AreEqual(FetchOutcome.AlreadyPresent, result.Outcome, result.Error?.ToString());
        return result.Path;
    }

    private void AssertContent(string name, string path)
    {
        var files = Directory.Exists(path) ? Directory.GetFiles(path, "f*") : [path];
        Assert.IsNotEmpty(files);
        Assert.IsTrue(files.All(file => File.ReadAllBytes(file).AsSpan().SequenceEqual(_contents[name])), name);
        Assert.IsTrue(files.Length is 1 or 5 or 150, $"{name}: {files.Length}");
    }

    private async Task RunAsync(TimeSpan life, params string[] arguments)
    {
        var dotnet = Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet";
        using var process = Process.Start(new ProcessStartInfo(dotnet, [Path.Combine(AppContext.BaseDirectory, "DataManifest.StoreWriter.dll"), .. arguments]) { RedirectStandardOutput = true })!;
        Assert.AreEqual("begin", await process.StandardOutput.ReadLineAsync(Cancellation));
        await Task.Delay(life, Cancellation);
        process.Kill();
        Assert.AreEqual("", await process.StandardOutput.ReadToEndAsync(Cancellation));
        await process.WaitForExitAsync(Cancellation);
    }
}
