using DataManifest.Diagnostics;
using DataManifest.Fetching;

namespace DataManifest.Archives;

/// <summary>What tests of archives share: a folder, and the two ways of unpacking that must agree.</summary>
public abstract class ArchiveTests : IDisposable
{
    internal ScratchFolder Folder { get; } = new();

    public TestContext TestContext { get; set; } = null!;

    public void Dispose()
    {
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Unpacks an archive from its file and, where the format allows it, from a stream in small pieces; gives the folder.</summary>
    internal async Task<string> ExtractAsync(byte[] archive, string format, ArchiveLimits? limits = null)
    {
        var extractor = new ArchiveExtractor(format, "content", limits ?? new ArchiveLimits());
        var target = Folder[$"out/{Guid.NewGuid():N}"];
        await extractor.ExtractAsync(Folder.Write($"{Guid.NewGuid():N}.{format}", archive), target, TestContext.CancellationToken);
        if (extractor.IsStreamed)
        {
            var streamed = target + ".streamed";
            await using var sink = new StreamedExtraction(extractor, streamed, TestContext.CancellationToken);
            await FeedAsync(sink, archive);
            Assert.IsTrue(await sink.CompleteAsync());
            CollectionAssert.AreEqual(Tree(target), Tree(streamed));
        }

        return target;
    }

    /// <summary>Tries to; checks that it is refused, and that nothing is written outside.</summary>
    internal async Task<FetchFaultException> RefusesAsync(byte[] archive, string format, DiagnosticRule rule, ArchiveLimits? limits = null)
    {
        var fault = await Assert.ThrowsExactlyAsync<FetchFaultException>(() => ExtractAsync(archive, format, limits));
        Assert.AreEqual(rule, fault.Rule, fault.Message);
        Assert.IsFalse(Folder.Entries().Any(entry => entry.EndsWith("evil", StringComparison.Ordinal) && entry.Count('/') < 2), "something was written outside");

        var extractor = new ArchiveExtractor(format, "content", limits ?? new ArchiveLimits());
        if (extractor.IsStreamed)
        {
            var streamed = Folder[$"out/{Guid.NewGuid():N}.streamed"];
            await using var sink = new StreamedExtraction(extractor, streamed, TestContext.CancellationToken);
            try
            {
                await FeedAsync(sink, archive);
                Assert.IsFalse(await sink.CompleteAsync(), "left to a second try from the file");
                Assert.IsFalse(Directory.Exists(streamed));
            }
            catch (FetchFaultException early)
            {
                Assert.AreEqual(rule, early.Rule, early.Message);
                Assert.AreEqual(DiagnosticRules.UnsafeArchive, early.Rule);
            }
        }

        return fault;
    }

    /// <summary>Every file, folder and link below a folder, with content.</summary>
    internal static string[] Tree(string folder) =>
    [
        .. Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(path =>
        {
            var name = Path.GetRelativePath(folder, path).Replace('\\', '/');
            return new FileInfo(path).LinkTarget is { } target ? $"{name} -> {target}"
                : Directory.Exists(path) ? name + "/"
                : $"{name}: {File.ReadAllText(path)}";
        }),
    ];

    private static async Task FeedAsync(StreamedExtraction sink, byte[] archive)
    {
        await sink.RestartAsync(default);
        await sink.WriteAsync(archive.AsMemory(0, archive.Length / 2), default);
        await sink.RestartAsync(default);
        for (var at = 0; at < archive.Length; at += 999)
        {
            await sink.WriteAsync(archive.AsMemory(at, Math.Min(999, archive.Length - at)), default);
        }
    }
}
