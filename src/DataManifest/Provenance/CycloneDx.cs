using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using DataManifest.Citations;
using DataManifest.Manifest;

namespace DataManifest.Provenance;

/// <summary>
/// Writes a CycloneDX 1.6 bill of materials in JSON: one component of the type <c>data</c> per dataset. There is no time, serial number or path of this machine
/// in it, so that the same manifest always gives the same bytes.
/// </summary>
internal sealed class CycloneDx
{
    private const string SubjectReference = "subject";

    private readonly Dictionary<DatasetDeclaration, string> _references = new(ReferenceEqualityComparer.Instance);

    private CycloneDx(IEnumerable<DatasetDeclaration> datasets)
    {
        // Nothing in a document may have the name of something else, and two manifests may each have a dataset of one name.
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var dataset in datasets)
        {
            var reference = $"data:{dataset.Name}";
            for (var number = 2; !names.Add(reference); number++)
            {
                reference = $"data:{dataset.Name}#{number}";
            }

            _references.Add(dataset, reference);
        }
    }

    /// <summary>The document.</summary>
    /// <param name="datasets">The datasets that the document is about, each with the manifest that declares it.</param>
    /// <param name="subject">The name of what uses the data; empty for a document that is about data alone.</param>
    /// <param name="version">Its version; may be empty.</param>
    public static string Of(IReadOnlyList<(ManifestDocument Manifest, DatasetDeclaration Dataset)> datasets, string subject, string version) =>
        new CycloneDx(datasets.Select(declared => declared.Dataset)).Write(datasets, subject, version);

    private string Write(IReadOnlyList<(ManifestDocument Manifest, DatasetDeclaration Dataset)> datasets, string subject, string version)
    {
        var document = Object(
            ("$schema", "http://cyclonedx.org/schema/bom-1.6.schema.json"),
            ("bomFormat", "CycloneDX"),
            ("specVersion", "1.6"),
            ("version", 1),
            ("metadata", subject.Length == 0 ? null : Object(("component", Object(("type", "application"), ("bom-ref", SubjectReference), ("name", subject), ("version", Text(version)))))));
        document["components"] = new JsonArray([.. datasets.Select(declared => Component(declared.Manifest, declared.Dataset))]);
        document["dependencies"] = new JsonArray([
            .. subject.Length == 0 ? [] : new[] { Dependency(SubjectReference, datasets.Select(declared => declared.Dataset)) },
            .. datasets.Select(declared => Dependency(_references[declared.Dataset], declared.Dataset.Requires.Select(name => declared.Manifest.Find(name).Dataset).OfType<DatasetDeclaration>()))]);

        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            document.WriteTo(json);
        }

        return Encoding.UTF8.GetString(buffer.ToArray()).ReplaceLineEndings("\n") + "\n";
    }

    private JsonObject Component(ManifestDocument manifest, DatasetDeclaration dataset)
    {
        var citation = Citation.Of(manifest, dataset);
        var origin = new DataOrigin(dataset);
        return Object(
            ("type", "data"),
            ("bom-ref", _references[dataset]),
            ("authors", Array(citation.Creators.Select(creator => Object(("name", creator.ToString()))))),
            ("publisher", Text(citation.Publisher)),
            ("name", dataset.Name),
            ("version", Text(dataset.Version)),
            ("description", citation.Title),
            ("hashes", origin.Hash is { } hash ? Array([Object(("alg", hash.Algorithm), ("content", hash.Hex))]) : null),
            ("licenses", citation.License.Length > 0 ? Array([License(citation.License)]) : null),
            ("externalReferences", Array(origin.Addresses
                .Concat(citation.Doi.Length > 0 ? [("website", citation.Url, "DOI")] : [])
                .Select(reference => Object(("type", reference.Item1), ("url", reference.Item2), ("comment", Text(reference.Item3)))))),
            ("properties", Array(origin.Properties.Select(property => Object(("name", $"datamanifest:{property.Key}"), ("value", property.Value))))));
    }

    /// <summary>An identifier of the SPDX list, an expression, or else a name: what the format tells apart.</summary>
    private static JsonObject License(string license) =>
        SpdxLicenses.Find(license) is { } known ? Object(("license", Object(("id", known))))
        : LicenseExpression.TryParse(license) is { } expression ? Object(("expression", expression.ToString()))
        : Object(("license", Object(("name", license))));

    private JsonObject Dependency(string reference, IEnumerable<DatasetDeclaration> needed) =>
        Object(("ref", reference), ("dependsOn", new JsonArray([.. needed.Select(dataset => _references[dataset]).Distinct().Select(name => JsonValue.Create(name))])));

    private static string? Text(string value) => value.Length > 0 ? value : null;

    private static JsonArray? Array(IEnumerable<JsonObject> items) => items.ToArray<JsonNode>() is { Length: > 0 } all ? new JsonArray(all) : null;

    /// <summary>An object without the fields that are null.</summary>
    private static JsonObject Object(params IEnumerable<(string Name, JsonNode? Value)> fields) =>
        new(fields.Where(field => field.Value is not null).Select(field => KeyValuePair.Create(field.Name, field.Value)));
}
