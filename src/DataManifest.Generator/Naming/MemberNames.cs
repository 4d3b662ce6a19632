namespace DataManifest.Generator.Naming;

/// <summary>Gives names to the members of one type: whoever comes first gets its plain name, and what collides the next free number when all plain names are given away.</summary>
internal static class MemberNames
{
    /// <summary>The names of members.</summary>
    /// <param name="wanted">The identifiers that they would have.</param>
    /// <param name="taken">What the type has already; gets the names that are given.</param>
    public static IReadOnlyList<string> Give(IReadOnlyList<string> wanted, HashSet<string> taken)
    {
        var given = wanted.Select(name => taken.Add(name) ? name : "").ToArray();
        var next = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < given.Length; i++)
        {
            if (given[i].Length == 0)
            {
                var stem = char.IsDigit(wanted[i][wanted[i].Length - 1]) ? wanted[i] + "_" : wanted[i];
                var number = next.TryGetValue(stem, out var first) ? first : 2;
                while (!taken.Add($"{stem}{number}"))
                {
                    number++;
                }

                given[i] = $"{stem}{number}";
                next[stem] = number + 1;
            }
        }

        return given;
    }
}
