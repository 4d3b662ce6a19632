using System.Runtime.CompilerServices;
using DataManifest.Text;

namespace DataManifest.Toml;

/// <summary>Reads values and key/value pairs.</summary>
/// <param name="cursor">Where to read.</param>
/// <param name="keys">Reads the keys of inline tables.</param>
/// <param name="rules">Says what the keys may define.</param>
/// <param name="statements">Where to note every pair, those of inline tables too, in the order of their ends; null to note nothing.</param>
internal sealed class TomlValueReader(TomlCursor cursor, TomlKeyReader keys, TomlTableRules rules, List<TomlStatement>? statements)
{
    // Emptied and filled anew for each key, and done with before the key's value is read.
    private readonly List<TomlKeyPart> _key = [];

    /// <summary>Reads <c>key = value</c> and adds it to the table that the key names.</summary>
    /// <param name="table">Where the pair is written.</param>
    /// <param name="depth">How many tables and arrays are around the pair, the root not counted.</param>
    /// <exception cref="TomlException">The pair is malformed, or its key is taken.</exception>
    [MethodImpl(HotPath.CompiledWell)]
    public void ReadPair(TomlTable table, int depth)
    {
        var start = cursor.Position;
        keys.Read(_key);
        var last = _key[_key.Count - 1];
        depth += _key.Count - 1;
        RequireDepth(depth, last.Span);
        if (cursor.Current != '=')
        {
            throw cursor.Expected($"`=` after the key `{last.Name}`");
        }

        var owner = rules.OpenDotted(table, _key);
        rules.RequireNew(owner, last);
        cursor.Position++;
        cursor.SkipBlanks();
        var entry = new TomlEntry(last.Name, last.Span, Read(depth));
        owner.Append(entry);
        statements?.Add(new TomlStatement(owner, table, entry, TextSpan.FromBounds(start, cursor.Position)));
    }

    /// <summary>Refuses a table or array that is nested deeper than <see cref="TomlDocument.MaxDepth"/>.</summary>
    /// <param name="depth">How many tables and arrays are around.</param>
    /// <param name="span">What to point at.</param>
    /// <exception cref="TomlException">It is too deep.</exception>
    public void RequireDepth(int depth, TextSpan span)
    {
        if (depth > TomlDocument.MaxDepth)
        {
            throw cursor.Error($"Tables and arrays can be nested {TomlDocument.MaxDepth} levels deep at most.", span);
        }
    }

    [MethodImpl(HotPath.CompiledWell)]
    private TomlValue Read(int depth)
    {
        var start = cursor.Position;
        var c = cursor.Current;
        switch (c)
        {
            case '"' or '\'':
                var text = TomlStringReader.Read(cursor);
                return new TomlString(text, TextSpan.FromBounds(start, cursor.Position));
            case '[':
                return ReadArray(depth + 1);
            case '{':
                return ReadInlineTable(depth + 1);
            default:
                return ReadWord();
        }
    }

    private TomlArray ReadArray(int depth)
    {
        var start = cursor.Position++;
        RequireDepth(depth, new TextSpan(start, 1));
        var items = new List<TomlValue>();
        while (true)
        {
            cursor.SkipBlanksAndLines();
            if (cursor.Current == ']')
            {
                break;
            }

            RequireOpen(start, "array", ']');
            items.Add(Read(depth));
            cursor.SkipBlanksAndLines();
            if (cursor.Current == ']')
            {
                break;
            }

            RequireOpen(start, "array", ']');
            if (cursor.Current != ',')
            {
                throw cursor.Expected("`,` or `]` after the element of the array");
            }

            cursor.Position++;
        }

        cursor.Position++;
        return new TomlArray(items, TextSpan.FromBounds(start, cursor.Position));
    }

    private TomlTable ReadInlineTable(int depth)
    {
        var start = cursor.Position++;
        RequireDepth(depth, new TextSpan(start, 1));
        var table = new TomlTable(new TextSpan(start, 1), isInline: true);
        cursor.SkipBlanks();
        if (cursor.Current != '}')
        {
            while (true)
            {
                RequireSameLine(start);
                ReadPair(table, depth);
                cursor.SkipBlanks();
                if (cursor.Current == '}')
                {
                    break;
                }

                RequireSameLine(start);
                if (cursor.Current != ',')
                {
                    throw cursor.Expected("`,` or `}` after the value in the inline table");
                }

                var comma = cursor.Position++;
                cursor.SkipBlanks();
                if (cursor.Current == '}')
                {
                    throw cursor.Error("An inline table must not end with a comma.", comma, comma + 1);
                }
            }
        }

        cursor.Position++;
        table.Span = TextSpan.FromBounds(start, cursor.Position);
        return table;
    }

    private TomlValue ReadWord()
    {
        var start = cursor.Position;
        var end = EndOfWord(start);
        if (end == start)
        {
            throw cursor.Expected("a value");
        }

        var span = TextSpan.FromBounds(start, end);
        var c = cursor.Current;
        if (c is 't' or 'f')
        {
            var isTrue = span.Length == 4 && string.CompareOrdinal(cursor.Text, start, "true", 0, 4) == 0;
            if (isTrue || (span.Length == 5 && string.CompareOrdinal(cursor.Text, start, "false", 0, 5) == 0))
            {
                cursor.Position = end;
                return new TomlBoolean(isTrue, span);
            }
        }

        if (c is not ((>= '0' and <= '9') or '+' or '-' or 'i' or 'n'))
        {
            var word = span.Length <= 40 ? span.Of(cursor.Text) : new TextSpan(start, 40).Of(cursor.Text) + "…";
            throw cursor.Error($"Expected a value, found `{word}`; a string needs quotes, and `true` and `false` are lower case.", span);
        }

        var isDate = TomlDateTimeReader.IsDate(cursor, span);
        if (isDate && span.Length == 10 && cursor.Current is >= '0' and <= '9' && cursor.At(end) == ' ' && cursor.At(end + 1) is >= '0' and <= '9')
        {
            end = EndOfWord(end + 1);
            span = TextSpan.FromBounds(start, end);
        }

        TomlValue value = isDate || TomlDateTimeReader.IsTime(cursor, span)
            ? TomlDateTimeReader.Read(cursor, span)
            : TomlNumberReader.Read(cursor, span);
        cursor.Position = end;
        return value;
    }

    private int EndOfWord(int start)
    {
        var text = cursor.Text;
        while (start < text.Length && (TomlKeyReader.IsBare(text[start]) || text[start] is '+' or '.' or ':'))
        {
            start++;
        }

        return start;
    }

    private void RequireOpen(int start, string what, char closing)
    {
        if (cursor.AtEnd)
        {
            throw cursor.Error($"The {what} is not closed: expected `{closing}` before the end of the file.", start, start + 1);
        }
    }

    private void RequireSameLine(int start)
    {
        RequireOpen(start, "inline table", '}');
        if (cursor.NewlineLength(cursor.Position) > 0 || cursor.Current == '#')
        {
            throw cursor.Error("An inline table must end on the line where it begins; write a `[table]` instead.", start, start + 1);
        }
    }
}
