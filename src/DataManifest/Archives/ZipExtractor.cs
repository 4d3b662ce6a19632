using System.IO.Compression;
using ICSharpCode.SharpZipLib.Checksum;

namespace DataManifest.Archives;

/// <summary>Unpacks <c>zip</c> with all cores, after every entry has been checked.</summary>
internal static class ZipExtractor
{
    private const int EntriesAtOnce = 16;

    /// <summary>Unpacks the whole archive. A link becomes a small file that holds its target, as it does in the other tools of the format.</summary>
    /// <param name="path">The archive.</param>
    /// <param name="folder">Where to.</param>
    /// <param name="cancellationToken">Stops within one buffer.</param>
    /// <exception cref="DataManifest.Fetching.FetchFaultException">The archive is unsafe, damaged or too large.</exception>
    public static void Extract(string path, ExtractionFolder folder, CancellationToken cancellationToken)
    {
        using var handle = File.OpenHandle(path, options: FileOptions.RandomAccess);
        var file = new ArchiveFile(handle);
        var entries = new ZipHeaders(file).Check(ZipDirectory.Read(file, folder, out var end), end, cancellationToken);
        var files = Plan(entries, folder);
        var common = files.FindAll(each => each.Entry.Method != ZipEntry.Deflated64);
        var next = -EntriesAtOnce;
        try
        {
            // Neighbours usually lie in one folder, in which only one thread at a time can make files.
            Parallel.For(0, Math.Clamp(common.Count / EntriesAtOnce, 1, Environment.ProcessorCount), new ParallelOptions { CancellationToken = cancellationToken }, (_, others) =>
            {
                for (int i; !others.IsExceptional && (i = Interlocked.Add(ref next, EntriesAtOnce)) < common.Count;)
                {
                    foreach (var (entry, data, target) in common.Skip(i).Take(EntriesAtOnce))
                    {
                        Write(entry, Open(file, entry, data), target, folder);
                    }
                }
            });
        }
        catch (AggregateException several)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(several.InnerExceptions[0]);
        }

        if (common.Count < files.Count)
        {
            ExtractDeflated64(path, entries, files, folder);
        }

        folder.Finish();
    }

    /// <summary>Gives every entry its place, which nothing is written to yet but folders.</summary>
    private static List<(ZipEntry Entry, long Data, string Target)> Plan(List<(ZipEntry Entry, long Data)> entries, ExtractionFolder folder)
    {
        folder.RequireRoom(entries.Sum(each => (decimal)each.Entry.Full));
        var files = new List<(ZipEntry, long, string)>(entries.Count);
        var first = new Dictionary<string, ZipEntry>(StringComparer.Ordinal);
        foreach (var (entry, data) in entries)
        {
            if (entry.IsFolder)
            {
                folder.AddFolder(entry.Name, entry.Modified);
                continue;
            }

            var target = folder.AddFile(entry.Name, out var isNew);
            if (isNew)
            {
                first.Add(target, entry);
                files.Add((entry, data, target));
            }
            else if (!first.TryGetValue(target, out var other) || other.Crc != entry.Crc || other.Full != entry.Full)
            {
                throw EntryPath.Refuse(entry.Name, "is there twice with different content");
            }
        }

        folder.MakeFolders();
        return files;
    }

    private static Stream Open(ArchiveFile file, ZipEntry entry, long data)
    {
        var packed = file.Part(data, entry.Packed);
        return entry.Method switch
        {
            ZipEntry.Deflated => new DeflateStream(packed, CompressionMode.Decompress),
            ZipEntry.Bzip2 => new Bzip2Stream(packed),
            _ => packed,
        };
    }

    /// <summary>Only the platform's own reader knows this method.</summary>
    private static void ExtractDeflated64(
        string path, List<(ZipEntry Entry, long Data)> entries, List<(ZipEntry Entry, long Data, string Target)> files, ExtractionFolder folder)
    {
        using var zip = ZipFile.OpenRead(path);
        if (zip.Entries.Count != entries.Count)
        {
            throw ExtractionFolder.Damaged("its directory cannot be read");
        }

        var byName = zip.Entries.ToLookup(entry => (entry.Crc32, entry.Length, entry.CompressedLength));
        foreach (var (entry, _, target) in files.Where(each => each.Entry.Method == ZipEntry.Deflated64))
        {
            // Entries with the same check value and sizes have the same content, which is checked once more below.
            Write(entry, byName[(entry.Crc, entry.Full, entry.Packed)].First().Open(), target, folder);
        }
    }

    private static void Write(ZipEntry entry, Stream content, string target, ExtractionFolder folder)
    {
        var crc = new Crc32();
        using (content)
        {
            folder.Write(target, content, entry.Full, entry.Permissions, entry.Modified, crc.Update);
        }

        if ((uint)crc.Value != entry.Crc)
        {
            throw ExtractionFolder.Damaged($"the check value of '{entry.Name}' is wrong");
        }
    }
}
