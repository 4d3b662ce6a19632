using System.Text;
using System.Text.Json;

namespace DataManifest.Rows;

/// <summary>The values of one JSON object by columns, as text: that of a string without quotes and escapes, that of everything else as it is written.</summary>
internal sealed class JsonRow
{
    private readonly Dictionary<string, int> _indexes = new(StringComparer.Ordinal);
    private readonly List<byte[]> _names = [];
    private readonly bool _grows;
    private (int Start, int Length, JsonTokenType Kind)[] _cells = [];
    private char[] _text = new char[1024];
    private int _textLength;

    /// <summary>A row with fixed columns; properties that are none are passed over.</summary>
    /// <param name="columns">The names of the columns.</param>
    public JsonRow(IEnumerable<string> columns)
    {
        foreach (var column in columns)
        {
            Add(column);
        }
    }

    /// <summary>A row that gets a column for each property that it sees.</summary>
    public JsonRow() => _grows = true;

    /// <summary>How many columns there are.</summary>
    public int Count => _names.Count;

    /// <summary>The text of a value; empty where there is none.</summary>
    /// <param name="column">The column.</param>
    public ReadOnlySpan<char> this[int column] => _text.AsSpan(_cells[column].Start, _cells[column].Length);

    /// <summary>What a value is; <see cref="JsonTokenType.None"/> where there is none.</summary>
    /// <param name="column">The column.</param>
    public JsonTokenType KindOf(int column) => _cells[column].Kind;

    /// <summary>The name of a column.</summary>
    /// <param name="column">The column.</param>
    public string NameOf(int column) => Encoding.UTF8.GetString(_names[column]);

    /// <summary>Reads an object.</summary>
    /// <param name="line">Its text.</param>
    /// <exception cref="JsonException">It is no JSON object.</exception>
    public void Parse(ReadOnlySpan<byte> line)
    {
        Array.Clear(_cells);
        _textLength = 0;
        if (_text.Length < line.Length)
        {
            _text = new char[line.Length * 2]; // No value has more characters than the line has bytes.
        }

        var reader = new Utf8JsonReader(line);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("The line is no JSON object.");
        }

        var next = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var column = IndexOf(ref reader, next);
            next = column + 1;
            reader.Read();
            if (column < 0)
            {
                reader.Skip();
                continue;
            }

            Take(ref reader, line, column);
        }

        if (reader.Read())
        {
            throw new JsonException("There is something behind the JSON object.");
        }
    }

    private void Take(ref Utf8JsonReader reader, ReadOnlySpan<byte> line, int column)
    {
        var kind = reader.TokenType;
        var start = _textLength;
        if (kind == JsonTokenType.String)
        {
            _textLength += reader.CopyString(_text.AsSpan(start));
        }
        else if (kind != JsonTokenType.Null)
        {
            var from = (int)reader.TokenStartIndex;
            reader.Skip();
            _textLength += Encoding.UTF8.GetChars(line[from..(int)reader.BytesConsumed], _text.AsSpan(start));
        }

        _cells[column] = (start, _textLength - start, kind);
    }

    /// <summary>The column of a property. Most lines have their properties in one order, so the column behind the last one is tried first.</summary>
    private int IndexOf(ref Utf8JsonReader reader, int next)
    {
        if (next < _names.Count && reader.ValueTextEquals(_names[next]))
        {
            return next;
        }

        var name = reader.GetString()!;
        return _indexes.TryGetValue(name, out var index) ? index : _grows ? Add(name) : -1;
    }

    private int Add(string name)
    {
        if (!_indexes.TryAdd(name, _names.Count))
        {
            return _indexes[name];
        }

        _names.Add(Encoding.UTF8.GetBytes(name));
        if (_cells.Length < _names.Count)
        {
            Array.Resize(ref _cells, Math.Max(16, _names.Count * 2));
        }

        return _names.Count - 1;
    }
}
