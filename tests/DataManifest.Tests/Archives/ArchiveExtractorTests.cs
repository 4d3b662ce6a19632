using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using DataManifest.Diagnostics;
using DataManifest.Fetching;
using DataManifest.Manifest;

namespace DataManifest.Archives;

[TestClass]
public sealed class ArchiveExtractorTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public TestContext TestContext { get; set; } = null!;

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    [DataRow("../../evil")]
    [DataRow("a/../../evil")]
    [DataRow("..\\evil")]
    [DataRow("/tmp/evil")]
    [DataRow("C:\\evil")]
    [DataRow("C:/evil")]
    public async Task ExtractAsync_refuses_names_that_leave_the_folder(string name)
    {
        var zip = Zip(archive => Add(archive, name, "x"));
        var tar = Tar(writer => Add(writer, TarEntryType.RegularFile, name, "x"));
        await RefusesAsync(zip, "zip", DiagnosticRules.UnsafeArchive);
        await RefusesAsync(tar, "tar", DiagnosticRules.UnsafeArchive);
    }

    [TestMethod]
    [DataRow("/etc")]
    [DataRow("../..")]
    [DataRow("../out")]
    [DataRow("C:\\out")]
    public async Task ExtractAsync_refuses_symbolic_links_that_leave_the_folder(string target) =>
        await RefusesAsync(Tar(writer => Link(writer, TarEntryType.SymbolicLink, "a", target)), "tar", DiagnosticRules.UnsafeArchive);

    [TestMethod]
    public async Task ExtractAsync_refuses_a_file_below_a_link()
    {
        var tar = Tar(writer =>
        {
            Link(writer, TarEntryType.SymbolicLink, "a", "b");
            Add(writer, TarEntryType.RegularFile, "a/x", "x");
        });
        await RefusesAsync(tar, "tar", DiagnosticRules.UnsafeArchive);
    }

    [TestMethod]
    public async Task ExtractAsync_refuses_links_that_leave_the_folder_only_together()
    {
        var tar = Tar(writer =>
        {
            Add(writer, TarEntryType.RegularFile, "d1/d2/file", "x");
            Link(writer, TarEntryType.SymbolicLink, "d1/d2/up", "../..");
            Link(writer, TarEntryType.SymbolicLink, "out", "d1/d2/up/..");
        });
        await RefusesAsync(tar, "tar", DiagnosticRules.UnsafeArchive);
    }

    [TestMethod]
    public async Task ExtractAsync_refuses_a_hard_link_to_something_outside() =>
        await RefusesAsync(Tar(writer => Link(writer, TarEntryType.HardLink, "a", "/etc/passwd")), "tar", DiagnosticRules.UnsafeArchive);

    [TestMethod]
    [DataRow(TarEntryType.Fifo)]
    [DataRow(TarEntryType.CharacterDevice)]
    [DataRow(TarEntryType.BlockDevice)]
    public async Task ExtractAsync_refuses_pipes_and_devices(TarEntryType type) =>
        await RefusesAsync(Tar(writer => writer.WriteEntry(new PaxTarEntry(type, "special"))), "tar", DiagnosticRules.UnsafeArchive);

    [TestMethod]
    [DataRow("one", "two", false)]
    [DataRow("same", "same", true)]
    public async Task ExtractAsync_refuses_one_name_with_two_contents(string first, string second, bool isAccepted)
    {
        var zip = Zip(archive => (Add(archive, "a", first), Add(archive, "a", second)).ToString());
        var tar = Tar(writer =>
        {
            Add(writer, TarEntryType.RegularFile, "a", first);
            Add(writer, TarEntryType.RegularFile, "./a", second);
        });
        if (isAccepted)
        {
            await ExtractAsync(zip, "zip", _folder["out-zip"]);
            await ExtractAsync(tar, "tar", _folder["out-tar"]);
            Assert.AreEqual(first, File.ReadAllText(_folder["out-zip/a"]));
            Assert.AreEqual(first, File.ReadAllText(_folder["out-tar/a"]));
        }
        else
        {
            await RefusesAsync(zip, "zip", DiagnosticRules.UnsafeArchive);
            await RefusesAsync(tar, "tar", DiagnosticRules.UnsafeArchive);
        }
    }

    [TestMethod]
    public async Task ExtractAsync_stops_at_every_limit_and_names_it()
    {
        var zeros = new byte[4 << 20];
        var zip = Zip(archive => Add(archive, "zeros", zeros) + Add(archive, "more", zeros));
        var tar = Compress(Tar(writer =>
        {
            Add(writer, TarEntryType.RegularFile, "zeros", zeros);
            Add(writer, TarEntryType.RegularFile, "more", zeros);
        }));
        foreach (var (archive, format) in new[] { (zip, "zip"), (tar, "tar.gz") })
        {
            var bytes = await RefusesAsync(archive, format, DiagnosticRules.ArchiveTooLarge, new ArchiveLimits { TotalBytes = 5 << 20 });
            var entries = await RefusesAsync(archive, format, DiagnosticRules.ArchiveTooLarge, new ArchiveLimits { Entries = 1 });
            StringAssert.Contains(bytes.Message, nameof(ArchiveLimits.TotalBytes));
            StringAssert.Contains(entries.Message, nameof(ArchiveLimits.Entries));
        }

        Assert.AreEqual(200L * 10_000_000, new ArchiveLimits().AllowedBytes(10_000_000));
    }

    [TestMethod]
    public async Task ExtractAsync_refuses_a_zip_whose_two_lists_differ()
    {
        var zip = Zip(archive => Add(archive, "name", "content"));
        var bytes = File.ReadAllBytes(zip);
        var local = bytes.AsSpan().IndexOf("name"u8);
        bytes[local] = (byte)'N';
        File.WriteAllBytes(zip, bytes);
        await RefusesAsync(zip, "zip", DiagnosticRules.UnsafeArchive);
    }

    [TestMethod]
    public async Task ExtractAsync_refuses_a_zip_with_one_changed_byte_of_data()
    {
        var zip = Zip(archive => Add(archive, "name", "0123456789", CompressionLevel.NoCompression));
        var bytes = File.ReadAllBytes(zip);
        bytes[bytes.AsSpan().IndexOf("0123"u8)] ^= 1;
        File.WriteAllBytes(zip, bytes);
        await RefusesAsync(zip, "zip", DiagnosticRules.DamagedArchive);
    }

    [TestMethod]
    public async Task ExtractAsync_refuses_archives_cut_anywhere()
    {
        var random = new byte[200_000];
        Random.Shared.NextBytes(random);
        var tar = Tar(writer =>
        {
            Add(writer, TarEntryType.RegularFile, "first", random);
            Add(writer, TarEntryType.RegularFile, "second", random);
        });
        var zip = Zip(archive => Add(archive, "first", random) + Add(archive, "second", random));
        foreach (var (archive, format) in new[] { (tar, "tar"), (Compress(tar), "tar.gz"), (zip, "zip") })
        {
            var whole = File.ReadAllBytes(archive);
            foreach (var share in new[] { 0.0, 0.1, 0.49, 0.5, 0.75, 0.9, 0.99 })
            {
                var cut = _folder.Write("cut", whole[..(int)(whole.Length * share)]);
                await RefusesAsync(cut, format, DiagnosticRules.DamagedArchive);
            }
        }

        var compressed = File.ReadAllBytes(Compress(tar));
        for (var missing = 1; missing <= 12; missing++)
        {
            await RefusesAsync(_folder.Write("cut", compressed[..^missing]), "tar.gz", DiagnosticRules.DamagedArchive);
        }

        var wrongEnd = File.ReadAllBytes(Compress(tar));
        wrongEnd[^6] ^= 1;
        await RefusesAsync(_folder.Write("wrong-check-value", wrongEnd), "tar.gz", DiagnosticRules.DamagedArchive);
    }

    [TestMethod]
    public async Task ExtractAsync_takes_a_gzip_of_several_members_and_padding_behind_it()
    {
        var tar = Tar(writer => Add(writer, TarEntryType.RegularFile, "first", "1"));
        var plain = File.ReadAllBytes(tar);
        var members = new[] { plain[..700], plain[700..] }.SelectMany(part => File.ReadAllBytes(Compress(_folder.Write("part", part))));
        await ExtractAsync(_folder.Write("members.tgz", [.. members, .. new byte[100]]), "tgz", _folder["out"]);
        Assert.AreEqual("1", File.ReadAllText(_folder["out/first"]));
    }

    [TestMethod]
    public async Task ExtractAsync_of_tar_is_faithful()
    {
        var longName = string.Join('/', Enumerable.Repeat(new string('n', 90), 5)) + "/größe-数据";
        var old = new DateTimeOffset(1969, 7, 20, 20, 17, 0, TimeSpan.Zero);
        var tar = Compress(Tar(writer =>
        {
            writer.WriteEntry(new PaxTarEntry(TarEntryType.Directory, "empty/"));
            Add(writer, TarEntryType.RegularFile, longName, "long");
            Add(writer, TarEntryType.RegularFile, "zero", "");
            writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "run")
            {
                DataStream = new MemoryStream("#!"u8.ToArray()),
                ModificationTime = old,
                Mode = (UnixFileMode)0b100_101_000_001,
            });
            Link(writer, TarEntryType.SymbolicLink, "deep/inside", "../zero");
            Link(writer, TarEntryType.HardLink, "twin", "run");
        }));
        await ExtractAsync(tar, "TGZ", _folder["out"]);
        Assert.IsTrue(Directory.Exists(_folder["out/empty"]));
        Assert.AreEqual("long", File.ReadAllText(_folder["out/" + longName]));
        Assert.AreEqual(0, new FileInfo(_folder["out/zero"]).Length);
        Assert.AreEqual(old.UtcDateTime, File.GetLastWriteTimeUtc(_folder["out/run"]));
        Assert.AreEqual("#!", File.ReadAllText(_folder["out/twin"]));
        if (!OperatingSystem.IsWindows())
        {
            Assert.AreEqual("../zero", new FileInfo(_folder["out/deep/inside"]).LinkTarget);
            Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherExecute, File.GetUnixFileMode(_folder["out/run"]));
        }
    }

    [TestMethod]
    public async Task ExtractAsync_of_zip_with_many_files_is_faithful()
    {
        var zip = Zip(archive =>
        {
            archive.CreateEntry("empty/");
            return Enumerable.Range(0, 1000).Sum(i => Add(archive, $"top/{i % 7}/größe-{i}", $"content {i}"));
        });
        await ExtractAsync(zip, "zip", _folder["out"]);
        Assert.IsTrue(Directory.Exists(_folder["out/empty"]));
        Assert.HasCount(1000, Directory.GetFiles(_folder["out/top"], "*", SearchOption.AllDirectories));
        Assert.AreEqual("content 993", File.ReadAllText(_folder["out/top/6/größe-993"]));
    }

    [TestMethod]
    public async Task ExtractAsync_of_zip_makes_a_link_a_file_that_holds_its_target()
    {
        var zip = Zip(archive =>
        {
            var entry = archive.CreateEntry("link");
            entry.ExternalAttributes = unchecked((int)0xA1FF0000);
            using var stream = entry.Open();
            stream.Write("/etc/passwd"u8);
            return 0;
        });
        await ExtractAsync(zip, "zip", _folder["out"]);
        Assert.IsNull(new FileInfo(_folder["out/link"]).LinkTarget);
        Assert.AreEqual("/etc/passwd", File.ReadAllText(_folder["out/link"]));
    }

    private Task ExtractAsync(string archive, string format, string folder, ArchiveLimits? limits = null) =>
        new ArchiveExtractor(ArchiveFormat.Of(format, ""), "content", limits ?? new ArchiveLimits()).ExtractAsync(archive, folder, TestContext.CancellationToken);

    private async Task<FetchFaultException> RefusesAsync(string archive, string format, DiagnosticRule rule, ArchiveLimits? limits = null)
    {
        var target = _folder[$"inner/target-{Guid.NewGuid():N}"];
        var fault = await Assert.ThrowsExactlyAsync<FetchFaultException>(
            () => ExtractAsync(archive, format, target, limits));
        Assert.AreEqual(rule, fault.Rule, fault.Message);
        Assert.IsFalse(_folder.Entries().Any(entry => entry.EndsWith("evil", StringComparison.Ordinal)), "something was written outside");
        return fault;
    }

    private string Zip(Func<ZipArchive, object> fill)
    {
        var path = _folder[$"{Guid.NewGuid():N}.zip"];
        using var archive = ZipFile.Open(path, ZipArchiveMode.Create);
        _ = fill(archive);
        return path;
    }

    private static int Add(ZipArchive archive, string name, string text, CompressionLevel level = CompressionLevel.Fastest) =>
        Add(archive, name, Encoding.UTF8.GetBytes(text), level);

    private static int Add(ZipArchive archive, string name, byte[] content, CompressionLevel level = CompressionLevel.Fastest)
    {
        using var stream = archive.CreateEntry(name, level).Open();
        stream.Write(content);
        return 1;
    }

    private string Tar(Action<TarWriter> fill)
    {
        var path = _folder[$"{Guid.NewGuid():N}.tar"];
        using var writer = new TarWriter(File.Create(path));
        fill(writer);
        return path;
    }

    private string Compress(string path)
    {
        using var target = File.Create(_folder[$"{Guid.NewGuid():N}.gz"]);
        using var gzip = new GZipStream(target, CompressionLevel.Fastest);
        using var source = File.OpenRead(path);
        source.CopyTo(gzip);
        return target.Name;
    }

    private static void Add(TarWriter writer, TarEntryType type, string name, string text) => Add(writer, type, name, Encoding.UTF8.GetBytes(text));

    private static void Add(TarWriter writer, TarEntryType type, string name, byte[] content) =>
        writer.WriteEntry(new PaxTarEntry(type, name) { DataStream = new MemoryStream(content) });

    private static void Link(TarWriter writer, TarEntryType type, string name, string target) =>
        writer.WriteEntry(new PaxTarEntry(type, name) { LinkName = target });
}
