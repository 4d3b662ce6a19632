using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace DataManifest.Hashing;

[TestClass]
public sealed class ContentDigestTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public TestContext TestContext { get; set; } = null!;

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    [DataRow("md5", "900150983cd24fb0d6963f7d28e17f72")]
    [DataRow("sha1", "a9993e364706816aba3e25717850c26c9cd0d89d")]
    [DataRow("sha256", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [DataRow("sha384", "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7")]
    [DataRow("sha512", "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f")]
    public async Task ComputeAsync_of_a_file_is_the_published_digest_of_its_bytes(string algorithm, string expected)
    {
        var path = _folder.Write("abc", "abc");
        Assert.AreEqual(expected, (await ContentDigest.ComputeAsync(path, algorithm, TestContext.CancellationToken)).Hex);
    }

    [TestMethod]
    public async Task ComputeAsync_of_a_folder_takes_files_first_and_names_by_code_point()
    {
        _folder.Write("tree/a/inner", "3");
        _folder.Write("tree/\U0001F600", "2");
        _folder.Write("tree/\uFF21", "1");
        _folder.Write("tree/z", "0");
        var expected = await ContentDigest.ComputeAsync(_folder.Write("flat", "0123"), "sha256", TestContext.CancellationToken);
        Assert.AreEqual(expected, await ContentDigest.ComputeAsync(_folder["tree"], "sha256", TestContext.CancellationToken));
    }

    [TestMethod]
    public async Task ComputeAsync_of_a_large_file_equals_the_digest_in_one_piece()
    {
        var bytes = new byte[(5 << 20) + 17];
        Random.Shared.NextBytes(bytes);
        var reported = 0L;
        var digest = await ContentDigest.ComputeAsync(_folder.Write("large", bytes), "sha256", TestContext.CancellationToken, done => reported = done);
        Assert.AreEqual(Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(bytes)).ToLowerInvariant(), digest.Hex);
        Assert.AreEqual(bytes.Length, reported);
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public async Task ComputeAsync_of_a_folder_of_files_of_all_sizes_takes_them_in_their_order(bool readsAhead)
    {
        int[] lengths = [1, 0, 65_535, 65_536, 7, 65_537, 3, (1 << 20) + 1];
        var whole = new MemoryStream();
        for (var i = 0; i < 80; i++)
        {
            // Many small ones behind one another, and all sizes beside one another.
            var bytes = new byte[i < 40 ? 100 + i : lengths[i % lengths.Length]];
            Random.Shared.NextBytes(bytes);
            _folder.Write($"tree/{i:d2}", bytes);
            whole.Write(bytes);
        }

        var reported = new List<long>();
        var digest = await ContentDigest.ComputeAsync(_folder["tree"], "sha256", TestContext.CancellationToken, reported.Add, readsAhead);
        Assert.AreEqual(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(whole.ToArray())), digest.Hex);
        Assert.AreEqual(whole.Length, reported[^1]);
        CollectionAssert.AreEqual(reported.Order().ToArray(), reported);
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(65_536)]
    [DataRow(300_000)]
    public async Task ComputeAsync_of_a_small_file_that_has_changed_since_it_was_listed_takes_all_that_is_there(int length)
    {
        FileInfo[] listed = [.. new[] { "a", "b" }.Select(name => new FileInfo(_folder.Write(name, name)))];
        Assert.AreEqual(2, listed.Sum(file => file.Length));
        var bytes = new byte[length];
        Random.Shared.NextBytes(bytes);
        _folder.Write("a", bytes);
        Assert.AreEqual(
            Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData([.. bytes, .. "b"u8])), (await ContentDigest.ComputeAsync(listed, "sha256", TestContext.CancellationToken)).Hex);
    }

    [TestMethod]
    public async Task ComputeAsync_of_files_of_which_one_is_gone_says_which()
    {
        FileInfo[] listed = [.. Enumerable.Range(0, 100).Select(i => new FileInfo(_folder.Write($"{i}", "x")))];
        Assert.AreEqual(100, listed.Sum(file => file.Length));
        listed[50].Delete();
        var fault = await Assert.ThrowsExactlyAsync<FileNotFoundException>(() => ContentDigest.ComputeAsync(listed, "sha256", TestContext.CancellationToken));
        Assert.AreEqual(_folder["50"], fault.FileName);
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    public async Task ComputeAsync_of_a_folder_with_a_pipe_fails_at_once()
    {
        _folder.Write("tree/file", "x");
        using (var made = Process.Start("mkfifo", _folder["tree/pipe"]))
        {
            await made.WaitForExitAsync(TestContext.CancellationToken);
        }

        var fault = await Assert.ThrowsExactlyAsync<IOException>(() => ContentDigest.ComputeAsync(_folder["tree"], "sha256", TestContext.CancellationToken));
        StringAssert.Contains(fault.Message, "pipe");
    }

    [TestMethod]
    public async Task ComputeAsync_that_is_cancelled_stops()
    {
        var path = _folder.Write("abc", "abc");
        await Assert.ThrowsExactlyAsync<OperationCanceledException>(() => ContentDigest.ComputeAsync(path, "sha256", new CancellationToken(true)));
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    public async Task ComputeAsync_agrees_with_the_other_tools_of_the_format()
    {
        if (Environment.GetEnvironmentVariable("DATAMANIFEST_VECTORS") is not { Length: > 0 } vectors)
        {
            Assert.Inconclusive("set DATAMANIFEST_VECTORS to the folder of the format's test vectors");
            return;
        }

        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(vectors, "folder_digest", "trees.json")));
        var checkedCases = 0;
        foreach (var tree in document.RootElement.GetProperty("cases").EnumerateArray())
        {
            var id = tree.GetProperty("id").GetString()!;
            Build(_folder[id], tree.GetProperty("entries"));
            var root = Path.GetFullPath(Path.Combine(_folder[id], tree.GetProperty("root").GetString()!));
            if (tree.TryGetProperty("expect", out var expected) && expected.TryGetProperty("sha256", out _))
            {
                foreach (var digest in expected.EnumerateObject())
                {
                    var actual = await ContentDigest.ComputeAsync(root, digest.Name, TestContext.CancellationToken);
                    Assert.AreEqual(digest.Value.GetString(), actual.Hex, $"{id}: {tree.GetProperty("note").GetString()}");
                }
            }
            else
            {
                await Assert.ThrowsAsync<IOException>(() => ContentDigest.ComputeAsync(root, "sha256", TestContext.CancellationToken), id);
            }

            checkedCases++;
        }

        Assert.IsGreaterThan(40, checkedCases);
    }

    private static void Build(string root, JsonElement entries)
    {
        Directory.CreateDirectory(root);
        foreach (var entry in entries.EnumerateArray())
        {
            var path = Path.Combine(root, entry.GetProperty("path").GetString()!);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            switch (entry.GetProperty("kind").GetString())
            {
                case "dir":
                    Directory.CreateDirectory(path);
                    break;
                case "link":
                    File.CreateSymbolicLink(path, entry.GetProperty("target").GetString()!);
                    break;
                default:
                    File.WriteAllBytes(path, Content(entry));
                    break;
            }
        }
    }

    private static byte[] Content(JsonElement entry) =>
        entry.TryGetProperty("hex", out var hex) ? Convert.FromHexString(hex.GetString()!)
        : entry.TryGetProperty("repeat", out var repeat) ? Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(repeat[0].GetString(), repeat[1].GetInt32())))
        : Encoding.UTF8.GetBytes(entry.TryGetProperty("text", out var text) ? text.GetString()! : "");
}
