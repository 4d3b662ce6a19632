using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DataManifest.Tool.Output;

/// <summary>Results for programs: one JSON document per command.</summary>
internal static class JsonOutput
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a document, indented, with a line end.</summary>
    /// <param name="console">Its standard output is written to.</param>
    /// <param name="document">The document.</param>
    public static void WriteJson(this ToolConsole console, JsonNode document)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            document.WriteTo(writer);
        }

        console.Out.Writer.WriteLine(System.Text.Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
    }

    /// <summary>Writes why there is no result.</summary>
    /// <param name="console">Its standard output is written to.</param>
    /// <param name="code">The finding's code; empty for none.</param>
    /// <param name="error">What is wrong.</param>
    /// <param name="remedy">What to do; may be empty.</param>
    public static void WriteError(ToolConsole console, string code, string error, string remedy) =>
        console.WriteJson(new JsonObject { ["code"] = code, ["error"] = error, ["remedy"] = remedy });

    /// <summary>A list of texts.</summary>
    /// <param name="texts">The texts.</param>
    public static JsonArray Array(IEnumerable<string> texts) => [.. texts.Select(text => (JsonNode)text)];
}
