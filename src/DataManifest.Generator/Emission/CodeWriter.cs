using System.Text;

namespace DataManifest.Generator.Emission;

/// <summary>Writes C# code, indented by its blocks; lines end with LF.</summary>
internal sealed class CodeWriter
{
    private const int IndentWidth = 4;

    private readonly StringBuilder _code = new();
    private int _indent;
    private bool _isAtStart = true;

    /// <summary>Writes one line.</summary>
    /// <param name="text">The line, without its indent; an empty one stays empty.</param>
    public void Line(string text = "")
    {
        if (text.Length > 0)
        {
            _code.Append(' ', _indent * IndentWidth).Append(text);
        }

        _code.Append('\n');
        _isAtStart = false;
    }

    /// <summary>Writes an empty line between what came before in the block and what comes next; nothing at the start of a block.</summary>
    public void Separate()
    {
        if (!_isAtStart)
        {
            Line();
        }
    }

    /// <summary>Writes a line that is part of no block: a directive of the preprocessor.</summary>
    /// <param name="text">The line.</param>
    public void Directive(string text) => _code.Append(text).Append('\n');

    /// <summary>Begins a block.</summary>
    /// <param name="header">What stands before it: a declaration.</param>
    public void Open(string header)
    {
        Line(header);
        Line("{");
        _indent++;
        _isAtStart = true;
    }

    /// <summary>Ends the innermost block.</summary>
    /// <param name="end">What stands behind its brace.</param>
    public void Close(string end = "")
    {
        _indent--;
        Line("}" + end);
    }

    /// <summary>Ends all blocks and gives the code.</summary>
    public string Finish()
    {
        while (_indent > 0)
        {
            Close();
        }

        return _code.ToString();
    }
}
