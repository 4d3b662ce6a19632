using System.Globalization;
using System.Text.Json;

namespace DataManifest.Catalogs.Repositories;

/// <summary>Reads documents whose shape is only hoped for: what is missing or of another type counts as empty.</summary>
internal static class JsonFields
{
    /// <summary>A member of an object, or nothing.</summary>
    /// <param name="json">Anything.</param>
    /// <param name="path">The members' names, the outermost first.</param>
    public static JsonElement Get(this JsonElement json, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            json = json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var member) ? member : default;
        }

        return json;
    }

    /// <summary>A text or a number as text, without blanks around it; empty for anything else.</summary>
    /// <param name="json">Anything.</param>
    /// <param name="path">The members' names, the outermost first.</param>
    public static string Text(this JsonElement json, params ReadOnlySpan<string> path) => json.Get(path) switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString()!.Trim(),
        { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
        _ => "",
    };

    /// <summary>A whole number; null for anything else.</summary>
    /// <param name="json">Anything.</param>
    /// <param name="path">The members' names, the outermost first.</param>
    public static long? Number(this JsonElement json, params ReadOnlySpan<string> path) =>
        long.TryParse(json.Text(path), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Whether a member is there and true.</summary>
    /// <param name="json">Anything.</param>
    /// <param name="path">The members' names, the outermost first.</param>
    public static bool IsTrue(this JsonElement json, params ReadOnlySpan<string> path) => json.Get(path).ValueKind == JsonValueKind.True;

    /// <summary>The elements of an array; an object stands for an array of one; none for anything else.</summary>
    /// <param name="json">Anything.</param>
    /// <param name="path">The members' names, the outermost first.</param>
    public static IEnumerable<JsonElement> Items(this JsonElement json, params ReadOnlySpan<string> path) => json.Get(path) switch
    {
        { ValueKind: JsonValueKind.Array } array => array.EnumerateArray(),
        { ValueKind: JsonValueKind.Object } one => [one],
        _ => [],
    };

    /// <summary>The texts of an array, without the empty ones; a single text stands for an array of one.</summary>
    /// <param name="json">Anything.</param>
    /// <param name="path">The members' names, the outermost first.</param>
    public static IReadOnlyList<string> Texts(this JsonElement json, params ReadOnlySpan<string> path) => json.Get(path) switch
    {
        { ValueKind: JsonValueKind.Array } array => [.. array.EnumerateArray().Select(item => item.Text()).Where(text => text.Length > 0)],
        { ValueKind: JsonValueKind.String } text => [text.Text()],
        _ => [],
    };
}
