using System.Text;
using DataManifest.Text;

namespace DataManifest.Toml;

/// <summary>Collects changes of a text in any order and applies them in one pass.</summary>
/// <param name="text">The text to change.</param>
/// <param name="newline">The line end of what is added.</param>
internal sealed class TomlTextChanges(string text, string newline)
{
    private enum Kind
    {
        Lines,
        RootBlock,
        Replacement,
        Block,
    }

    private readonly record struct Change(Kind Kind, TextSpan Span, string Text);

    private readonly List<Change> _changes = [];

    /// <summary>Puts something else in the place of a range.</summary>
    /// <param name="span">The range; empty to insert.</param>
    /// <param name="replacement">The new text; empty to remove.</param>
    public void Replace(TextSpan span, string replacement) => _changes.Add(new Change(Kind.Replacement, span, replacement));

    /// <summary>Adds lines in front of a line; at one place they come before all other changes.</summary>
    /// <param name="offset">Where a line begins, or the end of the text.</param>
    /// <param name="lines">The lines, without the last line end.</param>
    public void InsertLines(int offset, string lines) => _changes.Add(new Change(Kind.Lines, new TextSpan(offset, 0), lines));

    /// <summary>Adds lines in front of a line, set off by blank lines; at one place they come behind all other changes.</summary>
    /// <param name="offset">Where a line begins, or the end of the text.</param>
    /// <param name="lines">The lines, without the last line end.</param>
    /// <param name="isRoot">Whether they are keys of the root, which must come before any header.</param>
    public void InsertBlock(int offset, string lines, bool isRoot = false) =>
        _changes.Add(new Change(isRoot ? Kind.RootBlock : Kind.Block, new TextSpan(offset, 0), lines));

    /// <summary>The changed text. Whether the last line has a line end stays as it was.</summary>
    public string Apply()
    {
        var result = new StringBuilder(text.Length + 256);
        var position = 0;
        var needsBlankLine = false;
        foreach (var change in _changes.OrderBy(c => c.Span.Start).ThenBy(c => c.Kind))
        {
            CopyUntil(change.Span.Start);
            position = Math.Max(position, change.Span.End);
            if (change.Kind == Kind.Replacement)
            {
                result.Append(change.Text);
                continue;
            }

            EndLine(result);
            if (change.Kind is Kind.Block or Kind.RootBlock)
            {
                AddBlankLine(result);
                needsBlankLine = true;
            }

            result.Append(change.Text).Append(newline);
        }

        CopyUntil(text.Length);
        var endsLine = text.Length == 0 || text == "\ufeff" || text[text.Length - 1] == '\n';
        if (!endsLine && result.Length > 0 && result[result.Length - 1] == '\n')
        {
            result.Length -= result.Length > 1 && result[result.Length - 2] == '\r' ? 2 : 1;
        }

        return result.ToString();

        void CopyUntil(int end)
        {
            if (end <= position)
            {
                return;
            }

            if (needsBlankLine && text[position] is not ('\n' or '\r'))
            {
                result.Append(newline);
            }

            needsBlankLine = false;
            result.Append(text, position, end - position);
            position = end;
        }
    }

    private void EndLine(StringBuilder result)
    {
        if (!IsEmpty(result) && result[result.Length - 1] != '\n')
        {
            result.Append(newline);
        }
    }

    private void AddBlankLine(StringBuilder result)
    {
        var last = result.Length - 1;
        var isBlank = IsEmpty(result) || last == 0 || result[last - 1] == '\n' || (result[last - 1] == '\r' && (last == 1 || result[last - 2] == '\n'));
        if (!isBlank)
        {
            result.Append(newline);
        }
    }

    private static bool IsEmpty(StringBuilder result) => result.Length == 0 || (result.Length == 1 && result[0] == '\ufeff');
}
