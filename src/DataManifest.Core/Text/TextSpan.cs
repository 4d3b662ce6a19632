namespace DataManifest.Text;

/// <summary>A range of a text: where it begins and how long it is, in UTF-16 code units.</summary>
/// <param name="Start">The offset of the first code unit, from 0.</param>
/// <param name="Length">How many code units the range has.</param>
public readonly record struct TextSpan(int Start, int Length)
{
    /// <summary>The offset just behind the last code unit.</summary>
    public int End => Start + Length;

    /// <summary>The range between two offsets.</summary>
    /// <param name="start">The offset of the first code unit.</param>
    /// <param name="end">The offset just behind the last one.</param>
    public static TextSpan FromBounds(int start, int end) => new(start, end - start);

    /// <summary>The part of <paramref name="text"/> that this range covers.</summary>
    /// <param name="text">The text that the range was taken from.</param>
    public string Of(string text) => text.Substring(Start, Length);
}
