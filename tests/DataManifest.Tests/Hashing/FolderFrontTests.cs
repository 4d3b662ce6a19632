using DataManifest.Fetching;

namespace DataManifest.Hashing;

[TestClass]
public sealed class FolderFrontTests : IDisposable
{
    private static readonly string[] Names = ["a", "b", "A", "a.b", "a-b", "\U0001F600", "\uFF21", "10", "2"];

    private readonly ScratchFolder _folder = new();

    public required TestContext TestContext { get; init; }

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public async Task Finish_isTheFoldersDigest_inWhateverOrderTheFilesCome()
    {
        var random = new Random(20261126);
        for (var round = 0; round < 200; round++)
        {
            var files = RandomFiles(random);
            var root = _folder[$"tree{round}"];
            foreach (var (path, content) in files)
            {
                _folder.Write($"tree{round}/{path}", content);
            }

            string[] paths = [.. files.Keys];
            random.Shuffle(paths);
            using var front = new FolderFront("sha256", paths);
            var arrival = Enumerable.Range(0, paths.Length).ToArray();
            random.Shuffle(arrival);
            foreach (var index in arrival)
            {
                Assert.IsNull(front.Finish(), "a file is missing");
                front.Append(index, files[paths[index]]);
            }

            Assert.AreEqual(await ContentDigest.ComputeAsync(root, "sha256", TestContext.CancellationToken), front.Finish(), string.Join(" ", paths));
            CollectionAssert.AreEqual(
                FolderOrder.Files(root).Select(file => Path.GetRelativePath(root, file.FullName)).ToArray(), front.Order.Select(index => paths[index]).ToArray());
        }
    }

    [TestMethod]
    public void Finish_isNull_whenMoreWaitedThanMemoryIsWorth()
    {
        string[] paths = [.. Enumerable.Range(0, 40).Select(i => $"{i:00}")];
        using var front = new FolderFront("sha256", paths);
        var content = new byte[1024 * 1024];
        for (var i = paths.Length - 1; i >= 0; i--)
        {
            front.Append(i, content);
        }

        Assert.IsNull(front.Finish());
    }

    [TestMethod]
    public async Task Finish_isTheFoldersDigest_whenManyFilesComeAtOnce()
    {
        var contents = Enumerable.Range(0, 3000).Select(i => Enumerable.Repeat((byte)i, 1 + (i % 5000)).ToArray()).ToArray();
        string[] paths = [.. contents.Select((_, i) => $"{i:0000}")];
        var expected = FetchScene.Sha256([.. contents.SelectMany(content => content)]);
        for (var round = 0; round < 20; round++)
        {
            using var front = new FolderFront("sha256", paths);
            var next = -1;
            await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
            {
                for (int i; (i = Interlocked.Increment(ref next)) < contents.Length;)
                {
                    front.Append(i, contents[i]);
                }
            })));
            Assert.AreEqual(expected, front.Finish()?.ToString());
        }
    }

    private static Dictionary<string, byte[]> RandomFiles(Random random)
    {
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        Fill("", 0);
        return files;

        void Fill(string folder, int depth)
        {
            foreach (var name in Names)
            {
                switch (random.Next(5))
                {
                    case 0 or 1:
                        files[folder + name] = System.Text.Encoding.UTF8.GetBytes(folder + name + random.Next());
                        break;
                    case 2 when depth < 2:
                        Fill($"{folder}{name}/", depth + 1);
                        break;
                }
            }

            if (depth == 0)
            {
                files.TryAdd("at least one", [1]);
            }
        }
    }
}
