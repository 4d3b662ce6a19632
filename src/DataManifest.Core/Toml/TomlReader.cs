using System.Runtime.CompilerServices;
using DataManifest.Text;

namespace DataManifest.Toml;

/// <summary>Reads a whole TOML text, statement by statement, in one pass.</summary>
internal sealed class TomlReader
{
    private readonly TomlCursor _cursor;
    private readonly TomlKeyReader _keys;
    private readonly TomlTableRules _rules;
    private readonly TomlValueReader _values;
    private readonly List<TomlKeyPart> _header = [];
    private readonly List<TomlStatement>? _statements;

    private TomlReader(string text, List<TomlStatement>? statements)
    {
        _cursor = new TomlCursor(text);
        _keys = new TomlKeyReader(_cursor);
        _rules = new TomlTableRules(_cursor);
        _values = new TomlValueReader(_cursor, _keys, _rules, statements);
        _statements = statements;
    }

    /// <summary>Reads a text.</summary>
    /// <param name="text">The text; a byte order mark at its start is passed over.</param>
    /// <param name="statements">Where to note every header and key/value pair, for an editor.</param>
    /// <returns>The root table.</returns>
    /// <exception cref="TomlException">The text is not TOML 1.0.</exception>
    public static TomlTable Read(string text, List<TomlStatement>? statements = null) => new TomlReader(text, statements).Read();

    [MethodImpl(HotPath.CompiledWell)]
    private TomlTable Read()
    {
        var root = new TomlTable(new TextSpan(0, _cursor.Text.Length)) { Origin = TomlTableOrigin.Header };
        var (scope, depth) = (root, 0);
        _cursor.Position = _cursor.Current == '\ufeff' ? 1 : 0;
        while (true)
        {
            _cursor.SkipBlanksAndLines();
            if (_cursor.AtEnd)
            {
                return root;
            }

            var start = _cursor.Position;
            try
            {
                if (_cursor.Current == '[')
                {
                    scope = ReadHeader(root, start);
                    depth = _header.Count;
                }
                else
                {
                    _values.ReadPair(scope, depth);
                }

                RequireEndOfLine(start);
            }
            catch (TomlException e)
            {
                e.StatementStart = start;
                throw;
            }
        }
    }

    [MethodImpl(HotPath.CompiledWell)]
    private TomlTable ReadHeader(TomlTable root, int start)
    {
        var isArray = _cursor.At(start + 1) == '[';
        _cursor.Position = start + (isArray ? 2 : 1);
        _keys.Read(_header);
        var closed = _cursor.Current == ']' && (!isArray || _cursor.At(_cursor.Position + 1) == ']');
        if (!closed)
        {
            throw _cursor.Expected(isArray ? "`]]` after the name of the array of tables" : "`]` after the name of the table");
        }

        _cursor.Position += isArray ? 2 : 1;
        var span = TextSpan.FromBounds(start, _cursor.Position);
        _values.RequireDepth(_header.Count, span);
        var table = _rules.OpenHeader(root, _header, span, isArray);
        _statements?.Add(new TomlStatement(table, table, null, span));
        return table;
    }

    [MethodImpl(HotPath.CompiledWell)]
    private void RequireEndOfLine(int start)
    {
        _cursor.SkipBlanks();
        _cursor.SkipComment();
        if (!_cursor.AtEnd && _cursor.NewlineLength(_cursor.Position) == 0)
        {
            throw _cursor.Expected(_cursor.At(start) == '[' ? "the end of the line after the header" : "the end of the line after the value");
        }
    }
}
