using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DataManifest.Toml;

/// <summary>Turns TOML values into JSON and back, so that they can be compared and validated.</summary>
internal static class TomlJson
{
    /// <summary>A value as compact JSON; dates and times become text.</summary>
    public static string Json(TomlValue value) => Node(value).ToJsonString();

    /// <summary>A value as JSON; dates and times become text.</summary>
    public static JsonNode Node(TomlValue value) => value switch
    {
        TomlString text => JsonValue.Create(text.Value),
        TomlInteger integer => JsonNode.Parse(integer.Value.ToString(CultureInfo.InvariantCulture))!,
        TomlFloat number => JsonValue.Create(number.Value),
        TomlBoolean flag => JsonValue.Create(flag.Value),
        TomlArray array => new JsonArray([.. array.Items.Select(Node)]),
        TomlTable table => new JsonObject(table.Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)Node(entry.Value)))),
        TomlDateTime time => JsonValue.Create($"{time.Date:yyyy-MM-dd}T{time.Time:hh\\:mm\\:ss}Z"),
        _ => throw new ArgumentException(value.GetType().Name),
    };

    /// <summary>JSON as a TOML value.</summary>
    public static TomlValue Value(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => new TomlString(json.GetString()!),
        JsonValueKind.True or JsonValueKind.False => new TomlBoolean(json.GetBoolean()),
        JsonValueKind.Number when json.GetRawText().AsSpan().IndexOfAny('.', 'e') >= 0 => new TomlFloat(json.GetDouble()),
        JsonValueKind.Number => new TomlInteger(BigInteger.Parse(json.GetRawText(), CultureInfo.InvariantCulture)),
        JsonValueKind.Array => new TomlArray([.. json.EnumerateArray().Select(Value)]),
        _ => Table(json),
    };

    private static TomlTable Table(JsonElement json)
    {
        var table = new TomlTable();
        foreach (var property in json.EnumerateObject())
        {
            table.Add(property.Name, Value(property.Value));
        }

        return table;
    }
}
