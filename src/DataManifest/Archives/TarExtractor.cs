using System.Formats.Tar;
using System.IO.Compression;

namespace DataManifest.Archives;

/// <summary>Unpacks <c>tar</c> and <c>tar.gz</c>, in one pass over the stream.</summary>
internal static class TarExtractor
{
    /// <summary>Unpacks the whole stream.</summary>
    /// <param name="archive">The archive from its first byte on.</param>
    /// <param name="isCompressed">Whether it is gzip-compressed.</param>
    /// <param name="folder">Where to.</param>
    /// <exception cref="DataManifest.Fetching.FetchFaultException">The archive is unsafe, damaged or too large.</exception>
    public static void Extract(Stream archive, bool isCompressed, ExtractionFolder folder)
    {
        using var plain = isCompressed ? new DecodedStream(archive, source => new GZipStream(source, CompressionMode.Decompress)) : archive;
        using var counted = new TarEndStream(plain);
        using var reader = new TarReader(counted, leaveOpen: true);
        try
        {
            while (reader.GetNextEntry() is { } entry)
            {
                folder.Count();
                Extract(entry, folder);
            }
        }
        catch (Exception cut) when (cut is InvalidDataException or EndOfStreamException or FormatException)
        {
            throw ExtractionFolder.Damaged("an entry's head cannot be read", cut);
        }

        if (!counted.EndsWithZeros)
        {
            throw ExtractionFolder.Damaged("the end marker is missing");
        }

        folder.Drain(counted);
        folder.MakeLinks();
    }

    private static void Extract(TarEntry entry, ExtractionFolder folder)
    {
        if (entry is PaxTarEntry { ExtendedAttributes: var extra } && extra.ContainsKey("GNU.sparse.major"))
        {
            throw EntryPath.Refuse(entry.Name, "is a sparse file, which is not supported");
        }

        switch (entry.EntryType)
        {
            case TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile:
                var path = folder.AddFile(entry.Name, out var isNew);
                var content = entry.DataStream ?? Stream.Null;
                if (isNew)
                {
                    folder.Write(path, content, entry.Length, entry.Mode, entry.ModificationTime);
                }
                else
                {
                    folder.RequireSame(entry.Name, path, content);
                }

                break;
            case TarEntryType.Directory:
                folder.AddFolder(entry.Name);
                break;
            case TarEntryType.SymbolicLink:
                folder.AddLink(entry.Name, entry.LinkName);
                break;
            case TarEntryType.HardLink:
                folder.AddCopy(entry.Name, entry.LinkName);
                break;
            case TarEntryType.GlobalExtendedAttributes:
                break;
            default:
                throw EntryPath.Refuse(entry.Name, $"is neither file, folder nor link ({entry.EntryType})");
        }
    }
}
