using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using YamlDotNet.Core;

namespace DataManifest.Loading;

/// <summary>A dataset's file as JSON, whatever it is written in.</summary>
/// <param name="dataset">The dataset.</param>
/// <param name="format">What it is written in, for messages.</param>
/// <param name="open">Opens it as JSON in UTF-8.</param>
internal sealed class JsonData(Dataset dataset, string format, Func<Dataset, Stream> open)
{
    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    private static readonly JsonSerializerOptions LenientTypes =
        new(JsonSerializerDefaults.Web) { AllowTrailingCommas = true, ReadCommentHandling = JsonCommentHandling.Skip };

    /// <summary>A dataset that is written in JSON.</summary>
    public static JsonData OfJson(Dataset dataset) => new(dataset, "JSON", file => file.OpenRead());

    /// <summary>A dataset that is written in YAML.</summary>
    public static JsonData OfYaml(Dataset dataset) => new(dataset, "YAML", file => YamlToJson.Convert(file.ReadAllText()));

    /// <summary>The whole document.</summary>
    public JsonDocument ReadDocument() => Read(stream => JsonDocument.Parse(stream, Lenient));

    /// <summary>The document as a value of a type.</summary>
    public T Read<T>(JsonTypeInfo<T> type) => Read(stream => NotNull(JsonSerializer.Deserialize(stream, type)));

    /// <summary>The document as a value of a type.</summary>
    [RequiresUnreferencedCode(DatasetFormats.ReflectionMessage)]
    [RequiresDynamicCode(DatasetFormats.ReflectionMessage)]
    public T Read<T>(JsonSerializerOptions? options) => Read(stream => NotNull(JsonSerializer.Deserialize<T>(stream, options ?? LenientTypes)));

    private static T NotNull<T>(T? value) => value ?? throw new JsonException("the document is null");

    private T Read<T>(Func<Stream, T> read)
    {
        try
        {
            using var stream = open(dataset);
            return read(stream);
        }
        catch (JsonException broken)
        {
            throw DataFault.Malformed(dataset, format, broken.Message, broken);
        }
        catch (YamlException broken)
        {
            throw DataFault.Malformed(dataset, format, $"line {broken.Start.Line}: {broken.Message}", broken);
        }
    }
}
