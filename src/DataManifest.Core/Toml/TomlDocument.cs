using DataManifest.Text;

namespace DataManifest.Toml;

/// <summary>A TOML 1.0 text and what it says; every key and value knows where it is written.</summary>
public sealed class TomlDocument
{
    /// <summary>
    /// How deep tables and arrays may be nested, the root not counted. A fixed limit keeps hostile text from exhausting the stack of an editor.
    /// </summary>
    public const int MaxDepth = 256;

    private LineMap? _lines;

    private TomlDocument(string text, TomlTable root)
    {
        Text = text;
        Root = root;
    }

    /// <summary>The text as it was given.</summary>
    public string Text { get; }

    /// <summary>The lines of <see cref="Text"/>.</summary>
    public LineMap Lines => _lines ??= new LineMap(Text);

    /// <summary>The table of the whole document.</summary>
    public TomlTable Root { get; }

    /// <summary>Reads a text, in time proportional to its length.</summary>
    /// <param name="text">The text; a byte order mark at its start is allowed. Line ends inside multi-line strings are read as LF.</param>
    /// <exception cref="TomlException">
    /// The text is not TOML 1.0, is nested deeper than <see cref="MaxDepth"/>, or has an integer of more than 4,300 digits; says where and why.
    /// </exception>
    public static TomlDocument Parse(string text) => new(text, TomlReader.Read(text));
}
