using System.Text;

namespace DataManifest.Archives;

/// <summary>An entry of a zip archive, as its central directory describes it.</summary>
/// <param name="Name">The name's text.</param>
/// <param name="RawName">The name's bytes, to be compared with those before the data.</param>
/// <param name="Flags">The general purpose flags.</param>
/// <param name="Method">How the data are compressed.</param>
/// <param name="Crc">The check value of the content.</param>
/// <param name="Packed">The size of the data.</param>
/// <param name="Full">The size of the content.</param>
/// <param name="Offset">Where in the file its local header begins.</param>
/// <param name="UnixMode">The type and permissions on Unix; 0 when they are not known.</param>
/// <param name="Modified">When the content was changed; null when that is not known.</param>
internal sealed record ZipEntry(
    string Name, byte[] RawName, ushort Flags, ushort Method, uint Crc, long Packed, long Full, long Offset, int UnixMode, DateTimeOffset? Modified)
{
    /// <summary>The method of content that is not compressed.</summary>
    public const ushort Stored = 0;

    /// <summary>The usual method.</summary>
    public const ushort Deflated = 8;

    /// <summary>What Windows compresses files of more than 2 GiB with.</summary>
    public const ushort Deflated64 = 9;

    /// <summary>The method of bzip2.</summary>
    public const ushort Bzip2 = 12;

    /// <summary>The flags of encrypted data, and of an encrypted directory.</summary>
    public const int EncryptionFlags = 0x2041;

    /// <summary>The flag of sizes and check value that stand behind the data instead of before them.</summary>
    public const int DescriptorFlag = 8;

    /// <summary>The flag of names in UTF-8.</summary>
    public const int Utf8Flag = 0x800;

    private const int TypeMask = 0xF000;
    private const int Regular = 0x8000;
    private const int Folder = 0x4000;
    private const int Link = 0xA000;
    private const int PatchFlag = 0x20;

    /// <summary>Whether the entry is a folder.</summary>
    public bool IsFolder => Name.EndsWith('/');

    /// <summary>The permissions of a regular file; null for the usual ones.</summary>
    public UnixFileMode? Permissions => (UnixMode & TypeMask) == Regular ? (UnixFileMode)(UnixMode & 0x1FF) : null;

    /// <summary>The text of a name: UTF-8 when its flag says so, else the code page of DOS, as in the other tools of the format.</summary>
    /// <param name="raw">The name's bytes.</param>
    /// <param name="flags">The general purpose flags.</param>
    /// <exception cref="DecoderFallbackException">It is no UTF-8.</exception>
    public static string Decode(ReadOnlySpan<byte> raw, ushort flags) => ((flags & Utf8Flag) != 0 ? Utf8 : Dos).GetString(raw);

    /// <summary>Refuses what cannot be unpacked, or would mean different things to different tools.</summary>
    /// <exception cref="DataManifest.Fetching.FetchFaultException">It is refused, and all of the archive with it.</exception>
    public void RequireUsable()
    {
        if ((Flags & EncryptionFlags) != 0)
        {
            throw EntryPath.Refuse(Name, "is encrypted, which is not supported");
        }

        if ((UnixMode & TypeMask) is not (0 or Regular or Folder or Link))
        {
            throw EntryPath.Refuse(Name, "is neither file, folder nor link");
        }

        if ((Flags & PatchFlag) != 0 || Method is not (Stored or Deflated or Deflated64 or Bzip2))
        {
            throw EntryPath.Refuse(Name, $"is compressed in a way that is not supported (method {Method})");
        }

        if ((Method == Stored && Packed != Full) || (IsFolder && Full > 0))
        {
            throw EntryPath.Refuse(Name, "has sizes that contradict each other");
        }
    }

    private static readonly Encoding Utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly Encoding Dos = CodePagesEncodingProvider.Instance.GetEncoding(437)!;
}
