namespace DataManifest.Toml;

/// <summary>Where the headers, pairs, lines and comments of a text stand. Reads the text again, so that readers need not pay for it.</summary>
internal sealed class TomlLayout
{
    private static readonly List<TomlStatement> NoPairs = [];

    private readonly Dictionary<TomlEntry, TomlStatement> _pairs = [];
    private readonly Dictionary<TomlTable, List<TomlStatement>> _pairsByScope = [];
    private readonly Dictionary<TomlTable, int> _headers = [];
    private readonly Dictionary<TomlTable, int> _ends = [];

    /// <summary>Lays out a text.</summary>
    /// <param name="text">The text; known to be valid.</param>
    /// <exception cref="TomlException">The text is not TOML 1.0.</exception>
    public TomlLayout(string text)
    {
        var statements = new List<TomlStatement>();
        Text = text;
        Root = TomlReader.Read(text, statements);
        var firstLine = Text.IndexOf('\n');
        Newline = firstLine > 0 && Text[firstLine - 1] == '\r' ? "\r\n" : "\n";
        foreach (var statement in statements)
        {
            if (statement.Entry is null)
            {
                _headers.Add(statement.Table, Statements.Count);
            }
            else
            {
                _pairs.Add(statement.Entry, statement);
                if (!_pairsByScope.TryGetValue(statement.Scope, out var pairs))
                {
                    _pairsByScope.Add(statement.Scope, pairs = []);
                }

                pairs.Add(statement);
            }

            if (!statement.Scope.IsInline)
            {
                Statements.Add(statement);
            }
        }

        FindEnd(Root);
    }

    /// <summary>The text.</summary>
    public string Text { get; }

    /// <summary>The line end that the text uses first, LF if it has none.</summary>
    public string Newline { get; }

    /// <summary>The table of the whole text; its tables and entries are the ones to ask for.</summary>
    public TomlTable Root { get; }

    /// <summary>The headers and the pairs outside of inline tables, in order.</summary>
    public List<TomlStatement> Statements { get; } = [];

    /// <summary>Finds the <c>key = value</c> that an entry is written as.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="pair">The pair.</param>
    /// <returns>False for a table that is written through headers or dotted keys.</returns>
    public bool TryGetPair(TomlEntry entry, out TomlStatement pair) => _pairs.TryGetValue(entry, out pair);

    /// <summary>The pairs under a table's header, or in its braces.</summary>
    /// <param name="scope">A table with a header, the root or an inline table.</param>
    public List<TomlStatement> PairsIn(TomlTable scope) => _pairsByScope.TryGetValue(scope, out var pairs) ? pairs : NoPairs;

    /// <summary>The index in <see cref="Statements"/> of a table's own header; -1 when it has none.</summary>
    /// <param name="table">The table.</param>
    public int HeaderOf(TomlTable table) => _headers.TryGetValue(table, out var index) ? index : -1;

    /// <summary>The offset behind the last line that belongs to a table or to a table in it; the end of the text for the root.</summary>
    /// <param name="table">A table that is not inline.</param>
    public int EndOf(TomlTable table) => table == Root ? Text.Length : LineEndAt(_ends[table]);

    /// <summary>The pairs of a table that is made by dotted keys, or of the tables that its own pairs make when it has none.</summary>
    /// <param name="table">The table.</param>
    public List<TomlStatement> DottedPairsOf(TomlTable table)
    {
        var own = table.Where(e => _pairs.ContainsKey(e)).Select(e => _pairs[e]).ToList();
        return own.Count > 0
            ? own
            : [.. table.Select(e => e.Value).OfType<TomlTable>().Where(t => t.Origin == TomlTableOrigin.DottedKeys).SelectMany(DottedPairsOf)];
    }

    /// <summary>The index of the statement that begins at an offset.</summary>
    /// <param name="offset">Where a header or a pair begins.</param>
    public int IndexAt(int offset)
    {
        var (low, high) = (0, Statements.Count - 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = Statements[middle].Span.Start < offset ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    /// <summary>Where the first line of a statement begins.</summary>
    /// <param name="statement">The statement.</param>
    public int LineStart(TomlStatement statement) => LineStartAt(statement.Span.Start);

    /// <summary>The offset behind the last line of a statement, line end and comment included.</summary>
    /// <param name="statement">The statement.</param>
    public int LineEnd(TomlStatement statement) => LineEndAt(statement.Span.End);

    /// <summary>Where the comment lines directly above a statement begin; its own line if there are none, or if they are the heading of the file.</summary>
    /// <param name="index">The index in <see cref="Statements"/>.</param>
    public int CommentStart(int index)
    {
        var own = LineStart(Statements[index]);
        var floor = index == 0 ? LineStartAt(0) : LineEnd(Statements[index - 1]);
        var start = own;
        while (start > floor)
        {
            var above = LineStartAt(start - 1);
            if (Text[SkipBlanks(above)] != '#')
            {
                return start;
            }

            start = above;
        }

        return index == 0 ? own : start;
    }

    /// <summary>Moves behind the blank lines at an offset.</summary>
    /// <param name="lineStart">Where a line begins.</param>
    public int SkipBlankLines(int lineStart)
    {
        while (lineStart < Text.Length)
        {
            var content = SkipBlanks(lineStart);
            if (content < Text.Length && Text[content] is not ('\r' or '\n'))
            {
                break;
            }

            lineStart = LineEndAt(content);
        }

        return lineStart;
    }

    /// <summary>Moves before the blank lines above an offset.</summary>
    /// <param name="lineStart">Where a line begins.</param>
    public int SkipBlankLinesAbove(int lineStart)
    {
        while (lineStart > LineStartAt(0))
        {
            var above = LineStartAt(lineStart - 1);
            if (Text[SkipBlanks(above)] is not ('\r' or '\n'))
            {
                break;
            }

            lineStart = above;
        }

        return lineStart;
    }

    private int LineStartAt(int offset)
    {
        var start = offset == 0 ? 0 : Text.LastIndexOf('\n', offset - 1) + 1;
        return start == 0 && Text.Length > 0 && Text[0] == '\ufeff' ? 1 : start;
    }

    private int LineEndAt(int offset)
    {
        var newline = Text.IndexOf('\n', offset);
        return newline < 0 ? Text.Length : newline + 1;
    }

    private int SkipBlanks(int offset)
    {
        while (offset < Text.Length && Text[offset] is ' ' or '\t')
        {
            offset++;
        }

        return offset;
    }

    private int FindEnd(TomlTable table)
    {
        var header = HeaderOf(table);
        var end = header < 0 ? 0 : Statements[header].Span.End;
        foreach (var entry in table)
        {
            end = Math.Max(end, _pairs.TryGetValue(entry, out var pair) ? pair.Span.End
                : entry.Value is TomlTable inner ? FindEnd(inner)
                : ((TomlArray)entry.Value).Items.Max(item => FindEnd((TomlTable)item)));
        }

        _ends[table] = end;
        return end;
    }
}
