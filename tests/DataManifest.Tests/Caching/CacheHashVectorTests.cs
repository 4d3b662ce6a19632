using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.RegularExpressions;
using DataManifest.Diagnostics;
using DataManifest.Hashing;
using DataManifest.Toml;

namespace DataManifest.Caching;

/// <summary>The shared vectors of <c>cache_hash.json</c>: arguments, canonical JSON, hash, sidecar, and which sidecars are valid.</summary>
[TestClass]
public sealed partial class CacheHashVectorTests
{
    private const string Cachetype = "mypkg.mod.run";

    [TestMethod]
    public void Every_case_has_the_other_tools_json_hash_and_sidecar()
    {
        var cases = Vectors("cases");
        Assert.IsGreaterThan(100, cases.Count);
        foreach (var vector in cases)
        {
            var id = Text(vector, "id");
            var arguments = Arguments(Text(vector, "kwargs_json"));
            if (vector.TryGetProperty("error", out var error))
            {
                var refused = Assert.ThrowsExactly<DataManifestException>(() => KeyTable.Of(arguments), id);
                Assert.AreEqual(DiagnosticRules.ParameterNotHashable, refused.Rule);
                var place = ErrorPlace().Match(Text(error, "message")).Groups[1].Value;
                Assert.Contains($"'{place}'", refused.Message, id);
                continue;
            }

            var table = KeyTable.Of(arguments);
            Assert.AreEqual(Text(vector, "canonical_json"), CanonicalJson.Write(table), id);
            var identity = new ArtifactIdentity(Cachetype, "", ParameterHash.Compute(table));
            Assert.AreEqual(Text(vector, "hash"), identity.Hash, id);
            AssertSidecar(id, identity, table, Text(vector, "config_toml"), vector.GetProperty("config_valid_after_round_trip").GetBoolean());
            if (vector.TryGetProperty("config_toml_v2", out var second))
            {
                AssertSidecar(id, identity with { Version = "v2" }, table, second.GetString()!, isValid: true);
            }
        }
    }

    [TestMethod]
    public void Every_sidecar_is_as_valid_as_for_the_other_tools_and_a_damaged_one_is_no_exception()
    {
        using var folder = new ScratchFolder();
        var cases = Vectors("config_validity");
        Assert.IsNotEmpty(cases);
        foreach (var vector in cases)
        {
            var path = folder.Write("x/marker", "");
            File.Delete(folder["x/config.toml"]);
            if (vector.GetProperty("config_toml").GetString() is { } text)
            {
                folder.Write("x/config.toml", text);
            }

            var isValid = vector.TryGetProperty("valid", out var valid) && valid.GetBoolean();
            Assert.AreEqual(isValid, ArtifactConfig.Read(Path.GetDirectoryName(path)!)?.IsValid ?? false, Text(vector, "note"));
        }
    }

    private static void AssertSidecar(string id, ArtifactIdentity identity, TomlTable table, string expected, bool isValid)
    {
        Assert.AreEqual(expected, ArtifactConfig.ToText(identity, table), id);
        var read = ArtifactConfig.Parse(TomlDocument.Parse(expected).Root);
        Assert.AreEqual(isValid, read.IsValid, id);
        Assert.AreEqual(identity, read.Identity, id);
    }

    private static List<JsonElement> Vectors(string name)
    {
        if (Environment.GetEnvironmentVariable("DATAMANIFEST_VECTORS") is not { Length: > 0 } folder)
        {
            Assert.Inconclusive("set DATAMANIFEST_VECTORS to run these cases");
            return [];
        }

        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "cache_hash.json")));
        return [.. document.RootElement.Clone().GetProperty(name).EnumerateArray()];
    }

    private static string Text(JsonElement json, string member) => json.GetProperty(member).GetString()!;

    /// <summary>JSON has no NaN and no infinities, which the vectors write as bare words.</summary>
    private static Dictionary<string, object?> Arguments(string json)
    {
        using var document = JsonDocument.Parse(BareWord().Replace(json, match => $"{match.Groups[1].Value}{{\"not finite\":\"{match.Groups[2].Value}\"}}"));
        return document.RootElement.EnumerateObject().ToDictionary(member => member.Name, member => Value(member.Value));
    }

    private static object? Value(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.True or JsonValueKind.False => json.GetBoolean(),
        JsonValueKind.String => json.GetString(),
        JsonValueKind.Number when json.GetRawText().AsSpan().ContainsAny('.', 'e', 'E') => json.GetDouble(),
        JsonValueKind.Number => json.TryGetInt64(out var number) ? number : BigInteger.Parse(json.GetRawText(), CultureInfo.InvariantCulture),
        JsonValueKind.Array => json.EnumerateArray().Select(Value).ToList(),
        _ when json.TryGetProperty("not finite", out var word) => word.GetString() switch
        {
            "NaN" => double.NaN,
            "Infinity" => double.PositiveInfinity,
            _ => double.NegativeInfinity,
        },
        _ => json.EnumerateObject().ToDictionary(member => member.Name, member => Value(member.Value)),
    };

    [GeneratedRegex("([:\\[,]\\s*)(-?Infinity|NaN)\\b")]
    private static partial Regex BareWord();

    [GeneratedRegex("\\(at ([^)]*)\\)")]
    private static partial Regex ErrorPlace();
}
