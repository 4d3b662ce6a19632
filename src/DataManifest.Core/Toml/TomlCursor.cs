using System.Runtime.CompilerServices;
using DataManifest.Text;

namespace DataManifest.Toml;

/// <summary>A place in a TOML text that moves forward: blanks, comments, line ends, and errors that know where they are.</summary>
/// <param name="text">The text to read.</param>
internal sealed class TomlCursor(string text)
{
    /// <summary>What <see cref="Current"/> is at the end; a real U+0000 is an error wherever it stands.</summary>
    public const char End = '\0';

    /// <summary>The whole text.</summary>
    public string Text { get; } = text;

    /// <summary>The offset of the next code unit.</summary>
    public int Position { get; set; }

    /// <summary>The next code unit, or <see cref="End"/>.</summary>
    public char Current => At(Position);

    /// <summary>Whether nothing is left.</summary>
    public bool AtEnd => Position >= Text.Length;

    /// <summary>The code unit at an offset, or <see cref="End"/> behind the text.</summary>
    /// <param name="offset">An offset of the text or behind it.</param>
    public char At(int offset) => offset < Text.Length ? Text[offset] : End;

    /// <summary>Whether the text goes on with three times <paramref name="quote"/>.</summary>
    /// <param name="quote">A quotation mark.</param>
    public bool AtTriple(char quote) => At(Position) == quote && At(Position + 1) == quote && At(Position + 2) == quote;

    /// <summary>Moves behind blanks and tabs.</summary>
    [MethodImpl(HotPath.CompiledWell)]
    public void SkipBlanks()
    {
        var position = Position;
        while (position < Text.Length && Text[position] is ' ' or '\t')
        {
            position++;
        }

        Position = position;
    }

    /// <summary>Moves behind one line end, if there is one here.</summary>
    /// <returns>Whether there was one.</returns>
    public bool SkipNewline()
    {
        var length = NewlineLength(Position);
        Position += length;
        return length > 0;
    }

    /// <summary>How long the line end at an offset is: 2, 1, or 0 when there is none (a lone CR is none).</summary>
    /// <param name="offset">An offset of the text or its length.</param>
    public int NewlineLength(int offset) => At(offset) switch
    {
        '\n' => 1,
        '\r' when At(offset + 1) == '\n' => 2,
        _ => 0,
    };

    /// <summary>Moves to the end of the line if a comment begins here.</summary>
    /// <exception cref="TomlException">The comment has a control character.</exception>
    [MethodImpl(HotPath.CompiledWell)]
    public void SkipComment()
    {
        if (Current != '#')
        {
            return;
        }

        var position = Position + 1;
        for (; position < Text.Length && NewlineLength(position) == 0; position++)
        {
            if (IsControl(Text[position]))
            {
                throw Error($"A comment must not contain the control character {Describe(position)}.", position, position + 1);
            }
        }

        Position = position;
    }

    /// <summary>Moves behind blanks, comments and line ends, as arrays allow them between values.</summary>
    /// <exception cref="TomlException">A comment has a control character.</exception>
    [MethodImpl(HotPath.CompiledWell)]
    public void SkipBlanksAndLines()
    {
        do
        {
            SkipBlanks();
            SkipComment();
        }
        while (SkipNewline());
    }

    /// <summary>Whether TOML forbids the character everywhere: C0 controls but the tab, and U+007F.</summary>
    /// <param name="c">A code unit.</param>
    public static bool IsControl(char c) => (c < ' ' && c != '\t') || c == '\x7f';

    /// <summary>The line of an offset, from 1.</summary>
    /// <param name="offset">An offset of the text.</param>
    public int LineOf(int offset) => new LineMap(Text).GetPosition(offset).Line;

    /// <summary>Names what stands at an offset, for a message.</summary>
    /// <param name="offset">An offset of the text, or its length.</param>
    public string Describe(int offset)
    {
        if (offset >= Text.Length)
        {
            return "the end of the file";
        }

        var c = Text[offset];
        return NewlineLength(offset) > 0 ? "the end of the line"
            : c == '\r' ? "a carriage return without a line feed"
            : IsControl(c) || (char.IsWhiteSpace(c) && c != ' ') || c == '\ufeff' ? $"U+{(int)c:X4}"
            : char.IsHighSurrogate(c) && char.IsLowSurrogate(At(offset + 1)) ? $"`{Text.Substring(offset, 2)}`"
            : c == ' ' ? "a blank"
            : $"`{c}`";
    }

    /// <summary>The error that says what should have come here.</summary>
    /// <param name="expected">What was expected, as the middle of a sentence.</param>
    public TomlException Expected(string expected) => Error($"Expected {expected}, found {Describe(Position)}.", Position, Position + 1);

    /// <summary>The error of a range of the text.</summary>
    /// <param name="reason">What is wrong, as a sentence.</param>
    /// <param name="start">Where the offending text begins.</param>
    /// <param name="end">Where it ends; cut to the text's length.</param>
    public TomlException Error(string reason, int start, int end)
    {
        start = Math.Min(start, Text.Length);
        return new TomlException(reason, TextSpan.FromBounds(start, Math.Max(start, Math.Min(end, Text.Length))), new LineMap(Text).GetPosition(start));
    }

    /// <summary>The error of a range of the text.</summary>
    /// <param name="reason">What is wrong, as a sentence.</param>
    /// <param name="span">The offending text.</param>
    public TomlException Error(string reason, TextSpan span) => Error(reason, span.Start, span.End);
}
