namespace DataManifest.Text;

/// <summary>Turns offsets of one text into lines and columns. Lines end at LF (a CR before it belongs to the line); a byte order mark has no column.</summary>
public sealed class LineMap
{
    private readonly List<int> _starts;

    /// <summary>Reads the line starts of <paramref name="text"/>, in one pass.</summary>
    /// <param name="text">The text to map.</param>
    public LineMap(string text)
    {
        _starts = [text.Length > 0 && text[0] == '\ufeff' ? 1 : 0];
        for (var i = text.IndexOf('\n'); i >= 0; i = text.IndexOf('\n', i + 1))
        {
            _starts.Add(i + 1);
        }
    }

    /// <summary>The line and column of an offset, in logarithmic time.</summary>
    /// <param name="offset">An offset of the text, or its length.</param>
    public LinePosition GetPosition(int offset)
    {
        offset = Math.Max(offset, _starts[0]);
        var index = _starts.BinarySearch(offset);
        var line = index >= 0 ? index : ~index - 1;
        return new LinePosition(line + 1, offset - _starts[line] + 1);
    }
}
