using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DataManifest.Hashing;

namespace DataManifest.State;

/// <summary>
/// The text of a tree, in the format of <c>mtree</c>: one line a file, with its path and what is known of mode, size and SHA-256. Its last line is a digest of all
/// before it, so that a text that was cut is told from a shorter tree.
/// </summary>
internal static class TreeFileFormat
{
    private const string Head = "#mtree\n# Files as they were when they were verified; written by DataManifest.\n";
    private const string ChecksumPrefix = "# checksum ";
    private const string EndPrefix = "# end ";

    /// <summary>Writes a tree.</summary>
    /// <param name="checksum">The digest of the whole; null for none.</param>
    /// <param name="files">The files.</param>
    public static byte[] Write(Checksum? checksum, IEnumerable<TreeFile> files)
    {
        var text = new StringBuilder(Head);
        if (checksum is not null)
        {
            text.Append(ChecksumPrefix).Append(checksum).Append('\n');
        }

        foreach (var file in files)
        {
            AppendName(text.Append("./"), file.Path).Append(" type=file");
            if (file.Mode is { } mode)
            {
                text.Append(" mode=").Append(Convert.ToString((int)mode, 8).PadLeft(4, '0'));
            }

            text.Append(" size=").Append(file.Size.ToString(CultureInfo.InvariantCulture)).Append(file.Sha256.Length > 0 ? $" sha256digest={file.Sha256}\n" : "\n");
        }

        var end = Digest(text.ToString());
        return Encoding.ASCII.GetBytes(text.Append(EndPrefix).Append(end).Append('\n').ToString());
    }

    /// <summary>Reads a tree; null when the text is damaged or of another kind.</summary>
    /// <param name="bytes">The text.</param>
    /// <exception cref="FormatException">A line is none of ours.</exception>
    public static (Checksum? Checksum, IReadOnlyList<TreeFile> Files)? Read(byte[] bytes)
    {
        var text = Encoding.ASCII.GetString(bytes);
        var end = text.LastIndexOf('\n' + EndPrefix, StringComparison.Ordinal) + 1;
        if (end == 0 || text[end..].Trim() != EndPrefix + Digest(text[..end]))
        {
            return null;
        }

        var lines = text[..end].Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var checksum = lines.FirstOrDefault(line => line.StartsWith(ChecksumPrefix, StringComparison.Ordinal));
        return (
            checksum is null ? null : Checksum.Parse(checksum[ChecksumPrefix.Length..]),
            [.. lines.Where(line => line.StartsWith("./", StringComparison.Ordinal)).Select(ReadFile)]);
    }

    private static TreeFile ReadFile(string line)
    {
        var words = line.Split(' ');
        string? Word(string name) => words.FirstOrDefault(word => word.StartsWith(name, StringComparison.Ordinal))?[name.Length..];
        return new TreeFile(
            ReadName(words[0][2..]), long.Parse(Word("size=") ?? "0", CultureInfo.InvariantCulture), Word("sha256digest=") ?? "",
            Word("mode=") is { } mode ? (UnixFileMode)Convert.ToInt32(mode, 8) : null);
    }

    private static StringBuilder AppendName(StringBuilder text, string name)
    {
        foreach (var unit in Encoding.UTF8.GetBytes(name))
        {
            if (unit is > 0x20 and < 0x7F and not ((byte)'\\' or (byte)'#' or (byte)'*' or (byte)'?' or (byte)'[' or (byte)']'))
            {
                text.Append((char)unit);
            }
            else
            {
                text.Append('\\').Append(Convert.ToString(unit, 8).PadLeft(3, '0'));
            }
        }

        return text;
    }

    private static string ReadName(string text)
    {
        var bytes = new List<byte>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var isEscape = text[i] == '\\' && i + 3 < text.Length;
            bytes.Add(isEscape ? Convert.ToByte(text.Substring(i + 1, 3), 8) : (byte)text[i]);
            i += isEscape ? 3 : 0;
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }

    private static string Digest(string text) => Convert.ToHexString(SHA256.HashData(Encoding.ASCII.GetBytes(text))).ToLowerInvariant();
}
