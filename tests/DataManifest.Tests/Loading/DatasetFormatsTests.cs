using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace DataManifest.Loading;

[TestClass]
public sealed partial class DatasetFormatsTests
{
    [TestMethod]
    public void Text_and_bytes_are_what_the_file_has()
    {
        using var folder = new ScratchFolder();

        Assert.AreEqual("größe\n", Dataset(folder, "a.txt", "größe\n").ReadText());
        CollectionAssert.AreEqual(Encoding.UTF8.GetBytes("größe\n"), Dataset(folder, "a.bin", "größe\n").ReadBytes());
    }

    [TestMethod]
    public void Json_is_read_as_a_document_and_as_values()
    {
        using var folder = new ScratchFolder();
        var dataset = Dataset(folder, "a.json", "{ \"name\": \"Vostok\", \"Elevation\": \"3488\", /* m */ \"years\": [1, 2,] }");

        using var document = dataset.ReadJson();
        Assert.AreEqual("Vostok", document.RootElement.GetProperty("name").GetString());
        Assert.AreEqual(3488, dataset.ReadJson<Station>().Elevation);
        Assert.AreEqual(2, dataset.ReadJson(StationContext.Default.Station).Years.Length);
    }

    [TestMethod]
    [DataRow("{ \"name\": ", "JSON")]
    [DataRow("null", "the document is null")]
    [DataRow("{ \"elevation\": \"high\" }", "elevation")]
    public void Json_that_is_none_is_one_coded_error(string text, string expected)
    {
        using var folder = new ScratchFolder();
        var error = Assert.ThrowsExactly<DataManifestException>(() => Dataset(folder, "a.json", text).ReadJson<Station>());

        Assert.AreEqual("DM0808", error.Code);
        Assert.AreEqual("a", error.DatasetName);
        Assert.Contains(expected, error.Message);
        Assert.Contains("DataVerify", error.Remedy);
    }

    [TestMethod]
    [DataRow("", "null")]
    [DataRow("a: 1", """{"a":1}""")]
    [DataRow("- ~\n- null\n- True\n- false\n- yes\n- ''\n- \"1\"\n-", """[null,null,true,false,"yes","","1",null]""")]
    [DataRow("[+7, -0, 007, 0x1F, 0o17, 123456789012345678901234567890, 0x]", """[7,0,7,31,15,123456789012345678901234567890,"0x"]""")]
    [DataRow("[1.5, .5, 5., 1e3, -2.5E-3, .inf, -.INF, .nan, 1e999, 1_000]", """[1.5,0.5,5,1000,-0.0025,"Infinity","-Infinity","NaN","1e999","1_000"]""")]
    [DataRow("- 2024-01-02\n- !!str 5\n- !unknown 5\n- |\n  two\n  lines", """["2024-01-02","5",5,"two\nlines"]""")]
    [DataRow("base: &b { a: 1, c: [x] }\nown: { <<: *b, a: 2 }\nlist: { <<: [*b, { d: 4 }], c: 3 }\nsame: *b", """{"base":{"a":1,"c":["x"]},"own":{"a":2,"c":["x"]},"list":{"c":3,"a":1,"d":4},"same":{"a":1,"c":["x"]}}""")]
    [DataRow("? a\n: b\n1: c\ntrue: d\na: e", """{"a":"e","1":"c","true":"d"}""")]
    [DataRow("a: &x 1\nb: *x\nc: &x 2\nd: *x", """{"a":1,"b":1,"c":2,"d":2}""")]
    public void Yaml_is_the_json_with_the_same_values(string yaml, string json)
    {
        using var folder = new ScratchFolder();
        using var document = Dataset(folder, "a.yaml", yaml).ReadYaml();
        using var expected = JsonDocument.Parse(json);

        Assert.IsTrue(JsonElement.DeepEquals(expected.RootElement, document.RootElement), document.RootElement.GetRawText());
    }

    [TestMethod]
    [DataRow("a: [1", "line 2")]
    [DataRow("a: 1\n---\nb: 2", "a second document begins")]
    [DataRow("? [a]\n: b", "a key is a list or a map")]
    [DataRow("a: *nowhere", "anchor")]
    [DataRow("a: &a { <<: *a }", "'<<'")]
    [DataRow("a: &a [*a]", "levels")]
    [DataRow("a: { <<: 5 }", "'<<'")]
    public void Yaml_that_is_none_is_one_coded_error(string yaml, string expected)
    {
        using var folder = new ScratchFolder();
        var error = Assert.ThrowsExactly<DataManifestException>(() => Dataset(folder, "a.yaml", yaml).ReadYaml());

        Assert.AreEqual("DM0808", error.Code);
        Assert.Contains(expected, error.Message);
    }

    [TestMethod]
    public void Yaml_whose_aliases_multiply_is_refused()
    {
        using var folder = new ScratchFolder();
        var bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (var i = 1; i < 20; i++)
        {
            bomb.Append(System.Globalization.CultureInfo.InvariantCulture, $"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 9))}]\n");
        }

        Assert.Contains("repeat more than", Assert.ThrowsExactly<DataManifestException>(() => Dataset(folder, "a.yaml", bomb.ToString()).ReadYaml()).Message);
    }

    [TestMethod]
    public void Yaml_is_read_as_values()
    {
        using var folder = new ScratchFolder();
        var dataset = Dataset(folder, "a.yml", "name: Vostok\nelevation: 3488\nyears: [1, 2]\n");

        Assert.AreEqual("Vostok", dataset.ReadYaml<Station>().Name);
        Assert.AreEqual(3488, dataset.ReadYaml(StationContext.Default.Station).Elevation);
    }

    [TestMethod]
    public void Toml_is_a_table_or_a_coded_error()
    {
        using var folder = new ScratchFolder();

        Assert.AreEqual("Vostok", ((Toml.TomlString)Dataset(folder, "a.toml", "name = 'Vostok'").ReadToml()["name"]!).Value);
        Assert.AreEqual("DM0808", Assert.ThrowsExactly<DataManifestException>(() => Dataset(folder, "a.toml", "name =").ReadToml()).Code);
    }

    [TestMethod]
    public void Archive_is_unpacked_for_as_long_as_it_is_used()
    {
        using var folder = new ScratchFolder();
        var dataset = Dataset(folder, "a.zip", "");
        using (var zip = ZipFile.Open(folder["a.zip"], ZipArchiveMode.Update))
        {
            using var writer = new StreamWriter(zip.CreateEntry("inner/data.txt").Open());
            writer.Write("inside");
        }

        string path;
        using (var archive = dataset.Unpack())
        {
            path = archive.Folder.FullName;
            Assert.AreEqual("inside", File.ReadAllText(Path.Combine(path, "inner", "data.txt")));
        }

        Assert.IsFalse(Directory.Exists(path));
    }

    [TestMethod]
    [DoNotParallelize]
    public void Archive_that_is_damaged_leaves_nothing()
    {
        using var folder = new ScratchFolder();
        var before = Directory.GetDirectories(Path.GetTempPath(), "datamanifest-*").Length;
        var error = Assert.ThrowsExactly<DataManifestException>(() => Dataset(folder, "a.zip", "no archive").Unpack());

        StringAssert.StartsWith(error.Code, "DM05");
        Assert.AreEqual("a", error.DatasetName);
        Assert.IsLessThanOrEqualTo(before, Directory.GetDirectories(Path.GetTempPath(), "datamanifest-*").Length);
    }

    [TestMethod]
    public void Folder_is_that_of_the_dataset()
    {
        using var folder = new ScratchFolder();
        Directory.CreateDirectory(folder["tiles"]);
        var dataset = Dataset(folder, "a.txt", "", $"storage_path = '{folder["tiles"]}'");

        Assert.AreEqual(folder["tiles"], dataset.OpenFolder().FullName);
        Assert.AreEqual("DM0808", Assert.ThrowsExactly<DataManifestException>(() => Dataset(folder, "a.txt", "x").OpenFolder()).Code);
        Assert.AreEqual("DM0307", Assert.ThrowsExactly<DataManifestException>(() => dataset.ReadJson()).Code);
    }

    [TestMethod]
    public void Missing_data_are_an_error_with_the_way_to_get_them()
    {
        using var folder = new ScratchFolder();
        var dataset = Dataset(folder, "a.json", "{}");
        File.Delete(folder["a.json"]);

        Assert.Contains("a.json", string.Concat(Assert.ThrowsExactly<DatasetNotFoundException>(() => dataset.ReadJson()).ProbedPaths));
    }

    private static Dataset Dataset(ScratchFolder folder, string file, string text, string fields = "")
    {
        folder.Write(file, text);
        var place = fields.Length > 0 ? fields : $"uri = '{new Uri(folder[file]).AbsoluteUri}'";
        return Database.Open(folder.Write("datasets.toml", $"[a]\n{place}\nskip_download = true\n"))["a"];
    }

    public sealed record Station(string Name, int Elevation, int[] Years);

    [JsonSourceGenerationOptions(JsonSerializerDefaults.Web, ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true)]
    [JsonSerializable(typeof(Station))]
    internal sealed partial class StationContext : JsonSerializerContext;
}
