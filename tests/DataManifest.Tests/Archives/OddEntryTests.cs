using System.Text;
using DataManifest.Diagnostics;

namespace DataManifest.Archives;

/// <summary>Archives that readers understand in different ways: each is refused as a whole, or gives what the reference makes of it.</summary>
[TestClass]
public sealed class OddEntryTests : ArchiveTests
{
    private static IEnumerable<(string What, byte[] Archive)> UnsafeTars =>
    [
        ("a link to itself", new RawTar().Add("a", '2', link: "a").End()),
        ("a hard link to itself", new RawTar().Add("a", '1', link: "a").End()),
        ("the folder itself as a link", new RawTar().Add("./", '2', link: "x").End()),
        ("no name", new RawTar().Add("", content: "x").End()),
        ("a link with backslashes", new RawTar().Add("a", '2', link: "..\\..\\x").End()),
        ("a long name of GNU that climbs", new RawTar().Add("././@LongLink", 'L', "../../evil\0").Add("a", content: "x").End()),
        ("a long link of GNU that climbs", new RawTar().Add("././@LongLink", 'K', "../../../etc\0").Add("a", '2', link: "x").End()),
        ("a prefix that climbs", new RawTar().Add("evil", content: "x", patch: header => "../.."u8.CopyTo(header.AsSpan(345))).End()),
        ("a header of Solaris", new RawTar().Add("a", 'X', "18 path=../../evil\n").Add("a", content: "x").End()),
        ("a path for all entries", new RawTar().AddPax('g', ("path", "../evil")).Add("a", content: "x").End()),
        ("a size for all entries", new RawTar().AddPax('g', ("size", "9")).Add("a", content: "x").End()),
        ("a hard link to a link, which leads outside from there", new RawTar().Add("a", content: "x").Add("d/s", '2', link: "../a").Add("t", '1', link: "d/s").End()),
        ("two names that differ in bytes that are no UTF-8", new RawTar().Add("a_", content: "x", patch: header => header[1] = 0xE9).Add("a_", content: "x", patch: header => header[1] = 0xEA).End()),
        ("an unknown kind", new RawTar().Add("a", 'Z', "x").End()),
        ("a file where a folder is", new RawTar().Add("a/b", content: "x").Add("a", content: "x").End()),
        ("a link where a file is", new RawTar().Add("a", content: "x").Add("a", '2', link: "b").End()),
    ];

    private static IEnumerable<(string What, byte[] Archive)> DamagedTars =>
    [
        ("a folder with data", new RawTar().Add("d/", '5', "x").Add("e", content: "x").End()),
        ("a link with data", new RawTar().Add("d", '2', "x", link: "e").Add("e", content: "x").End()),
        ("a size below zero", new RawTar().AddPax('x', ("size", "-1")).Add("a", content: "x").End()),
        ("a size of everything", new RawTar().AddPax('x', ("size", "9223372036854775807")).Add("a", content: "x").End()),
        ("a size over the next entry", new RawTar().AddPax('x', ("size", "513")).Add("a", content: "x").Add("b", content: "y").End()),
        ("a name of two lines", new RawTar().AddPax('x', ("path", "a\nb")).Add("a", content: "x").End()),
        ("a link to a name of two lines", new RawTar().AddPax('x', ("linkpath", "a\nb")).Add("l", '2', link: "a").Add("a", content: "x").End()),
        ("two names", new RawTar().AddPax('x', ("path", "ok"), ("path", "../../evil")).Add("a", content: "x").End()),
        ("a time that no calendar has", new RawTar().AddPax('x', ("mtime", "99999999999999")).Add("a", content: "x").End()),
    ];

    private static IEnumerable<(byte[] Archive, string[] Tree)> OddTars =>
    [
        (new RawTar().AddPax('g', ("comment", "of a commit\n18 path=../../evil\n")).Add("a", content: "x").End(), ["a: x"]),
        (new RawTar().AddPax('x', ("SCHILY.xattr.com.apple.provenance", "\n11 path=no\n12 size=512\n\n"), ("path", "right"), ("mtime", "1")).Add("wrong", content: "x").End(), ["right: x"]),
        (new RawTar().Add("a", content: "x").Add("d/s", '2', link: "../a").Add("d/t", '1', link: "d/s").End(), ["a: x", "d/", "d/s -> ../a", "d/t -> ../a"]),
        ([.. new RawTar().Add("a", content: "x").End(), .. new RawTar().Add("../../evil", content: "x").End()], ["a: x"]),
        (new RawTar().Add("d/", '5', patch: header => "0000000\0"u8.CopyTo(header.AsSpan(100))).Add("d/f", content: "x").End(), ["d/", "d/f: x"]),
        (new RawTar().Add("a\u001b[2J\n", content: "x").End(), ["a\u001b[2J\n: x"]),
        (new RawTar().Add("a", '2', link: "b").Add("b", content: "x").End(), ["a -> b", "b: x"]),
    ];

    private static IEnumerable<(string What, byte[] Archive)> UnsafeZips =>
    [
        ("a zero byte", new RawZip().Add("a\0b", "x").End()),
        ("no name", new RawZip().Add("", "x").End()),
        ("a slash alone", new RawZip().Add("/", "").End()),
        ("the folder itself as a file", new RawZip().Add(".", "x").End()),
        ("one path in two spellings", new RawZip().Add("a//b", "x").Add("a/./b", "y").End()),
        ("a file where a folder is", new RawZip().Add("a/b", "x").Add("a", "y").End()),
        ("a folder where a file is", new RawZip().Add("a", "x").Add("a/", "").End()),
        ("a folder with data", new RawZip().Add("d/", "x").End()),
    ];

    private static IEnumerable<(byte[] Archive, string[] Tree)> OddZips =>
    [
        (new RawZip().Add("a", "x", central: head => head with { Extra = [0x75, 0x70, 15, 0, 1, 0, 0, 0, 0, .. "../../evil"u8] }).End(), ["a: x"]),
        (new RawZip().Add("a", "x", central: head => head with { Extra = [1, 0, 255, 255] }).End(), ["a: x"]),
        (new RawZip().Add("./", "").Add("./a", "x").End(), ["a: x"]),
        (new RawZip().Add("d/", "", central: head => head with { Attributes = 0xA1FFu << 16 }).End(), ["d/"]),
    ];

    [TestMethod]
    public Task Tars_with_what_has_no_place_are_refused() => RefuseAllAsync(UnsafeTars, "tar", DiagnosticRules.UnsafeArchive);

    [TestMethod]
    public Task Tars_whose_headers_cannot_be_right_are_refused() => RefuseAllAsync(DamagedTars, "tar", DiagnosticRules.DamagedArchive);

    [TestMethod]
    public Task Zips_with_what_has_no_place_are_refused() => RefuseAllAsync(UnsafeZips, "zip", DiagnosticRules.UnsafeArchive);

    [TestMethod]
    public Task Tars_with_what_means_nothing_are_unpacked_without_it() => ExtractAllAsync(OddTars, "tar");

    [TestMethod]
    public Task Zips_with_what_means_nothing_are_unpacked_without_it() => ExtractAllAsync(OddZips, "zip");

    [TestMethod]
    public async Task Names_that_only_some_systems_take_for_one_are_two_here_or_refused()
    {
        var tar = new RawTar().Add("Data", content: "1").Add("data", content: "2").Add("\u00E9", content: "3").Add("e\u0301", content: "4").End();
        if (OperatingSystem.IsLinux())
        {
            CollectionAssert.AreEquivalent(new[] { "Data: 1", "data: 2", "\u00E9: 3", "e\u0301: 4" }, Tree(await ExtractAsync(tar, "tar")));
        }
        else
        {
            await RefusesAsync(tar, "tar", DiagnosticRules.UnsafeArchive);
        }
    }

    private async Task RefuseAllAsync(IEnumerable<(string What, byte[] Archive)> archives, string format, DiagnosticRule rule)
    {
        foreach (var (what, archive) in archives)
        {
            TestContext.WriteLine(what);
            await RefusesAsync(archive, format, rule);
        }
    }

    private async Task ExtractAllAsync(IEnumerable<(byte[] Archive, string[] Tree)> archives, string format)
    {
        foreach (var (archive, tree) in archives)
        {
            CollectionAssert.AreEqual(tree, Tree(await ExtractAsync(archive, format)), Encoding.Latin1.GetString(archive, 0, 30));
        }
    }
}
