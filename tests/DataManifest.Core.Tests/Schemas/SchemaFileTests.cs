using System.Text.Json;

namespace DataManifest.Schemas;

/// <summary>What holds for the schemas themselves, whatever is validated with them.</summary>
[TestClass]
public sealed class SchemaFileTests
{
    private static readonly string[] Names = ["datamanifest", "config", "state", "artifact-config", "artifact-metadata"];

    [TestMethod]
    public void Schemas_areDraft202012UnderTheirOwnNames()
    {
        CollectionAssert.AreEquivalent(Names, Directory.GetFiles(Path.GetDirectoryName(RepositoryFiles.Schema("x"))!).Select(file => Path.GetFileName(file).Replace(".schema.json", "", StringComparison.Ordinal)).ToList());
        foreach (var name in Names)
        {
            var schema = Read(name);
            Assert.AreEqual("https://json-schema.org/draft/2020-12/schema", schema.GetProperty("$schema").GetString());
            StringAssert.EndsWith(schema.GetProperty("$id").GetString(), $"/docs/schemas/{name}.schema.json");
        }
    }

    [TestMethod]
    public void Properties_haveADescriptionThatEditorsShow()
    {
        var bare = new List<string>();
        var count = 0;
        foreach (var name in Names)
        {
            var root = Read(name);
            Walk(root, root, name);
        }

        Assert.IsGreaterThan(70, count);
        Assert.IsEmpty(bare, string.Join('\n', bare));

        void Walk(JsonElement root, JsonElement schema, string place)
        {
            if (schema.ValueKind != JsonValueKind.Object)
            {
                return;
            }

            foreach (var member in schema.EnumerateObject())
            {
                // Below a condition the properties only repeat what is described elsewhere.
                if (member.Name is "if" or "not" or "examples" or "default")
                {
                    continue;
                }

                if (member.Name == "properties")
                {
                    foreach (var property in member.Value.EnumerateObject())
                    {
                        count++;
                        var target = !property.Value.TryGetProperty("description", out _) && property.Value.TryGetProperty("$ref", out var reference)
                            ? root.GetProperty("$defs").GetProperty(reference.GetString()!["#/$defs/".Length..])
                            : property.Value;
                        if (!target.TryGetProperty("description", out var description) || description.GetString()!.Length < 8 || !description.GetString()!.EndsWith('.'))
                        {
                            bare.Add($"{place}/{property.Name}");
                        }

                        Walk(root, property.Value, $"{place}/{property.Name}");
                    }
                }
                else
                {
                    Walk(root, member.Value, $"{place}/{member.Name}");
                }
            }
        }
    }

    [TestMethod]
    public void Examples_fitWhereTheyStand()
    {
        var failures = SchemaValidator.ValidateExamples(Names);
        Assert.HasCount(Names.Length, failures);
        Assert.IsEmpty(failures.SelectMany(errors => errors), string.Join('\n', failures.SelectMany(errors => errors)));
    }

    [TestMethod]
    public void StorageTables_takeTheSameKeysAsConfigFiles()
    {
        var manifest = Read("datamanifest").GetProperty("$defs");
        var config = Read("config");
        foreach (var shared in config.GetProperty("$defs").EnumerateObject())
        {
            Assert.IsTrue(JsonElement.DeepEquals(manifest.GetProperty(shared.Name), shared.Value), shared.Name);
        }

        Assert.IsTrue(JsonElement.DeepEquals(manifest.GetProperty("storage").GetProperty("properties"), config.GetProperty("properties")));
    }

    private static JsonElement Read(string name)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(RepositoryFiles.Schema(name)));
        return document.RootElement.Clone();
    }
}
