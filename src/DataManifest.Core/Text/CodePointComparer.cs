namespace DataManifest.Text;

/// <summary>Orders texts by Unicode code point, as Python does; ordinal comparison of UTF-16 puts U+E000 to U+FFFF behind all rarer characters.</summary>
public sealed class CodePointComparer : IComparer<string>
{
    /// <summary>The comparer.</summary>
    public static readonly CodePointComparer Instance = new();

    private CodePointComparer()
    {
    }

    /// <inheritdoc/>
    public int Compare(string? x, string? y)
    {
        if (x is null || y is null)
        {
            return (x is null ? 0 : 1) - (y is null ? 0 : 1);
        }

        var length = Math.Min(x.Length, y.Length);
        for (var i = 0; i < length; i++)
        {
            if (x[i] != y[i])
            {
                // A surrogate belongs to a code point above all others.
                var higher = char.IsSurrogate(x[i]).CompareTo(char.IsSurrogate(y[i]));
                return higher != 0 ? higher : x[i].CompareTo(y[i]);
            }
        }

        return x.Length.CompareTo(y.Length);
    }
}
