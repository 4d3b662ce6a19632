using System.Text.RegularExpressions;

namespace DataManifest.Provenance;

/// <summary>Reads one licence expression: <c>OR</c> binds less than <c>AND</c>, which binds less than <c>WITH</c>.</summary>
/// <param name="text">The expression.</param>
internal sealed partial class LicenseExpressionReader(string text)
{
    private const int DeepestNesting = 50;

    private readonly string[] _words = [.. Words().Matches(text).Select(word => word.Value)];
    private int _next;
    private int _depth;

    /// <summary>Reads it to its end.</summary>
    /// <exception cref="FormatException">It is no expression, or names a licence that there is not.</exception>
    public LicenseExpression Read()
    {
        var expression = ReadChoice();
        return _next == _words.Length ? expression : throw new FormatException($"'{text}' is no SPDX expression: '{_words[_next]}' is where AND, OR or the end should be.");
    }

    private LicenseExpression ReadChoice() => ReadSeries("OR", isChoice: true, () => ReadSeries("AND", isChoice: false, ReadOne));

    private LicenseExpression ReadSeries(string separator, bool isChoice, Func<LicenseExpression> read)
    {
        List<LicenseExpression> parts = [read()];
        while (TakeIf(separator))
        {
            parts.Add(read());
        }

        return parts is [var only] ? only : new LicenseExpression.Combination(isChoice, parts);
    }

    private LicenseExpression ReadOne()
    {
        if (!TakeIf("("))
        {
            var id = LicenseOf(Take());
            return new LicenseExpression.License(id, TakeIf("WITH") ? Take() : "");
        }

        if (++_depth > DeepestNesting)
        {
            throw new FormatException($"the licence nests more than {DeepestNesting} parentheses.");
        }

        var inner = ReadChoice();
        _depth--;
        return TakeIf(")") ? inner : throw new FormatException($"'{text}' is no SPDX expression: a parenthesis is not closed.");
    }

    private static string LicenseOf(string word)
    {
        if (Reference().IsMatch(word))
        {
            return word;
        }

        if ((SpdxLicenses.Find(word) ?? (word.EndsWith('+') && SpdxLicenses.Find(word[..^1]) is { } versioned ? versioned + "+" : null)) is { } known)
        {
            return known;
        }

        var meant = SpdxLicenses.Closest(word) is { } closest ? $"; did you mean '{closest}'?" : ".";
        throw new FormatException($"'{word}' is no SPDX licence identifier{meant}");
    }

    private bool TakeIf(string word)
    {
        var isNext = _next < _words.Length && _words[_next].Equals(word, StringComparison.OrdinalIgnoreCase);
        _next += isNext ? 1 : 0;
        return isNext;
    }

    private string Take() => _next < _words.Length && _words[_next] is not (")" or "(")
        ? _words[_next++]
        : throw new FormatException($"'{text}' is no SPDX expression: a licence is missing.");

    [GeneratedRegex(@"[()]|[^\s()]+")]
    private static partial Regex Words();

    [GeneratedRegex(@"^(?:DocumentRef-[A-Za-z0-9.-]+:)?LicenseRef-[A-Za-z0-9.-]+$")]
    private static partial Regex Reference();
}
