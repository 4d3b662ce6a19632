using System.Text.Json.Nodes;
using DataManifest.Manifest;

namespace DataManifest.Provenance;

/// <summary>Bills of materials of data.</summary>
[TestClass]
public sealed class CycloneDxTests
{
    private const string Sha256 = "6424a9c066a3ea797d9802a235b5abd2a7343ca189dfc1f36c4b5c617db7df4a";

    private const string Manifest = $$"""
        [co2]
        uri = "https://alice:secret@h.example/co2.csv?token=hidden&x=1"
        checksum = "sha256:{{Sha256}}"
        version = "2025"
        doi = "10.5281/zenodo.7"
        description = "Trends <of> \"CO₂\""

        [co2._DOTNET]
        creators = ["Lan, Xin", "NOAA"]
        license = "cc by 4.0"
        publisher = "Zenodo"
        mirrors = ["https://mirror.example/co2.csv"]

        [folder]
        uri = "https://h.example/folder.zip"
        extract = true
        checksum = "sha256:{{Sha256}}"
        requires = ["co2"]
        [folder._DOTNET]
        license = "MIT OR (Apache-2.0 AND LicenseRef-Own)"

        [local]
        uri = "file:///home/alice/local.csv"
        checksum = "md5:d41d8cd98f00b204e9800998ecf8427e"
        [local._DOTNET]
        license = "On request"

        [clone]
        uri = "https://github.com/owner/name.git"

        [tiles]
        uris = ["s3://bucket/a.tif", "s3://bucket/b c.tif"]
        skip_checksum = true
        """;

    private static readonly Database Database = new(ManifestDocument.Parse(Manifest, ""));

    [TestMethod]
    public void Document_keepsTheFormatsRules() =>
        Assert.IsEmpty(CycloneDxRules.FaultsOf(JsonNode.Parse(Describe("App", "1.2.0"))!).Concat(CycloneDxRules.FaultsOf(JsonNode.Parse(Describe())!)));

    [TestMethod]
    public void Document_isValidByThePublishedSchema()
    {
        Assert.AreEqual("", PublishedSchema.FaultsOf("DATAMANIFEST_CYCLONEDX", "bom-1.6.schema.json", Describe("App", "1.2.0")));
        Assert.AreEqual("", PublishedSchema.FaultsOf("DATAMANIFEST_CYCLONEDX", "bom-1.6.schema.json", Describe()));
        Assert.AreNotEqual("", PublishedSchema.FaultsOf("DATAMANIFEST_CYCLONEDX", "bom-1.6.schema.json", Describe().Replace("\"data\"", "\"date\"", StringComparison.Ordinal)), "The schema finds nothing wrong with what is wrong.");
    }

    [TestMethod]
    public void File_hasItsDigestOriginAndLicence()
    {
        var co2 = Component("co2");
        Assert.AreEqual("SHA-256", (string)co2["hashes"]![0]!["alg"]!);
        Assert.AreEqual(Sha256, (string)co2["hashes"]![0]!["content"]!);
        Assert.AreEqual("CC-BY-4.0", (string)co2["licenses"]![0]!["license"]!["id"]!);
        Assert.AreEqual("Lan, Xin", (string)co2["authors"]![0]!["name"]!);
        CollectionAssert.AreEqual(
            new[] { "distribution https://h.example/co2.csv?x=1", "distribution https://mirror.example/co2.csv", "website https://doi.org/10.5281/zenodo.7" },
            co2["externalReferences"]!.AsArray().Select(reference => $"{reference!["type"]} {reference["url"]}").ToArray());
        Assert.AreEqual("Trends <of> \"CO₂\"", (string)co2["description"]!);
    }

    [TestMethod]
    public void Folder_hasItsDigestAsAProperty_becauseItIsNoFilesDigest()
    {
        var folder = Component("folder");
        Assert.IsNull(folder["hashes"]);
        Assert.Contains($"sha256:{Sha256}", folder["properties"]!.ToJsonString());
        Assert.AreEqual("MIT OR Apache-2.0 AND LicenseRef-Own", (string)folder["licenses"]![0]!["expression"]!);
        Assert.IsNull(Component("tiles")["hashes"]);
        Assert.AreEqual("vcs", (string)Component("clone")["externalReferences"]![0]!["type"]!);
        Assert.AreEqual("s3://bucket/b%20c.tif", (string)Component("tiles")["externalReferences"]![1]!["url"]!);
    }

    [TestMethod]
    public void Document_hasNoSecretsAndNoPathOfAMachine()
    {
        var text = Describe();
        foreach (var word in (string[])["secret", "hidden", "alice", "/home"])
        {
            Assert.DoesNotContain(word, text);
        }

        Assert.IsNull(Component("local")["externalReferences"]);
        Assert.AreEqual("On request", (string)Component("local")["licenses"]![0]!["license"]!["name"]!);
    }

    [TestMethod]
    public void Document_isTheSameEachTime_andHasRequirementsAsDependencies()
    {
        Assert.AreEqual(Describe("App", "1"), new Database(ManifestDocument.Parse(Manifest, "/elsewhere/datasets.toml")).DescribeProvenance(ProvenanceFormat.CycloneDx, null, "App", "1"));
        var one = JsonNode.Parse(Database.DescribeProvenance(ProvenanceFormat.CycloneDx, ["folder"]))!;
        CollectionAssert.AreEqual(new[] { "co2", "folder" }, one["components"]!.AsArray().Select(component => (string)component!["name"]!).ToArray());
        Assert.AreEqual("""{"ref":"data:folder","dependsOn":["data:co2"]}""", one["dependencies"]![1]!.ToJsonString());
    }

    private static string Describe(string subject = "", string version = "") => Database.DescribeProvenance(ProvenanceFormat.CycloneDx, null, subject, version);

    private static JsonNode Component(string name) => JsonNode.Parse(Describe())!["components"]!.AsArray().Single(component => (string)component!["name"]! == name)!;
}
