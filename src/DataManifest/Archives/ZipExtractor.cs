using System.IO.Compression;
using ICSharpCode.SharpZipLib.Checksum;

namespace DataManifest.Archives;

/// <summary>Unpacks <c>zip</c>, with several readers at once.</summary>
internal static class ZipExtractor
{
    private const int UnixTypeMask = 0xF000;
    private const int UnixRegular = 0x8000;
    private const int UnixFolder = 0x4000;
    private const int UnixLink = 0xA000;

    /// <summary>Unpacks the whole archive. A link becomes a small file that holds its target, as it does in the other tools of the format.</summary>
    /// <param name="path">The archive.</param>
    /// <param name="folder">Where to.</param>
    /// <param name="cancellationToken">Stops within one buffer.</param>
    /// <exception cref="DataManifest.Fetching.FetchFaultException">The archive is unsafe, damaged or too large.</exception>
    public static void Extract(string path, ExtractionFolder folder, CancellationToken cancellationToken)
    {
        using (var archive = File.OpenRead(path))
        {
            ZipDirectory.RequireConsistent(archive, cancellationToken);
        }

        try
        {
            using var zip = ZipFile.OpenRead(path);
            var files = Plan(zip, folder);
            var next = -1;
            var workers = Math.Clamp(files.Count / 64, 1, Environment.ProcessorCount);
            Parallel.For(0, workers, new ParallelOptions { CancellationToken = cancellationToken }, _ =>
            {
                // ZipArchive is not thread-safe, its file is: every worker has its own.
                using var own = workers == 1 ? null : ZipFile.OpenRead(path);
                for (int i; (i = Interlocked.Increment(ref next)) < files.Count;)
                {
                    var (target, index) = files[i];
                    Write((own ?? zip).Entries[index], target, folder);
                }
            });
        }
        catch (AggregateException several)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(several.InnerExceptions[0]);
        }
        catch (InvalidDataException damaged)
        {
            throw ExtractionFolder.Damaged("its directory cannot be read", damaged);
        }
    }

    private static List<(string Path, int Index)> Plan(ZipArchive zip, ExtractionFolder folder)
    {
        var files = new List<(string, int)>(zip.Entries.Count);
        var first = new Dictionary<string, ZipArchiveEntry>(StringComparer.Ordinal);
        for (var i = 0; i < zip.Entries.Count; i++)
        {
            folder.Count();
            var entry = zip.Entries[i];
            var type = (entry.ExternalAttributes >> 16) & UnixTypeMask;
            if (type is not (0 or UnixRegular or UnixFolder or UnixLink))
            {
                throw EntryPath.Refuse(entry.FullName, "is neither file, folder nor link");
            }

            if (entry.IsEncrypted)
            {
                throw EntryPath.Refuse(entry.FullName, "is encrypted, which is not supported");
            }

            if (entry.FullName.EndsWith('/'))
            {
                folder.AddFolder(entry.FullName);
                continue;
            }

            var path = folder.AddFile(entry.FullName, out var isNew);
            if (isNew)
            {
                first.Add(path, entry);
                files.Add((path, i));
            }
            else if (!first.TryGetValue(path, out var other) || other.Crc32 != entry.Crc32 || other.Length != entry.Length)
            {
                throw EntryPath.Refuse(entry.FullName, "is there twice with different content");
            }
        }

        return files;
    }

    private static void Write(ZipArchiveEntry entry, string path, ExtractionFolder folder)
    {
        var isRegular = ((entry.ExternalAttributes >> 16) & UnixTypeMask) == UnixRegular;
        var crc = new Crc32();
        try
        {
            using var content = entry.Open();
            folder.Write(
                path, content, entry.Length, isRegular ? (UnixFileMode)((entry.ExternalAttributes >> 16) & 0x1FF) : null,
                entry.LastWriteTime, crc.Update);
        }
        catch (Exception unreadable) when (unreadable is InvalidDataException or NotSupportedException)
        {
            throw ExtractionFolder.Damaged($"'{entry.FullName}' cannot be unpacked ({unreadable.Message})", unreadable);
        }

        if ((uint)crc.Value != entry.Crc32)
        {
            throw ExtractionFolder.Damaged($"the check value of '{entry.FullName}' is wrong");
        }
    }
}
