using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace DataManifest.Catalogs.Importers;

/// <summary>
/// Reads a YAML document that comes from anybody: by the parser's events, so that no type is ever made of a tag, and with limits on depth and number of values.
/// An alias is the same value again and is not copied.
/// </summary>
internal sealed class YamlReader
{
    private const int Deepest = 64;
    private const int MostValues = 500_000;
    private const string MergeKey = "<<";

    private readonly Dictionary<AnchorName, YamlValue> _anchors = [];
    private readonly Parser _parser;
    private int _values;

    private YamlReader(string text) => _parser = new Parser(new StringReader(text));

    /// <summary>Reads the first document of a text; nothing for an empty text.</summary>
    /// <param name="source">Where it comes from, for errors.</param>
    /// <param name="text">The text.</param>
    /// <param name="path">The file that it is from; null for the one that is imported.</param>
    /// <exception cref="DataManifestException">It is no YAML, or too deep or too large.</exception>
    public static YamlValue Read(ImportSource source, string text, string? path = null)
    {
        try
        {
            var reader = new YamlReader(text);
            reader._parser.Consume<StreamStart>();
            return reader._parser.TryConsume<DocumentStart>(out _) ? reader.ReadValue(0) : YamlValue.Nothing;
        }
        catch (YamlException broken)
        {
            throw source.Unreadable($"line {broken.Start.Line} is no YAML ({broken.Message.TrimEnd('.')})", path);
        }
    }

    private YamlValue ReadValue(int depth)
    {
        if (++_values > MostValues || depth > Deepest)
        {
            throw new YamlException($"more than {MostValues} values, or deeper than {Deepest} levels");
        }

        if (_parser.TryConsume<AnchorAlias>(out var alias))
        {
            return _anchors.GetValueOrDefault(alias.Value, YamlValue.Nothing);
        }

        if (_parser.TryConsume<Scalar>(out var scalar))
        {
            return Remember(scalar, new YamlValue { Text = scalar.IsPlainImplicit && scalar.Value is "~" or "null" ? "" : scalar.Value });
        }

        if (_parser.TryConsume<SequenceStart>(out var list))
        {
            var items = new List<YamlValue>();
            while (!_parser.TryConsume<SequenceEnd>(out _))
            {
                items.Add(ReadValue(depth + 1));
            }

            return Remember(list, new YamlValue { Items = items });
        }

        var map = _parser.Consume<MappingStart>();
        var entries = new Dictionary<string, YamlValue>(StringComparer.Ordinal);
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            var key = ReadValue(depth + 1).Text;
            entries[key] = ReadValue(depth + 1);
        }

        if (entries.Remove(MergeKey, out var merged))
        {
            foreach (var (key, value) in merged.Items.Prepend(merged).SelectMany(each => each.Entries))
            {
                entries.TryAdd(key, value);
            }
        }

        return Remember(map, new YamlValue { Entries = entries });
    }

    private YamlValue Remember(NodeEvent node, YamlValue value)
    {
        if (!node.Anchor.IsEmpty)
        {
            _anchors[node.Anchor] = value;
        }

        return value;
    }
}
