using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using DataManifest.Hashing;

namespace DataManifest.Fetching;

/// <summary>What verification and repair find and do when data that were fetched are damaged afterwards.</summary>
[TestClass]
public sealed class DatabaseRepairTests : IDisposable
{
    private readonly FetchScene _scene = new();

    public TestContext TestContext { get; set; } = null!;

    private CancellationToken Cancellation => TestContext.CancellationToken;

    public void Dispose() => _scene.Dispose();

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public async Task RepairAsync_of_a_file_with_one_flipped_bit_fetches_it_again(bool isPinned)
    {
        var body = RandomNumberGenerator.GetBytes(2_000_000);
        _scene.Server.Serve("/big.bin", body);
        await FetchAsync($"[big]\nuri = \"{_scene.Server.Url("/big.bin")}\"\n" + (isPinned ? $"checksum = \"{FetchScene.Sha256(body)}\"\n" : ""));
        FlipBit(_scene.Stored("/big.bin"), 1_234_567);
        Assert.AreEqual(FetchOutcome.AlreadyPresent, (await _scene.Reopen().FetchAsync(cancellationToken: Cancellation)).Results[0].Outcome, "the cheap check reads no content");
        var verified = (await _scene.Reopen().VerifyAsync(cancellationToken: Cancellation)).Results[0];
        Assert.AreEqual(VerifyOutcome.Wrong, verified.Outcome);
        StringAssert.Contains(verified.Error!.Message, _scene.Stored("/big.bin"));
        var repaired = await RepairAsync();
        Assert.AreEqual(RepairOutcome.Repaired, repaired.Outcome, repaired.Error?.Message);
        Assert.AreEqual(body.Length, repaired.Bytes);
        CollectionAssert.AreEqual(body, File.ReadAllBytes(_scene.Stored("/big.bin")));
        Assert.AreEqual(isPinned ? RepairOutcome.Intact : RepairOutcome.Unchecked, (await RepairAsync()).Outcome);
        Assert.AreEqual(2, _scene.Server.Count("/big.bin"));
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public async Task RepairAsync_of_a_batch_fetches_only_the_members_that_are_damaged(bool isPinned)
    {
        var manifest = Batch();
        var first = await FetchAsync(manifest);
        if (isPinned)
        {
            manifest += $"checksum = \"{first.ComputedChecksum}\"\n";
            _scene.Folder.Write("project/datasets.toml", manifest);
        }

        var folder = first.Path;
        FlipBit(Path.Combine(folder, "3.csv"), 1);
        File.Delete(Path.Combine(folder, "sub/4.csv"));
        File.WriteAllText(Path.Combine(folder, "5.csv"), "");
        File.WriteAllText(Path.Combine(folder, "stray"), "x");
        var verified = (await _scene.Reopen().VerifyAsync(cancellationToken: Cancellation)).Results[0];
        Assert.AreEqual(VerifyOutcome.Wrong, verified.Outcome);
        FileDamage[] damage = [new("3.csv", FileDamageKind.Changed), new("5.csv", FileDamageKind.Changed), new("sub/4.csv", FileDamageKind.Missing), new("stray", FileDamageKind.Added)];
        CollectionAssert.AreEquivalent(damage, verified.Damage.ToArray());
        StringAssert.Contains(verified.Error!.Message, "3.csv (changed)");
        StringAssert.Contains(verified.Error!.Message, "1 more");

        var before = _scene.Server.Requests.Count;
        var repaired = await RepairAsync();
        Assert.AreEqual(RepairOutcome.Repaired, repaired.Outcome, repaired.Error?.Message);
        CollectionAssert.AreEquivalent(damage, repaired.Damage.ToArray());
        CollectionAssert.AreEquivalent(new[] { "/b/3.csv", "/b/5.csv", "/b/sub/4.csv" }, _scene.Server.Requests.Skip(before).Select(request => request.Path).ToArray());
        CollectionAssert.AreEqual(
            new[] { ".complete", "0.csv", "1.csv", "2.csv", "3.csv", "5.csv", "sub", "sub/4.csv" },
            Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(folder, path)).Order(StringComparer.Ordinal).ToArray());
        Assert.AreEqual("member 3", File.ReadAllText(Path.Combine(folder, "3.csv")));
        Assert.AreEqual(isPinned ? VerifyOutcome.Verified : VerifyOutcome.Unpinned, (await _scene.Reopen().VerifyAsync(cancellationToken: Cancellation)).Results[0].Outcome);
    }

    [TestMethod]
    [DataRow("zip")]
    [DataRow("tar.gz")]
    public async Task RepairAsync_of_an_unpacked_archive_takes_it_from_the_kept_one(string format)
    {
        var archive = Archive(format);
        _scene.Server.Serve("/a." + format, archive);
        var result = await FetchAsync($"[a]\nuri = \"{_scene.Server.Url("/a." + format)}\"\nextract = true\n");
        FlipBit(Path.Combine(result.Path, "d/inner.txt"), 0);
        var verified = (await _scene.Reopen().VerifyAsync(cancellationToken: Cancellation)).Results[0];
        CollectionAssert.AreEqual(new[] { new FileDamage("d/inner.txt", FileDamageKind.Changed) }, verified.Damage.ToArray());
        Assert.AreEqual(RepairOutcome.Repaired, (await RepairAsync()).Outcome);
        Assert.AreEqual("inner", File.ReadAllText(Path.Combine(result.Path, "d/inner.txt")));
        Assert.AreEqual(1, _scene.Server.Requests.Count, "the archive was there");

        File.Delete(Path.Combine(result.Path, "outer.txt"));
        FlipBit(_scene.Stored("/a." + format), archive.Length / 2);
        var repaired = await RepairAsync();
        Assert.AreEqual(RepairOutcome.Repaired, repaired.Outcome, repaired.Error?.Message);
        Assert.AreEqual(2, _scene.Server.Requests.Count, "the archive was damaged too");
        Assert.AreEqual("outer", File.ReadAllText(Path.Combine(result.Path, "outer.txt")));
        Assert.AreEqual(RepairOutcome.Unchecked, (await RepairAsync()).Outcome);
    }

    [TestMethod]
    public async Task RepairAsync_of_a_batch_of_local_files_copies_what_is_missing()
    {
        var uris = new[] { "a.csv", "b.csv" }.Select(name => $"\"file://{_scene.Folder.Write("sources/" + name, name)}\"");
        var result = await FetchAsync($"[local]\nuris = [{string.Join(", ", uris)}]\n");
        Assert.AreEqual(RepairOutcome.Unchecked, (await RepairAsync()).Outcome, "nothing is wrong with it");
        File.Delete(Path.Combine(result.Path, "b.csv"));
        Assert.AreEqual(RepairOutcome.Repaired, (await RepairAsync()).Outcome);
        Assert.AreEqual("b.csv", File.ReadAllText(Path.Combine(result.Path, "b.csv")));
    }

    [TestMethod]
    public async Task RepairAsync_that_fails_leaves_everything_as_it_was()
    {
        var result = await FetchAsync(Batch());
        FlipBit(Path.Combine(result.Path, "3.csv"), 1);
        var damaged = File.ReadAllBytes(Path.Combine(result.Path, "3.csv"));
        _scene.Server.Serve("/b/3.csv", "something else");
        var repaired = await RepairAsync();
        Assert.AreEqual(RepairOutcome.Failed, repaired.Outcome);
        Assert.AreEqual("DM0501", repaired.Error!.Code);
        CollectionAssert.AreEqual(damaged, File.ReadAllBytes(Path.Combine(result.Path, "3.csv")));
        Assert.HasCount(6, Directory.GetFiles(result.Path, "*.csv", SearchOption.AllDirectories));
        Assert.IsFalse(_scene.StoreEntries().Any(entry => entry.Contains(".tmp", StringComparison.Ordinal)));
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(3)]
    public async Task A_file_that_was_cut_after_it_was_published_is_not_used(int length)
    {
        _scene.Server.Serve("/co2.csv", "year,ppm\n");
        var result = await FetchAsync($"[co2]\nuri = \"{_scene.Server.Url("/co2.csv")}\"\n");
        using (var file = File.OpenWrite(result.Path))
        {
            file.SetLength(length);
        }

        var dataset = _scene.Reopen()["co2"];
        Assert.AreEqual(DatasetState.Damaged, dataset.Location.State);
        Assert.IsFalse(dataset.Exists);
        StringAssert.Contains(Assert.ThrowsExactly<DatasetNotFoundException>(() => dataset.Path).Message, "cut off");
        Assert.AreEqual(FetchOutcome.Fetched, (await _scene.Reopen().FetchAsync(cancellationToken: Cancellation)).Results[0].Outcome);
        Assert.AreEqual("year,ppm\n", File.ReadAllText(_scene.Reopen()["co2"].Path));
    }

    [TestMethod]
    public async Task A_file_that_somebody_replaced_by_what_is_declared_now_is_used()
    {
        _scene.Server.Serve("/co2.csv", "old");
        await FetchAsync($"[co2]\nuri = \"{_scene.Server.Url("/co2.csv")}\"\n");
        File.WriteAllText(_scene.Stored("/co2.csv"), "newer");
        var result = await FetchAsync($"[co2]\nuri = \"{_scene.Server.Url("/co2.csv")}\"\nchecksum = \"{FetchScene.Sha256("newer")}\"\n");
        Assert.AreEqual(FetchOutcome.AlreadyPresent, result.Outcome);
        Assert.AreEqual(DatasetState.Complete, _scene.Reopen()["co2"].Location.State);
        Assert.AreEqual(1, _scene.Server.Requests.Count);
    }

    [TestMethod]
    public async Task A_folder_with_a_cut_file_is_fetched_again_but_for_what_is_whole()
    {
        var result = await FetchAsync(Batch());
        File.WriteAllText(Path.Combine(result.Path, "2.csv"), "");
        var before = _scene.Server.Requests.Count;
        Assert.AreEqual(FetchOutcome.Fetched, (await _scene.Reopen().FetchAsync(cancellationToken: Cancellation)).Results[0].Outcome);
        CollectionAssert.AreEqual(new[] { "/b/2.csv" }, _scene.Server.Requests.Skip(before).Select(request => request.Path).ToArray());
        Assert.AreEqual("member 2", File.ReadAllText(Path.Combine(result.Path, "2.csv")));
    }

    [TestMethod]
    public async Task Data_whose_checksum_is_skipped_may_change_their_size()
    {
        _scene.Server.Serve("/co2.csv", "year,ppm\n");
        var result = await FetchAsync($"[co2]\nuri = \"{_scene.Server.Url("/co2.csv")}\"\nskip_checksum = true\n");
        File.AppendAllText(result.Path, "2026,430\n");
        Assert.AreEqual(FetchOutcome.AlreadyPresent, (await _scene.Reopen().FetchAsync(cancellationToken: Cancellation)).Results[0].Outcome);
    }

    [TestMethod]
    public async Task Damaged_records_of_single_files_are_as_good_as_none()
    {
        var result = await FetchAsync(Batch());
        var records = Directory.GetFiles(_scene.Folder["project/.datamanifest"], "*.mtree", SearchOption.AllDirectories);
        Assert.HasCount(1, records);
        File.WriteAllBytes(records[0], File.ReadAllBytes(records[0])[..^10]);
        FlipBit(Path.Combine(result.Path, "3.csv"), 1);
        Assert.AreEqual(FetchOutcome.AlreadyPresent, (await _scene.Reopen().FetchAsync(cancellationToken: Cancellation)).Results[0].Outcome);
        var verified = (await _scene.Reopen().VerifyAsync(cancellationToken: Cancellation)).Results[0];
        Assert.AreEqual(VerifyOutcome.Wrong, verified.Outcome, "the digest of the whole was recorded, too");
        Assert.IsEmpty(verified.Damage);
    }

    [TestMethod]
    public async Task Single_files_are_not_recorded_when_nobody_wants_it()
    {
        await FetchAsync(Batch());
        Directory.Delete(_scene.Store, recursive: true);
        Assert.IsFalse((await _scene.Reopen().FetchAsync(new FetchRequest { RecordFileDigests = false }, cancellationToken: Cancellation)).HasFailures);
        Assert.IsEmpty(Directory.GetFiles(_scene.Folder["project/.datamanifest"], "*.mtree", SearchOption.AllDirectories), "a record of other data is gone");
    }

    [TestMethod]
    public async Task VerifyAsync_of_many_files_reports_progress_and_stops_when_told()
    {
        var body = RandomNumberGenerator.GetBytes(3_000_000);
        _scene.Server.Serve("/big.bin", body);
        await FetchAsync($"[big]\nuri = \"{_scene.Server.Url("/big.bin")}\"\n");
        var seen = new List<FetchProgress>();
        await _scene.Reopen().VerifyAsync(progress: new Immediate(seen.Add), cancellationToken: Cancellation);
        Assert.IsTrue(seen.Any(report => report is { Dataset: "big", Phase: FetchPhase.Verifying, Bytes: > 0 }));
        using var stopped = new CancellationTokenSource();
        await stopped.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => _scene.Reopen().VerifyAsync(cancellationToken: stopped.Token));
        await Assert.ThrowsAsync<OperationCanceledException>(() => _scene.Reopen().RepairAsync(cancellationToken: stopped.Token));
    }

    private async Task<FetchResult> FetchAsync(string manifest)
    {
        var result = (await _scene.FetchAsync(manifest, cancellationToken: Cancellation)).Results[0];
        Assert.IsNull(result.Error, result.Error?.Message);
        return result;
    }

    private async Task<RepairResult> RepairAsync() => (await _scene.Reopen().RepairAsync(cancellationToken: Cancellation)).Results[0];

    private string Batch()
    {
        string[] members = ["0.csv", "1.csv", "2.csv", "3.csv", "sub/4.csv", "5.csv"];
        foreach (var member in members)
        {
            _scene.Server.Serve("/b/" + member, "member " + Path.GetFileName(member)[0]);
        }

        return $"[b]\nuris = [{string.Join(", ", members.Select(member => $"\"{_scene.Server.Url("/b/" + member)}\""))}]\n";
    }

    private static byte[] Archive(string format)
    {
        using var bytes = new MemoryStream();
        (string Name, byte[] Content)[] files = [("outer.txt", Encoding.UTF8.GetBytes("outer")), ("d/inner.txt", Encoding.UTF8.GetBytes("inner")), ("d/random", RandomNumberGenerator.GetBytes(100_000))];
        if (format == "zip")
        {
            using var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true);
            foreach (var (name, content) in files)
            {
                using var stream = zip.CreateEntry(name).Open();
                stream.Write(content);
            }
        }
        else
        {
            using var gzip = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true);
            using var tar = new TarWriter(gzip);
            foreach (var (name, content) in files)
            {
                tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content) });
            }
        }

        return bytes.ToArray();
    }

    /// <summary>Changes one bit and neither size nor time.</summary>
    private static void FlipBit(string path, int at)
    {
        var time = File.GetLastWriteTimeUtc(path);
        using (var file = File.Open(path, FileMode.Open))
        {
            file.Position = at;
            var value = file.ReadByte();
            file.Position = at;
            file.WriteByte((byte)(value ^ 1));
        }

        File.SetLastWriteTimeUtc(path, time);
    }

    private sealed class Immediate(Action<FetchProgress> report) : IProgress<FetchProgress>
    {
        private readonly Lock _gate = new();

        public void Report(FetchProgress value)
        {
            lock (_gate)
            {
                report(value);
            }
        }
    }
}
