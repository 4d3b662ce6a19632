using System.Text.Json;
using DataManifest.Diagnostics;

namespace DataManifest.Manifest;

/// <summary>Identity as every tool of the format derives it, over the shared vectors. What is deliberately better here is listed, not skipped.</summary>
[TestClass]
public sealed class KeyVectorTests
{
    private const string Name = "dataset";

    /// <summary>Without a source and a key the other tools' key is empty (the whole store) or a bare version; here it is the dataset's name.</summary>
    private static readonly Dictionary<string, string> KeysFromName = new()
    {
        ["k208"] = Name, ["k211"] = Name + "#v1.2", ["k221"] = Name, ["k222"] = Name, ["k223"] = Name, ["k245"] = Name,
    };

    /// <summary>Other spellings of known archives are unpacked here, into the folder that the naming rule gives.</summary>
    private static readonly Dictionary<string, string> MoreArchives = new()
    {
        ["k073"] = "data.example.org/obs/temperature.tgz.d",
        ["k077"] = "data.example.org/obs/temperature.tar.bz2.d",
        ["k083"] = "data.example.org/obs/temperature.ZIP.d",
        ["k085"] = "data.example.org/obs/temperature.Tar.Gz.d",
        ["k107"] = "data.example.org/obs/temperature.d",
        ["k087"] = "data.example.org/obs/temperature.gz.d",
        ["k277"] = "10.1.2.3/a+b/~u/model run.gz#2020-01-01.d",
        ["k319"] = "x.y/T%20C/~u.gz#2020-01-01.d",
        ["k295"] = "data.example.org/été.tgz#2020-01-01.d",
        ["k328"] = "a.b.c/x.y/model run.tgz#1.d",
        ["k347"] = "github.com/v1.tgz#2020-01-01.d",
    };

    /// <summary>A batch is a folder, which nothing can unpack.</summary>
    private const string BatchWithExtract = "k240";

    /// <summary>A string in place of a list is one item, not its letters.</summary>
    private const string AliasesAsString = "k261";

    /// <summary>A host or path without a scheme, of which the other tools write a URI that they read as another key.</summary>
    private static readonly string[] WithoutScheme = ["k218", "k219"];

    /// <summary>Inputs that stop the other tools; here each is a diagnostic.</summary>
    private static readonly Dictionary<string, DiagnosticRule> Errors = new()
    {
        ["k205"] = DiagnosticRules.InvalidUri,
        ["k206"] = DiagnosticRules.InvalidUri,
        ["k207"] = DiagnosticRules.InvalidUri,
        ["k225"] = DiagnosticRules.LegacyField,
        ["k227"] = DiagnosticRules.UriAndUris,
        ["k260"] = DiagnosticRules.FieldType,
    };

    [TestMethod]
    public void Read_everyVector_givesTheSameIdentityAsTheOtherTools()
    {
        var failures = new List<string>();
        foreach (var vector in SharedVectors.Read("keys.json").GetProperty("cases").EnumerateArray())
        {
            var id = vector.GetProperty("id").GetString()!;
            var findings = new List<Finding>();
            var actual = new DeclarationReader(Name, SharedVectors.Table(vector.GetProperty("input")), findings).Read();
            var expected = vector.GetProperty("expect");
            if (expected.TryGetProperty("error", out _))
            {
                Compare(id, "error", Errors.TryGetValue(id, out var rule) ? rule.Code : "?", string.Join(",", findings.Select(finding => finding.Rule.Code)));
                continue;
            }

            string Text(string property) => expected.GetProperty(property).GetString()!;
            var isNamed = KeysFromName.TryGetValue(id, out var key);
            Compare(id, "key", key ?? Text("key"), actual.Key);
            Compare(id, "named", isNamed, actual.IsKeyFromName);
            Compare(id, "format", Text("format"), actual.Format);
            Compare(id, "version", Text("version"), actual.Version);
            Compare(id, "uri", Text("uri"), actual.Uri);
            Compare(id, "host", Text("host"), actual.Source.Host);
            Compare(id, "path", Text("path"), actual.Source.Path);
            Compare(id, "scheme", Text("scheme"), actual.Source.Scheme);
            Compare(id, "uris", Join(SharedVectors.Strings(expected.GetProperty("uris"))), Join(actual.Uris));
            if (!isNamed)
            {
                Compare(id, "default_name", Text("default_name"), DatasetKey.DefaultName(actual.Source, actual.Key));
                Compare(id, "lookup_names", id == AliasesAsString ? LookupOfOneAlias(expected) : Join(SharedVectors.Strings(expected.GetProperty("lookup_names"))), Join(actual.LookupNames));
            }

            if (expected.TryGetProperty("uris_relative", out var relative))
            {
                Compare(id, "uris_relative", Join(SharedVectors.Strings(relative)), Join(actual.MemberPaths));
            }

            var more = MoreArchives.TryGetValue(id, out var folder);
            Compare(id, "extract", id != BatchWithExtract && (more || expected.GetProperty("extract").GetBoolean()), actual.Extract);
            if (actual.Extract && !expected.GetProperty("user_managed").GetBoolean())
            {
                var place = folder ?? Text("path_dataset").Substring(Text("path_download").Length - Text("key").Length);
                Compare(id, "extraction name", place, actual.ExtractionName);
            }
        }

        Assert.IsEmpty(failures, string.Join(Environment.NewLine, failures));

        void Compare(string id, string what, object expected, object actual)
        {
            if (!Equals(expected, actual))
            {
                failures.Add($"{id} {what}: expected <{expected}>, got <{actual}>");
            }
        }
    }

    /// <summary>What another tool writes of a dataset reads as the dataset that it was.</summary>
    [TestMethod]
    public void Read_ofWhatTheOtherToolsWrite_givesTheSameDataset()
    {
        var count = 0;
        foreach (var vector in SharedVectors.Read("keys.json").GetProperty("cases").EnumerateArray().Where(vector => vector.GetProperty("expect").TryGetProperty("written", out _)))
        {
            var id = vector.GetProperty("id").GetString()!;
            var original = DatasetDeclaration.Read(Name, SharedVectors.Table(vector.GetProperty("input")));
            var written = DatasetDeclaration.Read(Name, SharedVectors.Table(vector.GetProperty("expect").GetProperty("written")));
            if (!MoreArchives.ContainsKey(id) && id != AliasesAsString && !WithoutScheme.Contains(id))
            {
                Assert.AreEqual(Identity(original), Identity(written), id);
                count++;
            }
        }

        Assert.IsGreaterThan(300, count);

        static string Identity(DatasetDeclaration dataset) => string.Join(
            " | ", [dataset.Key, dataset.Format, dataset.Version, dataset.Uri, .. dataset.Uris, dataset.Checksum, dataset.StoragePath, $"{dataset.Extract}"]);
    }

    [TestMethod]
    public void ExtractionName_everyVector_isTheOtherToolsFolder()
    {
        var vectors = SharedVectors.Read("importers_and_bindings.json").GetProperty("extract_paths").EnumerateArray().ToList();
        Assert.IsNotEmpty(vectors);
        foreach (var vector in vectors)
        {
            Assert.AreEqual(vector.GetProperty("path").GetString(), DatasetKey.ExtractionName(vector.GetProperty("key").GetString()!));
        }
    }

    private static string Join(IEnumerable<string> texts) => string.Join("|", texts);

    private static string LookupOfOneAlias(JsonElement expected) =>
        Join(["abc", .. SharedVectors.Strings(expected.GetProperty("lookup_names")).Where(name => name.Length > 1)]);
}
