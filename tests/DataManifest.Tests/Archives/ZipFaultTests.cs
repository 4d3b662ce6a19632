using System.IO.Compression;
using System.Text;
using DataManifest.Diagnostics;

namespace DataManifest.Archives;

[TestClass]
public sealed class ZipFaultTests : ArchiveTests
{
    [TestMethod]
    public async Task Entries_that_share_bytes_are_refused()
    {
        await RefusesAsync(new RawZip().Add("a", "content").List(Listed("a", "content", 0) with { Name = "b"u8.ToArray() }).End(), "zip", DiagnosticRules.UnsafeArchive);

        // The second entry's header and data lie in the data of the first.
        var inner = new RawZip().Add("b", "x").End();
        var outer = new RawZip().Add("a", inner).List(Listed("b", "x", 31));
        var fault = await RefusesAsync(outer.End(), "zip", DiagnosticRules.UnsafeArchive);
        StringAssert.Contains(fault.Message, "shares");
    }

    [TestMethod]
    public async Task Two_descriptions_that_differ_are_refused()
    {
        foreach (var change in new Func<RawZip.Head, RawZip.Head>[]
        {
            head => head with { Name = "b"u8.ToArray() },
            head => head with { Full = head.Full + 1, Packed = head.Packed + 1 },
            head => head with { Crc = head.Crc + 1 },
            head => head with { Method = 8 },
            head => head with { Flags = 0x801 },
        })
        {
            await RefusesAsync(new RawZip().Add("a", "content", local: change).End(), "zip", DiagnosticRules.UnsafeArchive);
        }
    }

    [TestMethod]
    [DataRow("504B0708", "", true)]
    [DataRow("", "", true)]
    [DataRow("504B0708", "01", false)]
    [DataRow("", "01", false)]
    public async Task A_description_behind_the_data_counts_too(string signature, string wrong, bool isAccepted)
    {
        const string crcAndSizes = "B7EFDC8301000000" + "01000000";
        var behind = Convert.FromHexString(signature + wrong + crcAndSizes)[..(signature.Length / 2 + 12)];
        static RawZip.Head Open(RawZip.Head head) => head with { Flags = 0x808, Crc = 0, Packed = 0, Full = 0 };
        var archive = new RawZip().Add("a", "1", local: Open, central: head => head with { Flags = 0x808 }, behind: behind).End();
        if (isAccepted)
        {
            CollectionAssert.AreEqual(new[] { "a: 1" }, Tree(await ExtractAsync(archive, "zip")));
        }
        else
        {
            await RefusesAsync(archive, "zip", DiagnosticRules.UnsafeArchive);
        }
    }

    [TestMethod]
    public async Task Encrypted_patched_or_strangely_compressed_entries_are_refused()
    {
        foreach (var change in new Func<RawZip.Head, RawZip.Head>[]
        {
            head => head with { Flags = 1 }, head => head with { Flags = 0x40 }, head => head with { Flags = 0x2000 }, head => head with { Flags = 0x20 }, head => head with { Method = 14 },
            head => head with { Attributes = 0x1000u << 16 }, head => head with { Attributes = 0x6000u << 16 },
        })
        {
            await RefusesAsync(new RawZip().Add("a", "content", local: change, central: change).End(), "zip", DiagnosticRules.UnsafeArchive);
        }
    }

    [TestMethod]
    public async Task Content_that_is_longer_or_shorter_than_announced_is_damage()
    {
        foreach (var difference in new[] { 1, -1, -1000 })
        {
            RawZip.Head Change(RawZip.Head head) => head with { Full = (uint)(head.Full + difference) };
            await RefusesAsync(new RawZip().Add("a", new string('x', 5000), 8, Change, Change).End(), "zip", DiagnosticRules.DamagedArchive);
        }
    }

    [TestMethod]
    public async Task An_archive_that_announces_too_much_is_refused_before_anything_is_written()
    {
        static RawZip.Head Change(RawZip.Head head) => head with { Full = 0xFFFFFFFE };
        var archive = new RawZip().Add("a", "x", 8).Add("b", "x", 8, Change, Change).End();
        await RefusesAsync(archive, "zip", DiagnosticRules.ArchiveTooLarge);
        Assert.IsFalse(Folder.Entries().Any(entry => entry.EndsWith("/a", StringComparison.Ordinal)));
    }

    [TestMethod]
    public async Task What_is_before_and_behind_an_archive_does_not_matter()
    {
        var zip = new RawZip().Add("d/a", "1", 8).Add("b", "2");
        foreach (var archive in new[] { zip.End(prefix: 5000), zip.End(prefix: 5000, isShifted: false), zip.End("a comment"), [.. zip.End(), .. new byte[100]] })
        {
            CollectionAssert.AreEqual(new[] { "b: 2", "d/", "d/a: 1" }, Tree(await ExtractAsync(archive, "zip")));
        }
    }

    [TestMethod]
    public async Task Archives_without_entries_and_with_65536_are_unpacked()
    {
        Assert.IsEmpty(Tree(await ExtractAsync(new RawZip().End(), "zip")));
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            for (var i = 0; i < 65_536; i++)
            {
                zip.CreateEntry($"d{i % 3}/");
            }
        }

        Assert.HasCount(3, Tree(await ExtractAsync(bytes.ToArray(), "zip")));
    }

    [TestMethod]
    public async Task A_directory_that_contradicts_itself_is_damage()
    {
        var zip = new RawZip().Add("a", "1");
        await RefusesAsync(zip.End(count: 2), "zip", DiagnosticRules.DamagedArchive);
        await RefusesAsync(zip.End(count: 0), "zip", DiagnosticRules.DamagedArchive);
        await RefusesAsync(zip.End(comment: "PK\u0005\u0006"), "zip", DiagnosticRules.DamagedArchive);
        await RefusesAsync(new RawZip().Add("a", "1", central: head => head with { Offset = 7 }).End(), "zip", DiagnosticRules.DamagedArchive);
        await RefusesAsync(new RawZip().Add("a", "1", local: head => head with { Packed = 9999, Full = 9999 }, central: head => head with { Packed = 9999, Full = 9999 }).End(), "zip", DiagnosticRules.DamagedArchive);
        var volumes = zip.End();
        volumes[^18] = 1;
        await RefusesAsync(volumes, "zip", DiagnosticRules.DamagedArchive);
        await RefusesAsync(new RawZip().Add("a", "1", local: head => head with { Name = [0xFF] }, central: head => head with { Name = [0xFF] }).End(), "zip", DiagnosticRules.DamagedArchive);
    }

    [TestMethod]
    public async Task Sizes_of_eight_bytes_are_read()
    {
        byte[] large = [1, 0, 16, 0, .. BitConverter.GetBytes(3L), .. BitConverter.GetBytes(3L)];
        RawZip.Head Change(RawZip.Head head) => head with { Full = uint.MaxValue, Packed = uint.MaxValue, Extra = large };
        CollectionAssert.AreEqual(new[] { "a: abc" }, Tree(await ExtractAsync(new RawZip().Add("a", "abc", local: Change, central: Change).End(), "zip")));
        large[4] = 4;
        await RefusesAsync(new RawZip().Add("a", "abc", central: Change).End(), "zip", DiagnosticRules.UnsafeArchive);
        large[11] = 0xFF;
        await RefusesAsync(new RawZip().Add("a", "abc", central: Change).End(), "zip", DiagnosticRules.DamagedArchive);
    }

    [TestMethod]
    public async Task What_other_tools_write_is_unpacked()
    {
        var bzip2 = new MemoryStream();
        using (var target = new ICSharpCode.SharpZipLib.BZip2.BZip2OutputStream(bzip2) { IsStreamOwner = false })
        {
            target.Write("1"u8);
        }

        byte[] universalTime = [0x55, 0x54, 5, 0, 1, .. BitConverter.GetBytes(1_000_000_000)];
        var archive = new RawZip()
            .Add("largest", "deflate64", 9)
            .Add("bzip2", bzip2.ToArray(), 12, head => head with { Full = 1, Crc = 0x83DCEFB7 }, head => head with { Full = 1, Crc = 0x83DCEFB7 })
            .Add("dos", "x", local: head => head with { Name = [0x82], Flags = 0 }, central: head => head with { Name = [0x82], Flags = 0 })
            .Add("run", "#!", central: head => head with { Attributes = 0x89EDu << 16, Extra = universalTime })
            .Add("inner.zip", "left alone")
            .End();
        var folder = await ExtractAsync(archive, "zip");
        CollectionAssert.AreEqual(new[] { "bzip2: 1", "inner.zip: left alone", "largest: deflate64", "run: #!", "é: x" }, Tree(folder));
        Assert.AreEqual(new DateTime(2001, 9, 9, 1, 46, 40, DateTimeKind.Utc), File.GetLastWriteTimeUtc(Path.Combine(folder, "run")));
        if (!OperatingSystem.IsWindows())
        {
            Assert.AreEqual((UnixFileMode)0b111_101_101, File.GetUnixFileMode(Path.Combine(folder, "run")), "executable, and no set-id bit");
        }
    }

    [TestMethod]
    public async Task Changed_bytes_give_one_clear_error_or_none()
    {
        var random = new Random(20261121);
        var archive = new RawZip().Add("d/a", new string('x', 300), 8).Add("größe", "content").Add("e/", "").End("comment");
        for (var round = 0; round < 400; round++)
        {
            var changed = archive.ToArray();
            for (var i = random.Next(1, 4); i > 0; i--)
            {
                changed[random.Next(changed.Length)] = (byte)random.Next(256);
            }

            try
            {
                await new ArchiveExtractor("zip", "content", new ArchiveLimits()).ExtractAsync(Folder.Write("changed", changed), Folder[$"fuzz/{round}"], TestContext.CancellationToken);
            }
            catch (Fetching.FetchFaultException refused)
            {
                StringAssert.StartsWith(refused.Rule.Code, "DM051");
            }
        }
    }

    private static RawZip.Head Listed(string name, string content, uint offset)
    {
        var crc = new ICSharpCode.SharpZipLib.Checksum.Crc32();
        crc.Update(Encoding.UTF8.GetBytes(content));
        return new RawZip.Head(Encoding.UTF8.GetBytes(name), 0x800, 0, (uint)crc.Value, (uint)content.Length, (uint)content.Length) { Offset = offset };
    }
}
