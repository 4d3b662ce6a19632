using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace DataManifest.Provenance;

/// <summary>What CycloneDX 1.6 demands of the fields that the documents have; unknown fields are not allowed anywhere.</summary>
internal static partial class CycloneDxRules
{
    private static readonly string[] HashAlgorithms =
        ["MD5", "SHA-1", "SHA-256", "SHA-384", "SHA-512", "SHA3-256", "SHA3-384", "SHA3-512", "BLAKE2b-256", "BLAKE2b-384", "BLAKE2b-512", "BLAKE3"];

    private static readonly string[] ReferenceKinds = ["vcs", "website", "distribution", "documentation", "license", "other"];

    /// <summary>The faults of a document; none of a valid one.</summary>
    public static IEnumerable<string> FaultsOf(JsonNode document)
    {
        var components = document["components"]!.AsArray();
        var subject = document["metadata"]?["component"];
        var references = components.Append(subject).OfType<JsonNode>().Select(component => (string)component["bom-ref"]!).ToList();
        return Fields(document, "document", ["bomFormat", "specVersion"], ["$schema", "version", "metadata", "components", "dependencies"])
            .Concat((string)document["bomFormat"]! == "CycloneDX" && (string)document["specVersion"]! == "1.6" ? [] : ["not CycloneDX 1.6"])
            .Concat(document["metadata"] is { } metadata ? Fields(metadata, "metadata", [], ["component"]) : [])
            .Concat(components.Append(subject).OfType<JsonNode>().SelectMany(Component))
            .Concat(references.Count == references.Distinct().Count() ? [] : ["a bom-ref is there twice"])
            .Concat(document["dependencies"]!.AsArray().SelectMany(dependency => Dependency(dependency!, references)));
    }

    private static IEnumerable<string> Component(JsonNode? component)
    {
        var name = (string)component!["name"]!;
        return Fields(component, name, ["type", "name"], ["bom-ref", "authors", "publisher", "version", "description", "hashes", "licenses", "externalReferences", "properties"])
            .Concat((string)component["type"]! is "data" or "application" ? [] : [$"{name}: type"])
            .Concat(Each(component, "authors").SelectMany(author => Fields(author, name, ["name"], [])))
            .Concat(Each(component, "hashes").SelectMany(hash => Fields(hash, name, ["alg", "content"], [])))
            .Concat(Each(component, "hashes").Where(hash => !HashAlgorithms.Contains((string)hash["alg"]!) || !Digest().IsMatch((string)hash["content"]!)).Select(_ => $"{name}: hash"))
            .Concat(Each(component, "externalReferences").SelectMany(reference => Fields(reference, name, ["type", "url"], ["comment"])))
            .Concat(Each(component, "externalReferences")
                .Where(reference => !ReferenceKinds.Contains((string)reference["type"]!) || !Uri.IsWellFormedUriString((string)reference["url"]!, UriKind.Absolute)).Select(reference => $"{name}: {reference["url"]}"))
            .Concat(Each(component, "properties").SelectMany(property => Fields(property, name, ["name", "value"], [])))
            .Concat(Each(component, "licenses").SelectMany(choice => License(choice, name)));
    }

    private static IEnumerable<string> License(JsonNode choice, string name) => choice["license"] is { } license
        ? Fields(choice, name, ["license"], []).Concat(Fields(license, name, license["id"] is null ? ["name"] : ["id"], []))
        : Fields(choice, name, ["expression"], []);

    private static IEnumerable<string> Dependency(JsonNode dependency, List<string> references) =>
        Fields(dependency, "dependency", ["ref"], ["dependsOn"])
            .Concat(Each(dependency, "dependsOn").Append(dependency["ref"]!).Select(reference => (string)reference!).Where(reference => !references.Contains(reference)).Select(reference => $"nothing is called {reference}"))
            .Concat(Each(dependency, "dependsOn").GroupBy(other => (string)other!).Where(same => same.Count() > 1).Select(same => $"{same.Key} twice"));

    private static IEnumerable<JsonNode> Each(JsonNode node, string field) => node[field]?.AsArray().OfType<JsonNode>() ?? [];

    private static IEnumerable<string> Fields(JsonNode node, string where, string[] required, string[] allowed) =>
        required.Where(field => node[field] is null).Select(field => $"{where}: no {field}")
            .Concat(node.AsObject().Where(field => field.Value is null || !required.Concat(allowed).Contains(field.Key)).Select(field => $"{where}: {field.Key}"));

    [GeneratedRegex("^([a-f0-9]{32}|[a-f0-9]{40}|[a-f0-9]{64}|[a-f0-9]{96}|[a-f0-9]{128})$")]
    private static partial Regex Digest();
}
