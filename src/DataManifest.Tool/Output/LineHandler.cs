using System.Globalization;
using System.Runtime.CompilerServices;

namespace DataManifest.Tool.Output;

/// <summary>Makes an interpolated text for a <see cref="TextOutput"/>: what is put into it loses its control characters, what stands in the source stays.</summary>
[InterpolatedStringHandler]
internal ref struct LineHandler
{
    private readonly TextOutput _output;
    private DefaultInterpolatedStringHandler _text;

    /// <summary>Begins a text.</summary>
    /// <param name="literals">The number of characters in the source.</param>
    /// <param name="holes">The number of texts that are put in.</param>
    /// <param name="output">Where it goes.</param>
    public LineHandler(int literals, int holes, TextOutput output)
    {
        _text = new DefaultInterpolatedStringHandler(literals, holes, CultureInfo.InvariantCulture);
        _output = output;
    }

    /// <summary>Adds words of the source.</summary>
    /// <param name="words">The words.</param>
    public void AppendLiteral(string words) => _text.AppendLiteral(words);

    /// <summary>Adds a text from elsewhere.</summary>
    /// <param name="text">The text.</param>
    /// <param name="alignment">The least width; negative for the left.</param>
    public void AppendFormatted(string? text, int alignment = 0) => _text.AppendFormatted(_output.Shown(text ?? ""), alignment);

    /// <summary>Adds a text that is safe.</summary>
    /// <param name="text">The text.</param>
    public void AppendFormatted(StyledText text) => _text.AppendLiteral(text.ToString());

    /// <summary>Adds a number, or one letter.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="value">The number.</param>
    /// <param name="alignment">The least width; negative for the left.</param>
    public void AppendFormatted<T>(T value, int alignment = 0)
        where T : struct, IFormattable => _text.AppendFormatted(value.ToString(null, CultureInfo.InvariantCulture), alignment);

    /// <summary>The text.</summary>
    public string ToStringAndClear() => _text.ToStringAndClear();
}
