using System.Formats.Tar;

namespace DataManifest.Archives;

/// <summary>Unpacks <c>tar</c>, in one pass over the stream.</summary>
internal static class TarExtractor
{
    /// <summary>What decides where an entry goes and where it ends.</summary>
    private static readonly string[] Decisive = ["path", "linkpath", "size"];

    /// <summary>Unpacks the whole stream.</summary>
    /// <param name="archive">The archive from its first byte on, not compressed.</param>
    /// <param name="folder">Where to.</param>
    /// <exception cref="DataManifest.Fetching.FetchFaultException">The archive is unsafe, damaged or too large.</exception>
    public static void Extract(Stream archive, ExtractionFolder folder)
    {
        using var blocks = new TarBlocks(archive);
        using var reader = new TarReader(blocks, leaveOpen: true);
        try
        {
            while (reader.GetNextEntry() is { } entry)
            {
                folder.Count();
                Extract(entry, folder);
            }
        }
        catch (Exception cut) when (cut is InvalidDataException or EndOfStreamException or FormatException or ArgumentException or OverflowException)
        {
            throw ExtractionFolder.Damaged("an entry's head cannot be read", cut);
        }
        catch (NotSupportedException strange)
        {
            throw EntryPath.Refuse("of another kind", $"is neither file, folder nor link ({strange.Message})");
        }

        if (!blocks.HasEnded)
        {
            throw ExtractionFolder.Damaged("the end marker is missing");
        }

        folder.Drain(blocks);
        folder.Finish();
    }

    private static void Extract(TarEntry entry, ExtractionFolder folder)
    {
        if (entry is PaxTarEntry { ExtendedAttributes: var extra } && extra.Keys.Any(key => key.StartsWith("GNU.sparse.", StringComparison.Ordinal)))
        {
            throw EntryPath.Refuse(entry.Name, "is a sparse file, which is not supported");
        }

        switch (entry.EntryType)
        {
            case TarEntryType.V7RegularFile when entry is { Length: 0, Name: [.., '/'] }:
            case TarEntryType.Directory:
                folder.AddFolder(entry.Name, entry.ModificationTime);
                break;
            case TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile:
                var path = folder.AddFile(entry.Name, out var isNew);
                var content = entry.DataStream ?? Stream.Null;
                if (isNew)
                {
                    folder.MakeFolders();
                    folder.Write(path, content, entry.Length, entry.Mode, entry.ModificationTime);
                }
                else if (entry.Name.Contains('\uFFFD'))
                {
                    // Two names that differ in bytes that are no UTF-8, and are one when they are read as such.
                    throw EntryPath.Refuse(entry.Name, "has the same name as another one, except for bytes that are no UTF-8");
                }
                else
                {
                    folder.RequireSame(entry.Name, path, content);
                }

                break;
            case TarEntryType.SymbolicLink:
                folder.AddLink(entry.Name, entry.LinkName);
                break;
            case TarEntryType.HardLink:
                folder.Copy(entry.Name, entry.LinkName);
                break;
            case TarEntryType.GlobalExtendedAttributes when entry is PaxGlobalExtendedAttributesTarEntry { GlobalExtendedAttributes: var all } && Array.Find(Decisive, all.ContainsKey) is { } decisive:
                throw EntryPath.Refuse(entry.Name, $"gives all entries one {decisive}, which tools understand differently");
            case TarEntryType.GlobalExtendedAttributes:
                break;
            default:
                throw EntryPath.Refuse(entry.Name, $"is neither file, folder nor link ({entry.EntryType})");
        }
    }
}
