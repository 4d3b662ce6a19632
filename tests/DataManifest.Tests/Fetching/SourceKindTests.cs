using System.Text.Json;
using DataManifest.Diagnostics;

namespace DataManifest.Fetching;

[TestClass]
public sealed class SourceKindTests
{
    /// <summary>Where ours serves what the reference refuses, or a server that is this machine without a program.</summary>
    private static readonly HashSet<string> ServedBetter = ["d/temp.csv", "/d/temp.csv", "file://localhost/d/temp.nc"];

    [TestMethod]
    [DataRow("https://data.example.org/a.csv", "Web")]
    [DataRow("http://data.example.org/a.git", "Web")]
    [DataRow("https://data.example.org/a.git", "Repository")]
    [DataRow("https://data.example.org/a.git/", "Repository")]
    [DataRow("git@data.example.org:u/a.git", "Repository")]
    [DataRow("ssh+git://git@data.example.org/a.git", "Repository")]
    [DataRow("ssh://bob@data.example.org:2222/d/a.nc", "Remote")]
    [DataRow("sshfs://data.example.org/d/a.nc", "Remote")]
    [DataRow("rsync://data.example.org/d/", "Remote")]
    [DataRow("sshfs://node1/d/a.nc", "Local")]
    [DataRow("file:///d/a.nc", "Local")]
    [DataRow("file://data.example.org/d/a.nc", "Remote")]
    [DataRow("S3://b/a", "Store")]
    [DataRow("gs://b/a", "Store")]
    [DataRow("gcs://b/a", "Store")]
    [DataRow("az://b/a", "Store")]
    [DataRow("abfs://b/a", "Store")]
    [DataRow("abfss://b@a/a", "Store")]
    [DataRow("adl://b/a", "Store")]
    [DataRow("gdrive://id", "Drive")]
    [DataRow("https://drive.google.com/file/d/id/view", "Drive")]
    [DataRow("https://drive.google.com/", "Web")]
    [DataRow("ftp://data.example.org/a", null)]
    [DataRow("sftp://data.example.org/a", null)]
    [DataRow("git+ssh://git@data.example.org/a.git", null)]
    public void KindOf_knowsEverySchemeAndRefusesTheOthers(string uri, string? kind) => Assert.AreEqual(kind, Kind(uri, isMember: false, "node1"));

    [TestMethod]
    [DataRow("https://data.example.org/a.git", "Web")]
    [DataRow("file:///d/a.nc", "Local")]
    [DataRow("ssh://data.example.org/d/a.nc", null)]
    [DataRow("s3://b/a", null)]
    public void KindOf_aMember_isAFileOfTheWebOrOfThisMachine(string uri, string? kind) => Assert.AreEqual(kind, Kind(uri, isMember: true, "node1"));

    [TestMethod]
    public void KindOf_theSharedVectors_isWhatTheReferenceDoes()
    {
        if (Environment.GetEnvironmentVariable("DATAMANIFEST_VECTORS") is not { Length: > 0 } folder)
        {
            Assert.Inconclusive("set DATAMANIFEST_VECTORS to the folder of the shared vectors");
            return;
        }

        using var vectors = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "fetch_dispatch.json")));
        var cases = vectors.RootElement.GetProperty("cases").EnumerateArray()
            .Where(vector => vector.GetProperty("input") is var input && input.TryGetProperty("uri", out _) && !input.TryGetProperty("shell", out _) && !input.TryGetProperty("_LANG", out _))
            .Select(vector => (Uri: vector.GetProperty("input").GetProperty("uri").GetString()!, Host: vector.GetProperty("hostname").GetString()!, Expected: Expected(vector.GetProperty("expect").GetProperty("calls"))))
            .Where(vector => !ServedBetter.Contains(vector.Uri)).ToList();
        Assert.IsGreaterThan(30, cases.Count);
        foreach (var (uri, host, expected) in cases)
        {
            Assert.AreEqual(expected, Kind(uri, isMember: false, host)?.Replace("Drive", "Store", StringComparison.Ordinal), uri);
        }
    }

    private static string? Kind(string uri, bool isMember, string host)
    {
        try
        {
            return SourcePlan.KindOf(uri, isMember, host).ToString();
        }
        catch (FetchFaultException refused) when (refused.Rule == DiagnosticRules.UnsupportedScheme)
        {
            return null;
        }
    }

    private static string? Expected(JsonElement calls) => calls.GetArrayLength() == 0 ? null
        : calls[0].TryGetProperty("http_get", out _) ? "Web"
        : calls[0].TryGetProperty("copy_file", out _) ? "Local"
        : calls[0].TryGetProperty("object_store", out _) ? "Store"
        : calls[0].GetProperty("run")[0].GetString() == "git" ? "Repository" : "Remote";
}
