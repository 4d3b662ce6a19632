namespace DataManifest.Storage;

/// <summary>The patterns of <c>_HOST</c>: <c>*</c>, <c>?</c>, <c>[abc]</c>, <c>[a-z]</c>, <c>[!abc]</c>, matched against the whole host name (specification, "Symbols").</summary>
internal static class HostGlob
{
    /// <summary>Whether a host name matches. Takes time proportional to the product of the lengths, whatever the pattern.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="host">The host name.</param>
    /// <param name="ignoreCase">Whether letter case does not matter (Windows).</param>
    public static bool IsMatch(string pattern, string host, bool ignoreCase)
    {
        if (ignoreCase)
        {
            (pattern, host) = (pattern.ToLowerInvariant(), host.ToLowerInvariant());
        }

        var (p, h, star, retry) = (0, 0, -1, 0);
        while (h < host.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                (star, retry) = (p++, h);
            }
            else if (p < pattern.Length && MatchOne(pattern, p, host[h]) is var end and > 0)
            {
                (p, h) = (end, h + 1);
            }
            else if (star >= 0)
            {
                (p, h) = (star + 1, ++retry);
            }
            else
            {
                return false;
            }
        }

        return pattern.Skip(p).All(c => c == '*');
    }

    /// <summary>Where the pattern goes on behind the part that matches one character; 0 when it does not match.</summary>
    private static int MatchOne(string pattern, int p, char c)
    {
        // A "]" right behind the opening is a member of the set; a "[" that is never closed stands for itself.
        var first = p + 1 < pattern.Length && pattern[p + 1] == '!' ? p + 2 : p + 1;
        var close = pattern[p] == '[' && first < pattern.Length ? pattern.IndexOf(']', first + 1) : -1;
        if (close < 0)
        {
            return pattern[p] == '?' || pattern[p] == c ? p + 1 : 0;
        }

        var found = false;
        for (var i = first; i < close; i++)
        {
            if (i + 2 < close && pattern[i + 1] == '-')
            {
                found |= c >= pattern[i] && c <= pattern[i + 2];
                i += 2;
            }
            else
            {
                found |= pattern[i] == c;
            }
        }

        return found == (first == p + 1) ? close + 1 : 0;
    }
}
