using System.Runtime.CompilerServices;
using DataManifest.Text;

namespace DataManifest.Toml;

/// <summary>One part of a dotted key.</summary>
/// <param name="Name">The part, unquoted.</param>
/// <param name="Span">Where it is written, quotes included.</param>
internal readonly record struct TomlKeyPart(string Name, TextSpan Span);

/// <summary>Reads bare, quoted and dotted keys (TOML 1.0, "Keys").</summary>
/// <param name="cursor">Where to read.</param>
internal sealed class TomlKeyReader(TomlCursor cursor)
{
    private const int CacheSize = 256;

    // The same few field names fill a manifest: each is made once.
    private readonly string?[] _cache = new string?[CacheSize];

    /// <summary>Reads a key into <paramref name="parts"/>, and the blanks behind it.</summary>
    /// <param name="parts">Emptied first; one element per part after.</param>
    /// <exception cref="TomlException">There is no key here, or it is malformed.</exception>
    [MethodImpl(HotPath.CompiledWell)]
    public void Read(List<TomlKeyPart> parts)
    {
        parts.Clear();
        while (true)
        {
            cursor.SkipBlanks();
            parts.Add(ReadPart());
            cursor.SkipBlanks();
            if (cursor.Current != '.')
            {
                return;
            }

            cursor.Position++;
        }
    }

    /// <summary>Whether a character may stand in a key without quotes.</summary>
    /// <param name="c">A code unit.</param>
    public static bool IsBare(char c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '-' or '_';

    [MethodImpl(HotPath.CompiledWell)]
    private TomlKeyPart ReadPart()
    {
        var start = cursor.Position;
        var quote = cursor.Current;
        if (quote is '"' or '\'')
        {
            if (cursor.AtTriple(quote))
            {
                throw cursor.Error("A key cannot be a multi-line string; quote it once.", start, start + 3);
            }

            var name = TomlStringReader.Read(cursor);
            return new TomlKeyPart(name, TextSpan.FromBounds(start, cursor.Position));
        }

        var text = cursor.Text;
        var end = start;
        var hash = 0;
        while (end < text.Length && IsBare(text[end]))
        {
            hash = unchecked((hash * 31) + text[end++]);
        }

        if (end == start)
        {
            throw cursor.AtEnd || cursor.NewlineLength(start) > 0 || cursor.Current is '.' or '=' or ']' or '[' or ',' or '{' or '}' or '#'
                ? cursor.Expected("a key")
                : cursor.Error($"A key with {cursor.Describe(start)} must be quoted.", start, start + 1);
        }

        cursor.Position = end;
        return new TomlKeyPart(Intern(start, end - start, hash), TextSpan.FromBounds(start, end));
    }

    [MethodImpl(HotPath.CompiledWell)]
    private string Intern(int start, int length, int hash)
    {
        var slot = (hash ^ (hash >> 8) ^ (hash >> 16)) & (CacheSize - 1);
        var known = _cache[slot];
        return known is not null && known.Length == length && string.CompareOrdinal(known, 0, cursor.Text, start, length) == 0
            ? known
            : _cache[slot] = cursor.Text.Substring(start, length);
    }
}
