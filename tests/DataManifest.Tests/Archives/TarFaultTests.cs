using System.IO.Compression;
using System.Text;
using DataManifest.Diagnostics;
using ICSharpCode.SharpZipLib.BZip2;

namespace DataManifest.Archives;

[TestClass]
public sealed class TarFaultTests : ArchiveTests
{
    [TestMethod]
    public Task A_hard_link_before_its_target_is_refused() =>
        RefusesAsync(new RawTar().Add("a", '1', link: "b").Add("b", content: "x").End(), "tar", DiagnosticRules.UnsafeArchive);

    [TestMethod]
    public Task A_hard_link_through_a_symbolic_link_is_refused() =>
        RefusesAsync(new RawTar().Add("d/f", content: "x").Add("l", '2', link: "d").Add("h", '1', link: "l/f").End(), "tar", DiagnosticRules.UnsafeArchive);

    [TestMethod]
    public Task A_folder_that_becomes_a_link_is_refused() =>
        RefusesAsync(new RawTar().Add("d/", '5').Add("d", '2', link: "..").Add("d/evil", content: "x").End(), "tar", DiagnosticRules.UnsafeArchive);

    [TestMethod]
    public Task A_link_that_becomes_a_folder_is_refused() =>
        RefusesAsync(new RawTar().Add("d", '2', link: "x").Add("d/", '5').Add("d/f", content: "x").End(), "tar", DiagnosticRules.UnsafeArchive);

    [TestMethod]
    public Task A_file_that_becomes_a_folder_is_refused() =>
        RefusesAsync(new RawTar().Add("d", content: "x").Add("d/f", content: "x").End(), "tar", DiagnosticRules.UnsafeArchive);

    [TestMethod]
    public Task A_file_with_the_name_of_the_folder_itself_is_refused() =>
        RefusesAsync(new RawTar().Add("./", '5').Add("./.", content: "x").End(), "tar", DiagnosticRules.UnsafeArchive);

    [TestMethod]
    [DataRow("a/../../evil")]
    [DataRow("a/../b")]
    [DataRow("..")]
    [DataRow("//evil")]
    [DataRow("C:\\x")]
    [DataRow("\\\\host\\share\\x")]
    [DataRow("..\\evil")]
    public Task A_long_name_that_leaves_the_folder_is_refused(string name) =>
        RefusesAsync(new RawTar().AddPax('x', ("path", name)).Add("short", content: "x").End(), "tar", DiagnosticRules.UnsafeArchive);

    [TestMethod]
    public async Task A_name_part_of_more_than_255_bytes_is_refused()
    {
        await RefusesAsync(new RawTar().AddPax('x', ("path", new string('n', 256))).Add("short", content: "x").End(), "tar", DiagnosticRules.UnsafeArchive);
        await RefusesAsync(new RawTar().AddPax('x', ("path", new string('é', 128))).Add("short", content: "x").End(), "tar", DiagnosticRules.UnsafeArchive);
    }

    [TestMethod]
    public async Task A_path_of_very_many_parts_is_refused_before_it_costs_their_square()
    {
        var path = string.Concat(Enumerable.Repeat("a/", 250_000)) + "b";
        await RefusesAsync(new RawTar().AddPax('x', ("path", path)).Add("short", content: "x").End(), "tar", DiagnosticRules.UnsafeArchive);
        await RefusesAsync(new RawTar().AddPax('x', ("linkpath", path)).Add("l", '2', link: "x").End(), "tar", DiagnosticRules.UnsafeArchive);
    }

    [TestMethod]
    [DataRow('x')]
    [DataRow('g')]
    [DataRow('L')]
    [DataRow('K')]
    public async Task An_extended_header_that_announces_a_gigabyte_gets_no_room(char type)
    {
        var archive = new RawTar().Add("pax", type, patch: header => "10000000000"u8.CopyTo(header.AsSpan(124))).End();
        var before = GC.GetTotalAllocatedBytes();
        await Assert.ThrowsExactlyAsync<Fetching.FetchFaultException>(() => ExtractAsync(archive, "tar"));
        Assert.IsLessThan(512L << 20, GC.GetTotalAllocatedBytes() - before);
    }

    [TestMethod]
    public async Task A_name_with_a_zero_byte_is_refused_or_ends_there()
    {
        var archive = new RawTar().AddPax('x', ("path", "a\0../evil")).Add("short", content: "x").End();
        try
        {
            CollectionAssert.AreEqual(new[] { "a: x" }, Tree(await ExtractAsync(archive, "tar")));
        }
        catch (Fetching.FetchFaultException refused)
        {
            Assert.Contains(refused.Rule, new[] { DiagnosticRules.UnsafeArchive, DiagnosticRules.DamagedArchive });
        }
    }

    [TestMethod]
    public async Task Sparse_files_are_refused()
    {
        await RefusesAsync(new RawTar().Add("s", 'S', "x").End(), "tar", DiagnosticRules.UnsafeArchive);
        await RefusesAsync(new RawTar().AddPax('x', ("GNU.sparse.major", "1"), ("GNU.sparse.minor", "0")).Add("s", content: "x").End(), "tar", DiagnosticRules.UnsafeArchive);
        await RefusesAsync(new RawTar().AddPax('x', ("GNU.sparse.size", "9"), ("GNU.sparse.numblocks", "1")).Add("s", content: "x").End(), "tar", DiagnosticRules.UnsafeArchive);
    }

    [TestMethod]
    [DataRow('3')]
    [DataRow('4')]
    [DataRow('6')]
    [DataRow('M')]
    [DataRow('V')]
    public Task Devices_pipes_and_parts_of_volumes_are_refused(char type) =>
        RefusesAsync(new RawTar().Add("special", type).End(), "tar", DiagnosticRules.UnsafeArchive);

    [TestMethod]
    public Task A_size_below_zero_is_damage() => RefusesAsync(
        new RawTar().Add("a", content: "x", patch: header => header.AsSpan(124, 12).Fill(0xFF)).End(), "tar", DiagnosticRules.DamagedArchive);

    [TestMethod]
    public Task A_size_that_the_archive_does_not_have_is_damage() => RefusesAsync(
        new RawTar().Add("a", content: "x", patch: header => Encoding.ASCII.GetBytes("00100000000").CopyTo(header, 124)).End(), "tar", DiagnosticRules.DamagedArchive);

    [TestMethod]
    public Task A_size_over_the_limit_is_refused_before_it_is_there() => RefusesAsync(
        new RawTar().Add("a", content: "x", patch: header => Encoding.ASCII.GetBytes("77777777777").CopyTo(header, 124)).End(), "tar", DiagnosticRules.ArchiveTooLarge);

    [TestMethod]
    public async Task A_wrong_check_value_of_a_header_is_damage()
    {
        var archive = new RawTar().Add("a", content: "x").Add("b", content: "y").End();
        archive[1024] ^= 1;
        await RefusesAsync(archive, "tar", DiagnosticRules.DamagedArchive);
    }

    [TestMethod]
    public async Task An_archive_cut_in_its_padding_or_before_its_end_marker_is_damage()
    {
        var archive = new RawTar().Add("a", content: "x").End();
        foreach (var length in new[] { 513, 700, 1023, 1024 })
        {
            await RefusesAsync(archive[..length], "tar", DiagnosticRules.DamagedArchive);
        }
    }

    [TestMethod]
    public async Task What_other_tools_write_is_unpacked()
    {
        var longName = string.Concat(Enumerable.Repeat("long-name/", 15)) + "file";
        var archive = new RawTar()
            .AddPax('g', ("comment", "of all entries"))
            .AddPax('x', ("size", "3"), ("comment", "the header's own size does not count"))
            .Add("resized", content: "new", patch: header => Encoding.ASCII.GetBytes("00000000000").CopyTo(header, 124))
            .Add("old/", '\0')
            .Add("old/file", '\0', "v7")
            .Add("twice/", '5').Add("twice/", '5')
            .Add("././@LongLink", 'L', longName + "\0").Add(longName[..99], content: "gnu")
            .Add("twice/deep", '2', link: "../old/file")
            .Add("dangling", '2', link: "nowhere")
            .Add("same", '1', link: "old/file")
            .End();
        var expected = new[] { "dangling -> nowhere", "old/", "old/file: v7", "resized: new", "same: v7", "twice/", "twice/deep -> ../old/file" };
        var tree = Tree(await ExtractAsync([.. archive, .. Encoding.ASCII.GetBytes("trailing garbage")], "tar"));
        CollectionAssert.IsSubsetOf(expected, tree);
        CollectionAssert.Contains(tree, longName + ": gnu");
    }

    [TestMethod]
    public async Task Bzip2_is_unpacked_also_in_several_streams_and_refused_when_cut_or_changed()
    {
        var random = new byte[200_000];
        new Random(1).NextBytes(random);
        var plain = new RawTar().Add("first", content: Convert.ToBase64String(random)).Add("second", content: "2").End();
        byte[] several = [.. Bzip2(plain[..70_000]), .. Bzip2(plain[70_000..])];
        foreach (var archive in new[] { Bzip2(plain), several, [.. Bzip2(plain), .. new byte[100]] })
        {
            var tree = Tree(await ExtractAsync(archive, "tar.bz2"));
            CollectionAssert.AreEqual(new[] { $"first: {Convert.ToBase64String(random)}", "second: 2" }, tree);
        }

        foreach (var length in new[] { 0, 3, 10, several.Length / 3, several.Length / 2, several.Length - 20, several.Length - 1 })
        {
            await RefusesAsync(several[..length], "tar.bz2", DiagnosticRules.DamagedArchive);
        }

        var changed = Bzip2(plain);
        changed[changed.Length / 2] ^= 4;
        await RefusesAsync(changed, "tar.bz2", DiagnosticRules.DamagedArchive);
    }

    [TestMethod]
    public async Task A_single_gzip_file_is_unpacked_into_a_folder_and_checked_to_its_end()
    {
        var compressed = Gzip(Encoding.ASCII.GetBytes("year,ppm\n"));
        CollectionAssert.AreEqual(new[] { "content: year,ppm\n" }, Tree(await ExtractAsync(compressed, "gz")));
        CollectionAssert.AreEqual(new[] { "content: year,ppm\nyear,ppm\n" }, Tree(await ExtractAsync([.. compressed, .. compressed], "gz")));
        CollectionAssert.AreEqual(new[] { "content: " }, Tree(await ExtractAsync(Gzip([]), "gz")));
        await RefusesAsync(compressed[..^1], "gz", DiagnosticRules.DamagedArchive);
        await RefusesAsync([], "gz", DiagnosticRules.DamagedArchive);
        await RefusesAsync(Encoding.ASCII.GetBytes("<html>no archive</html>"), "gz", DiagnosticRules.DamagedArchive);
        compressed[^6] ^= 1;
        await RefusesAsync(compressed, "gz", DiagnosticRules.DamagedArchive);
        await RefusesAsync(Gzip(new byte[8 << 20]), "gz", DiagnosticRules.ArchiveTooLarge, new ArchiveLimits { TotalBytes = 1 << 20 });
    }

    [TestMethod]
    public async Task Changed_bytes_give_one_clear_error_or_none()
    {
        var random = new Random(20261121);
        var plain = new RawTar().Add("d/", '5').AddPax('x', ("path", "d/größe"), ("mtime", "1.5")).Add("short", content: "content").Add("l", '2', link: "d/größe").End();
        foreach (var (archive, format) in new[] { (plain, "tar"), (Gzip(plain), "tar.gz"), (Bzip2(plain), "tar.bz2"), (Gzip(plain), "gz") })
        {
            for (var round = 0; round < 150; round++)
            {
                var changed = archive.ToArray();
                for (var i = random.Next(1, 4); i > 0; i--)
                {
                    changed[random.Next(Math.Min(changed.Length, 3000))] = (byte)random.Next(256);
                }

                try
                {
                    await new ArchiveExtractor(format, "content", new ArchiveLimits()).ExtractAsync(Folder.Write("changed", changed), Folder[$"fuzz/{format}-{round}"], TestContext.CancellationToken);
                }
                catch (Fetching.FetchFaultException refused)
                {
                    StringAssert.StartsWith(refused.Rule.Code, "DM051");
                }
                catch (IOException unwritable) when (unwritable.Message.Contains("name", StringComparison.OrdinalIgnoreCase) || unwritable is FileNotFoundException)
                {
                    // The system itself refuses some names.
                }
            }
        }
    }

    [TestMethod]
    public async Task Deep_paths_without_end_are_stopped_by_the_limits_of_bytes_and_of_entries()
    {
        var deep = string.Concat(Enumerable.Repeat("a/", 300));
        var tar = new RawTar();
        for (var i = 0; i < 20; i++)
        {
            tar.AddPax('x', ("path", $"{i}/{deep}f")).Add("f");
        }

        var archive = Gzip(tar.End());
        await RefusesAsync(archive, "tar.gz", DiagnosticRules.ArchiveTooLarge, new ArchiveLimits { TotalBytes = 500_000 });
        Assert.Contains("ArchiveLimits.Entries", (await RefusesAsync(archive, "tar.gz", DiagnosticRules.ArchiveTooLarge, new ArchiveLimits { Entries = 1000 })).Message);
        await ExtractAsync(new RawTar().AddPax('x', ("path", deep + "f")).Add("f", content: "x").End(), "tar");
    }

    [TestMethod]
    [DataRow("tar", "504B0304", "a zip archive")]
    [DataRow("tar", "", "an empty file")]
    [DataRow("tar", "1F8B08", "compressed by gzip")]
    [DataRow("tar.gz", "425A6839", "compressed by bzip2")]
    [DataRow("tar.gz", "FD377A585A00", "compressed by xz")]
    [DataRow("tar.bz2", "28B52FFD", "compressed by zstd")]
    [DataRow("gz", "377ABCAF271C", "a 7z archive")]
    [DataRow("zip", "526172211A07", "a rar archive")]
    [DataRow("zip", "0A3C21444F43545950452068746D6C3E", "a web page, which may ask for a login")]
    public async Task What_is_in_truth_something_else_is_told_by_its_name(string format, string head, string name)
    {
        var fault = await RefusesAsync([.. Convert.FromHexString(head), .. new byte[head.Length * 40]], format, DiagnosticRules.DamagedArchive);
        Assert.AreEqual($"What should be an archive of the format '{format}' is {name}. Nothing was unpacked; correct the dataset's format, or its source.", fault.Message);
    }

    [TestMethod]
    public async Task A_tar_that_should_be_compressed_is_told_by_its_name_and_a_damaged_one_by_its_damage()
    {
        var tar = new RawTar().Add("a", content: "x").End();
        Assert.Contains("is a tar archive", (await RefusesAsync(tar, "tar.gz", DiagnosticRules.DamagedArchive)).Message);
        Assert.Contains("cut short or damaged", (await RefusesAsync(tar[..1024], "tar", DiagnosticRules.DamagedArchive)).Message);
        Assert.Contains("cut short or damaged", (await RefusesAsync(Gzip(tar)[..40], "tar.gz", DiagnosticRules.DamagedArchive)).Message);
    }

    private static byte[] Gzip(byte[] content)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Fastest))
        {
            gzip.Write(content);
        }

        return content.Length > 0 ? target.ToArray() : Convert.FromHexString("1f8b080000000000000303000000000000000000");
    }

    private static byte[] Bzip2(byte[] content)
    {
        using var target = new MemoryStream();
        using (var bzip2 = new BZip2OutputStream(target, 1) { IsStreamOwner = false })
        {
            bzip2.Write(content);
        }

        return target.ToArray();
    }
}
