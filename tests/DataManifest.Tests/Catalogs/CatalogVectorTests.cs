using System.Text.Json;
using System.Text.RegularExpressions;
using DataManifest.Catalogs.Repositories;
using DataManifest.Manifest;
using DataManifest.Toml;

namespace DataManifest.Catalogs;

/// <summary>
/// The format's vectors. Where this implementation departs from them on purpose, the expectation is changed by rule: addresses of Zenodo end in the file's name, a file without an
/// address is not declared, and a single file keeps its published checksum.
/// </summary>
[TestClass]
public sealed partial class CatalogVectorTests : IDisposable
{
    private readonly CatalogScene _scene = new();

    public TestContext TestContext { get; set; } = null!;

    public void Dispose() => _scene.Dispose();

    [TestMethod]
    public void References_areRecognizedAsElsewhere()
    {
        foreach (var vector in CatalogVectors.Read("references"))
        {
            var text = vector.GetProperty("text").GetString()!;
            Assert.AreEqual(vector.GetProperty("zenodo_id").GetString(), ZenodoRepository.RecordId(text), text);
            Assert.AreEqual(vector.GetProperty("pangaea_id").GetString(), PangaeaRepository.DatasetId(text), text);
        }
    }

    [TestMethod]
    public void Slugs_areThoseOfOtherTools()
    {
        foreach (var vector in CatalogVectors.Read("slugs"))
        {
            Assert.AreEqual(vector.GetProperty("slug").GetString(), DatasetNames.Slug(vector.GetProperty("text").GetString()!));
        }
    }

    [TestMethod]
    public void Names_ofPaths_areThoseOfOtherTools()
    {
        var names = new UniqueNames(["temp"]);
        foreach (var vector in CatalogVectors.Read("names_from_paths"))
        {
            Assert.AreEqual(vector.GetProperty("name").GetString(), names.Take(DatasetNames.OfPath(vector.GetProperty("path").GetString()!)));
        }
    }

    [TestMethod]
    public async Task Zenodo_recordsBecomeTheSameDatasets()
    {
        foreach (var vector in CatalogVectors.Read("zenodo"))
        {
            var record = vector.GetProperty("record");
            _scene.Open();
            _scene.Answer("https://zenodo.org/api/records/930512", record.GetRawText());

            var report = await _scene.AddAsync("10.5281/zenodo.930512", request => Options(request, vector), TestContext.CancellationToken);

            var expect = vector.GetProperty("expect");
            Assert.AreEqual(OfZenodo(expect.GetProperty("manifest").GetString()!, record), CatalogVectors.WithoutOwnTables(_scene.ManifestText), vector.ToString());
            if (report.Notes.Count == 0)
            {
                Assert.AreEqual(Named(expect.GetProperty("message").GetString()!), report.ToText());
            }
            else
            {
                CollectionAssert.AreEqual(new[] { "temp.csv has no address — skipped" }, report.Notes.ToArray());
            }
        }
    }

    [TestMethod]
    public async Task Pangaea_datasetsBecomeTheSameDatasets()
    {
        foreach (var vector in CatalogVectors.Read("pangaea"))
        {
            _scene.Open();
            foreach (var description in vector.GetProperty("jsonld_by_id").EnumerateObject())
            {
                _scene.Answer($"https://doi.pangaea.de/10.1594/PANGAEA.{description.Name}?format=metadata_jsonld", description.Value.GetRawText());
            }

            var lines = vector.GetProperty("textfile_lines").EnumerateArray().Select(line => line.GetString());
            _scene.Answer("https://doi.pangaea.de/10.1594/PANGAEA.930512?format=textfile", string.Join('\n', lines));
            if (vector.GetProperty("search_response") is { ValueKind: JsonValueKind.Object } found)
            {
                _scene.Answer("https://ws.pangaea.de/es/pangaea/panmd/_search?q=parentIdDataSet:930512&size=1000", found.GetRawText());
            }

            var report = await _scene.AddAsync("10.1594/PANGAEA.930512", request => Options(request, vector), TestContext.CancellationToken);

            var expect = vector.GetProperty("expect");
            var expected = TomlDocument.Parse(expect.GetProperty("manifest").GetString()!).Root;
            var written = TomlDocument.Parse(CatalogVectors.WithoutOwnTables(_scene.ManifestText)).Root;
            if (vector.GetProperty("note").GetString() == "file list picked: single file")
            {
                ((TomlTable)expected["global-ocean-temperatures-v2-part-1"]!).Add("checksum", new TomlString("md5:abc2"));
            }

            Assert.AreEqual(TomlWriter.ToCanonical(expected), TomlWriter.ToCanonical(written), vector.GetProperty("note").GetString());
            Assert.AreEqual(expect.GetProperty("message").GetString(), report.ToText());
        }
    }

    private static AddRequest Options(AddRequest request, JsonElement vector)
    {
        var options = vector.GetProperty("options");
        return request with
        {
            Name = options.Text("name"),
            Split = options.IsTrue("split"),
            Pick = options.Texts("picks"),
            DryRun = options.IsTrue("dry_run"),
        };
    }

    private static string OfZenodo(string manifest, JsonElement record)
    {
        var root = new TomlTable();
        foreach (var entry in TomlDocument.Parse(manifest).Root)
        {
            if (entry.Value is not TomlTable { } table || entry.Key == "_META")
            {
                root.Add(entry);
                continue;
            }

            var links = (table["uris"] as TomlArray)?.Items.Cast<TomlString>().Select(uri => uri.Value).ToList() ?? [(table["uri"] as TomlString)?.Value ?? ""];
            links.RemoveAll(link => link.Length == 0);
            if (links.Count == 0)
            {
                continue;
            }

            var changed = new TomlTable();
            foreach (var field in table.Where(field => field.Key is not ("uri" or "uris" or "key" or "checksum")))
            {
                changed.Add(field);
            }

            var checksum = record.Items("files").First(file => file.Text("links", "self") == links[0] || file.Text("links", "download") == links[0]).Text("checksum");
            if (links.Count > 1)
            {
                changed.Add("uris", new TomlArray([.. links.Select(link => new TomlString(Named(link)))]));
                changed.Add("key", new TomlString(DatasetDeclaration.Read(entry.Key, changed).Key));
            }
            else
            {
                changed.Add("uri", new TomlString(Named(links[0])));
                if (checksum.Length > 0)
                {
                    changed.Add("checksum", new TomlString(checksum));
                }
            }

            root.Add(entry.Key, changed);
        }

        return TomlWriter.ToCanonical(root);
    }

    private static string Named(string text) => ContentLink().Replace(text, "/records/$1/files/$2?download=1");

    [GeneratedRegex("/api/records/([0-9]+)/files/([^ \n\"]+?)/content")]
    private static partial Regex ContentLink();
}
