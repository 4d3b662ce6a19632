namespace DataManifest.Manifest;

/// <summary>Finds what somebody probably meant to write.</summary>
public static class Spelling
{
    /// <summary>
    /// The candidate that is closest to a word by edits of one letter (insertion, deletion, replacement) or an exchange of two neighbours, case ignored; null when none is close:
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

        var (row, above) = (new int[b.Length + 1], new int[b.Length + 1]);
        var twoAbove = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++)
        {
            row[j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            (twoAbove, above, row) = (above, row, twoAbove);
            var least = row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                row[j] = Math.Min(Math.Min(above[j], row[j - 1]) + 1, above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    row[j] = Math.Min(row[j], twoAbove[j - 2] + 1);
                }

                least = Math.Min(least, row[j]);
            }

            if (least > limit)
            {
                return limit + 1;
            }
        }

        return row[b.Length];
    }
}
