using System.Globalization;
using System.Text;

namespace DataManifest.Generator.Naming;

/// <summary>Makes C# identifiers of texts that are none.</summary>
internal static class Identifier
{
    /// <summary>The identifier of a text without any letter or digit.</summary>
    public const string Fallback = "Dataset";

    // The compiler writes at most 1,023 UTF-8 bytes of a name; half of it leaves room for prefixes and suffixes.
    private const int MaxBytes = 512;

    // Generated files may be written to disk, below folders that are long already.
    private const int MaxFileName = 60;

    /// <summary>
    /// The Pascal-case identifier of a name: <c>co2_annual</c> is <c>Co2Annual</c>, <c>lgmDA</c> is <c>LgmDA</c>, <c>2023</c> is <c>_2023</c>. Begins with
    /// a letter that is not lower-case, or with an underscore before a digit, and so is never a keyword.
    /// </summary>
    /// <param name="name">Any text.</param>
    public static string ToPascalCase(string name)
    {
        var result = new StringBuilder(name.Length);
        var isStart = true;
        foreach (var c in Compose(name))
        {
            if (!IsPart(c))
            {
                isStart = true;
                continue;
            }

            if (isStart && result.Length > 0 && char.IsDigit(c) && char.IsDigit(result[result.Length - 1]))
            {
                result.Append('_'); // 1.2 is not 12
            }

            result.Append(isStart ? char.ToUpperInvariant(c) : c);
            isStart = false;
        }

        return result.Length == 0 ? Fallback : Shorten(WithStart(result.ToString()));
    }

    /// <summary>A text with an underscore for every character that an identifier cannot have; a valid identifier stays as it is.</summary>
    /// <param name="text">Any text.</param>
    public static string Replace(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var c in Compose(text))
        {
            result.Append(c == '_' || IsPart(c) ? c : '_');
        }

        return Shorten(WithStart(result.ToString()));
    }

    /// <summary>The identifier as code has it: a keyword gets an <c>@</c>.</summary>
    /// <param name="identifier">An identifier.</param>
    public static string Escape(string identifier) =>
        SyntaxFacts.GetKeywordKind(identifier) == SyntaxKind.None && SyntaxFacts.GetContextualKeywordKind(identifier) == SyntaxKind.None
            ? identifier
            : "@" + identifier;

    /// <summary>The start of a file's name for an identifier: short, and of characters that every file system keeps apart.</summary>
    /// <param name="identifier">An identifier.</param>
    public static string ToFileName(string identifier) =>
        string.Concat(identifier.Take(MaxFileName).Select(c => c is >= '0' and <= '9' or >= 'A' and <= 'Z' or >= 'a' and <= 'z' ? c : '_'));

    /// <summary>The longest start of an identifier that the compiler can write.</summary>
    /// <param name="identifier">An identifier.</param>
    public static string Shorten(string identifier)
    {
        if (Encoding.UTF8.GetByteCount(identifier) <= MaxBytes)
        {
            return identifier;
        }

        var bytes = 0;
        var length = 0;
        for (; length < identifier.Length; length++)
        {
            bytes += identifier[length] switch { < '\x80' => 1, < '\u0800' => 2, _ => 3 };
            if (bytes > MaxBytes)
            {
                break;
            }
        }

        return identifier.Substring(0, length);
    }

    /// <summary>One spelling for accented letters. Normalising refuses half surrogates and what is no character, so only parts of identifiers go in.</summary>
    private static string Compose(string text) => string.Concat(text.Select(c => c == '_' || IsPart(c) ? c : ' ')).Normalize();

    private static string WithStart(string text) => text.Length > 0 && (text[0] == '_' || char.IsLetter(text[0])) ? text : "_" + text;

    private static bool IsPart(char c) =>
        char.IsLetterOrDigit(c) || CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
