namespace DataManifest.Manifest;

/// <summary>Finds what somebody probably meant to write.</summary>
public static class Spelling
{
    /// <summary>
    /// The candidate that is closest to a word by edits of one letter (insertion, deletion, replacement), case ignored; null when none is close:
    /// a third of the word's letters may differ, two at least for words of four letters and more.
    /// </summary>
    /// <param name="word">The word as written.</param>
    /// <param name="candidates">What it might have been.</param>
    public static string? Closest(string word, IEnumerable<string> candidates) =>
        Closest(word, candidates, word.Length < 4 ? 1 : Math.Max(2, word.Length / 3));

    /// <summary>The candidate that is closest to a word by at most a given number of edits; null when there is none.</summary>
    /// <param name="word">The word as written.</param>
    /// <param name="candidates">What it might have been.</param>
    /// <param name="limit">The largest number of edits.</param>
    public static string? Closest(string word, IEnumerable<string> candidates, int limit)
    {
        var lower = word.ToLowerInvariant();
        string? best = null;
        foreach (var candidate in candidates)
        {
            var distance = Distance(lower, candidate.ToLowerInvariant(), limit);
            if (distance <= limit && distance < candidate.Length)
            {
                (best, limit) = (candidate, distance - 1);
            }
        }

        return best;
    }

    /// <summary>The number of edits between two words; more than <paramref name="limit"/> stands for every larger number.</summary>
    private static int Distance(string a, string b, int limit)
    {
        if (Math.Abs(a.Length - b.Length) > limit)
        {
            return limit + 1;
        }

        var row = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++)
        {
            row[j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            var (diagonal, least) = (row[0], row[0] = i);
            for (var j = 1; j <= b.Length; j++)
            {
                var edited = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                (diagonal, row[j]) = (row[j], edited);
                least = Math.Min(least, edited);
            }

            if (least > limit)
            {
                return limit + 1;
            }
        }

        return row[b.Length];
    }
}
