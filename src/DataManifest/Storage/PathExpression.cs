using System.Globalization;
using System.Text;
using DataManifest.Diagnostics;

namespace DataManifest.Storage;

/// <summary>
/// Expands <c>$name</c>, <c>${name}</c> and a leading <c>~</c> (specification, "Symbols"). An unknown name stays as it is written.
/// </summary>
/// <param name="folders">Where <c>~</c> is.</param>
/// <param name="symbol">The expression that a symbol stands for, and whether it is to be expanded in its turn; null for an unknown symbol.</param>
/// <param name="variable">An environment variable's value, which is not expanded again; null when unset or empty.</param>
internal sealed class PathExpression(PlatformFolders folders, Func<string, (string Value, bool IsExpression)?> symbol, Func<string, string?> variable)
{
    /// <summary>Stands for the dataset's key in an expanded expression: a character that no path can have.</summary>
    public const string KeyMark = "\0";

    /// <summary>Expands an expression; <see cref="KeyMark"/> is where the dataset's key goes.</summary>
    /// <param name="expression">The expression.</param>
    /// <exception cref="DataManifestException">A symbol stands for itself.</exception>
    public string Expand(string expression) => Expand(expression, [], []);

    /// <summary>The names in an expression, and in those that its symbols stand for, that are neither symbols nor variables; each once.</summary>
    /// <param name="expression">The expression.</param>
    /// <exception cref="DataManifestException">A symbol stands for itself.</exception>
    public IReadOnlyCollection<string> UnknownNames(string expression)
    {
        var unknown = new HashSet<string>(StringComparer.Ordinal);
        Expand(expression, [], unknown);
        return unknown;
    }

    /// <summary>Expands one symbol, without the dollar sign.</summary>
    /// <param name="name">The symbol.</param>
    /// <exception cref="DataManifestException">The symbol stands for itself.</exception>
    public string ExpandSymbol(string name) => Expand("${" + name + "}", [], []);

    // By hand, since every program that opens a manifest comes here and would load the regular expressions for this alone.
    private string Expand(string expression, IReadOnlyList<string> chain, ICollection<string> unknown)
    {
        var text = ExpandHome(expression);
        var result = new StringBuilder();
        for (var i = 0; i < text.Length;)
        {
            var isBraced = text[i] == '$' && i + 1 < text.Length && text[i + 1] == '{';
            var start = i + (isBraced ? 2 : 1);
            var end = start;
            while (text[i] == '$' && end < text.Length && IsWord(text[end]))
            {
                end++;
            }

            if (end == start || (isBraced && (end == text.Length || text[end] != '}')))
            {
                result.Append(text[i++]);
                continue;
            }

            var name = text[start..end];
            end += isBraced ? 1 : 0;
            result.Append(ExpandToken(name, text[i..end], chain, unknown));
            i = end;
        }

        return result.ToString();
    }

    /// <summary>Whether a character belongs to a name: Unicode letters, marks, digits, and the underscore (and connectors).</summary>
    private static bool IsWord(char c) => char.IsAsciiLetterOrDigit(c) || c == '_' || (c > '\x7f' && (char.IsLetter(c) || CharUnicodeInfo.GetUnicodeCategory(c) is
        UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.ConnectorPunctuation || c is '\u200c' or '\u200d'));

    private string ExpandToken(string name, string token, IReadOnlyList<string> chain, ICollection<string> unknown)
    {
        if (name == "key")
        {
            return KeyMark;
        }

        if (symbol(name) is not var (value, isExpression))
        {
            if (variable(name) is not { } set)
            {
                unknown.Add(name);
                return token;
            }

            return set;
        }

        if (!isExpression)
        {
            return value;
        }

        string[] longer = [.. chain, name];
        return chain.Contains(name, StringComparer.Ordinal)
            ? throw new DataManifestException(
                DiagnosticRules.SymbolCycle, $"The storage symbol ${name} stands for itself ({string.Join(" -> ", longer)}).", "", $"Give '{name}' a value that does not lead back to it.")
            : Expand(value, longer, unknown);
    }

    private string ExpandHome(string expression)
    {
        if (!expression.StartsWith('~'))
        {
            return expression;
        }

        var end = expression.IndexOfAny(['/', '\\']) is var slash and > 0 ? slash : expression.Length;
        var home = end == 1 ? folders.Home : folders.HomeOf(expression[1..end]);
        return home is null ? expression : home + expression[end..] is { Length: > 0 } path ? path : "/";
    }
}
