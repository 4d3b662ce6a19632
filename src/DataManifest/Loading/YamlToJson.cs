using System.Text.Json;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace DataManifest.Loading;

/// <summary>
/// Writes a YAML document as the JSON with the same values. The parser's events are all that is used, so no type is ever made of a tag; aliases are written out, with
/// limits on what may come of them.
/// </summary>
internal sealed class YamlToJson
{
    private const int Deepest = 64;
    private const int MostRepeatedValues = 1_000_000;
    private const string MergeKey = "<<";

    private readonly List<ParsingEvent> _events = [];
    private readonly Dictionary<int, int> _targets = [];
    private readonly Utf8JsonWriter _writer;
    private int _repeated;

    private YamlToJson(Parser parser, Utf8JsonWriter writer)
    {
        _writer = writer;
        var anchors = new Dictionary<AnchorName, int>();
        while (!parser.Accept<DocumentEnd>(out _))
        {
            var next = parser.Consume<ParsingEvent>();
            if (next is AnchorAlias alias)
            {
                _targets[_events.Count] = anchors.TryGetValue(alias.Value, out var target) ? target : throw new YamlException(next.Start, next.End, "an alias names no anchor before it");
            }
            else if (next is NodeEvent { Anchor.IsEmpty: false } named)
            {
                anchors[named.Anchor] = _events.Count;
            }

            _events.Add(next);
        }
    }

    /// <summary>The JSON of a YAML text, in UTF-8; null for an empty one.</summary>
    /// <param name="yaml">The text.</param>
    /// <exception cref="YamlException">It is no YAML, several documents, too deep or too large.</exception>
    public static MemoryStream Convert(string yaml)
    {
        var parser = new Parser(new StringReader(yaml));
        var result = new MemoryStream();
        using (var writer = new Utf8JsonWriter(result))
        {
            parser.Consume<StreamStart>();
            if (parser.TryConsume<DocumentStart>(out _))
            {
                new YamlToJson(parser, writer).Write(0, depth: 0, isRepeated: false);
                parser.Consume<DocumentEnd>();
                if (parser.TryConsume<DocumentStart>(out var second))
                {
                    throw new YamlException(second.Start, second.End, "a second document begins, and a dataset is one");
                }
            }
            else
            {
                writer.WriteNullValue();
            }
        }

        result.Position = 0;
        return result;
    }

    /// <summary>Writes the value that begins at an event.</summary>
    /// <returns>The event behind it.</returns>
    private int Write(int at, int depth, bool isRepeated)
    {
        var node = _events[at];
        if (depth > Deepest || (isRepeated && ++_repeated > MostRepeatedValues))
        {
            throw new YamlException(node.Start, node.End, $"values are nested deeper than {Deepest} levels, or aliases repeat more than {MostRepeatedValues} values");
        }

        switch (node)
        {
            case AnchorAlias:
                Write(_targets[at], depth + 1, isRepeated: true);
                return at + 1;
            case Scalar scalar:
                YamlScalar.Write(_writer, scalar);
                return at + 1;
            case SequenceStart:
                _writer.WriteStartArray();
                for (at++; _events[at] is not SequenceEnd;)
                {
                    at = Write(at, depth + 1, isRepeated);
                }

                _writer.WriteEndArray();
                return at + 1;
            default:
                return WriteMap(at, depth, isRepeated);
        }
    }

    private int WriteMap(int at, int depth, bool isRepeated)
    {
        var entries = new Dictionary<string, int>(StringComparer.Ordinal);
        var merged = new List<int>();
        var end = Collect(at, entries, merged);
        _writer.WriteStartObject();
        foreach (var (key, value) in entries)
        {
            _writer.WritePropertyName(key);
            Write(value, depth + 1, isRepeated);
        }

        // What a map takes over from another one counts where it has no entry of its own.
        for (var i = 0; i < merged.Count; i++)
        {
            var more = new Dictionary<string, int>(StringComparer.Ordinal);
            if (merged.Count > Deepest || _events[merged[i]] is not MappingStart)
            {
                throw new YamlException(_events[at].Start, _events[at].End, "'<<' stands for something else than a map, or for too many");
            }

            Collect(merged[i], more, merged);
            foreach (var (key, value) in more.Where(entry => entries.TryAdd(entry.Key, entry.Value)))
            {
                _writer.WritePropertyName(key);
                Write(value, depth + 1, isRepeated: true);
            }
        }

        _writer.WriteEndObject();
        return end;
    }

    /// <summary>Finds the entries of a map, the last one of each key, and the maps that it takes over.</summary>
    private int Collect(int at, Dictionary<string, int> entries, List<int> merged)
    {
        for (at++; _events[at] is not MappingEnd;)
        {
            var key = _events[Target(at)];
            if (key is not Scalar { Value: var name })
            {
                throw new YamlException(key.Start, key.End, "a key is a list or a map");
            }

            if (name == MergeKey)
            {
                merged.AddRange(_events[at + 1] is SequenceStart ? Items(at + 1) : [Target(at + 1)]);
            }
            else
            {
                entries[name] = at + 1;
            }

            at = Skip(at + 1);
        }

        return at + 1;
    }

    private IEnumerable<int> Items(int list)
    {
        for (var at = list + 1; _events[at] is not SequenceEnd; at = Skip(at))
        {
            yield return Target(at);
        }
    }

    private int Target(int at) => _targets.TryGetValue(at, out var target) ? target : at;

    /// <summary>The event behind a value.</summary>
    private int Skip(int at)
    {
        var depth = 0;
        do
        {
            depth += _events[at++].NestingIncrease;
        }
        while (depth > 0);

        return at;
    }
}
