using System.IO.Compression;
using System.Text.Json;

namespace DataManifest.Packages;

[TestClass]
public sealed class ProvenanceTests
{
    private const string AllKinds = "<DataManifestProvenance>sbom;bibtex;cff;attribution</DataManifestProvenance>";
    private static readonly MarkdownPage Page = new("docs/provenance.md");
    private static readonly string[] Documents = ["ATTRIBUTION.md", "CITATION.bib", "CITATION.cff", "data.cdx.json"];

    [TestMethod]
    public async Task Documents_are_written_copied_published_packed_and_left_alone_by_a_second_build()
    {
        await using var work = new Workspace();
        var csv = WriteShownManifest(work);
        work.WriteProgram("App", "Console.WriteLine(Datasets.Co2.ReadAllText());", "net10.0;net8.0", Inside(Page.Marked("properties")) + "<Version>3.2.1</Version>");

        work.Build("App").MustSucceed();
        Assert.AreSequenceEqual(Documents, Names(work.At("App/obj/Debug/net10.0/datamanifest")).Where(Documents.Contains));
        Assert.AreSequenceEqual(Documents, Names(work.At("App/bin/Debug/net10.0")).Where(Documents.Contains));
        using (var bill = JsonDocument.Parse(work.Read("App/bin/Debug/net10.0/data.cdx.json")))
        {
            var subject = bill.RootElement.GetProperty("metadata").GetProperty("component");
            Assert.AreEqual("App 3.2.1", $"{subject.GetProperty("name")} {subject.GetProperty("version")}");
            var co2 = bill.RootElement.GetProperty("components")[0];
            Assert.AreEqual(Text.Sha256(csv), "sha256:" + co2.GetProperty("hashes")[0].GetProperty("content"));
            Assert.AreEqual("CC-BY-4.0", co2.GetProperty("licenses")[0].GetProperty("license").GetProperty("id").GetString());
        }

        Assert.Contains("@misc{co2,", work.Read("App/bin/Debug/net10.0/CITATION.bib"));
        foreach (var document in Documents)
        {
            Assert.DoesNotContain(work.Root, work.Read($"App/bin/Debug/net10.0/{document}"));
        }

        Assert.IsEmpty(work.BuildLogged("App").Tasks);

        work.Dotnet("App", "publish", "--nologo", "-f", "net10.0", "-c", "Debug", "-o", work.At("published")).MustSucceed();
        Assert.AreSequenceEqual(Documents, Names(work.At("published")).Where(Documents.Contains));
        // The package under test has a prerelease's version, which NuGet warns of.
        Assert.IsEmpty(work.Dotnet("App", "pack", "--nologo", "-c", "Debug", "-o", work.At("packed")).MustSucceed().Warnings.Where(line => !line.Contains("NU5104", StringComparison.Ordinal)));
        using (var package = ZipFile.OpenRead(Directory.GetFiles(work.At("packed"), "*.nupkg").Single()))
        {
            Assert.AreSequenceEqual(Documents, package.Entries.Select(entry => entry.FullName).Where(Documents.Contains).Order(StringComparer.Ordinal));
        }

        work.Dotnet("App", "clean", "--nologo").MustSucceed();
        Assert.IsEmpty(Names(work.At("App/obj/Debug/net10.0/datamanifest")).Where(Documents.Contains));
    }

    [TestMethod]
    public async Task Documents_follow_the_manifest_and_the_properties_and_come_back_when_they_are_deleted()
    {
        await using var work = new Workspace();
        WriteManifest(work);
        work.WriteProgram("App", "Console.WriteLine(1);", properties: AllKinds + "<DataManifestProvenanceFolder>about</DataManifestProvenanceFolder>");
        work.Build("App").MustSucceed();
        Assert.AreSequenceEqual(Documents, Names(work.At("App/about")));
        Assert.IsFalse(File.Exists(work.At("App/bin/Debug/net10.0/CITATION.bib")));
        var before = File.GetLastWriteTimeUtc(work.At("App/about/CITATION.bib"));

        work.Write("datasets.toml", "# a comment\n" + work.Read("datasets.toml"));
        work.Build("App", "--no-restore").MustSucceed();
        Assert.AreEqual(before, File.GetLastWriteTimeUtc(work.At("App/about/CITATION.bib")), "A file that says the same was written again.");

        work.Write("datasets.toml", work.Read("datasets.toml").Replace("Lan, Xin", "Keeling, Ralph", StringComparison.Ordinal));
        work.Build("App", "--no-restore").MustSucceed();
        Assert.Contains("Keeling", work.Read("App/about/CITATION.bib"));

        File.Delete(work.At("App/about/ATTRIBUTION.md"));
        work.Build("App", "--no-restore").MustSucceed();
        Assert.Contains("Keeling, R.", work.Read("App/about/ATTRIBUTION.md"));
        Assert.IsEmpty(work.BuildLogged("App").Tasks);
    }

    [TestMethod]
    public async Task Lists_on_the_command_line_have_escaped_semicolons()
    {
        await using var work = new Workspace();
        WriteManifest(work);
        work.WriteProgram("App", "Console.WriteLine(1);");

        work.Build("App", "-p:DataManifestProvenance=bibtex%3Bcff", "-p:DataManifestProvenanceTo=output%3Bpublish").MustSucceed();
        Assert.AreSequenceEqual(["CITATION.bib", "CITATION.cff"], Names(work.At("App/bin/Debug/net10.0")).Where(Documents.Contains));
    }

    [TestMethod]
    [DataRow("bibtx", "", "did you mean 'bibtex'?")]
    [DataRow("bibtex", "ouptut", "did you mean 'output'?")]
    public async Task Word_that_means_nothing_is_one_error(string kinds, string places, string meant)
    {
        await using var work = new Workspace();
        WriteManifest(work);
        work.WriteProgram("App", "Console.WriteLine(1);", properties: $"<DataManifestProvenance>{kinds}</DataManifestProvenance><DataManifestProvenanceTo>{places}</DataManifestProvenanceTo>");

        var built = work.Build("App").MustFail();
        Assert.HasCount(1, built.Errors, built.Output);
        Assert.Contains("error DM0643", built.Errors[0]);
        Assert.Contains(meant, built.Errors[0]);
    }

    [TestMethod]
    public async Task Gate_of_the_page_lets_the_pages_manifest_pass_and_says_what_the_page_shows_of_another_licence()
    {
        await using var work = new Workspace();
        WriteShownManifest(work);
        work.WriteProgram("App", "Console.WriteLine(1);", properties: Inside(Page.Marked("gate")));
        work.Build("App").MustSucceed();

        work.Write("datasets.toml", work.Read("datasets.toml").Replace("CC-BY-4.0", "CC-BY-NC-4.0", StringComparison.Ordinal));
        Assert.MatchesRegex(Readme.Pattern(Page.Blocks("text").Single().Replace("(10,13)", "…", StringComparison.Ordinal), "127.0.0.1"), work.Build("App", "--no-restore").MustFail().Output);
        Assert.Contains("datasets.toml(10,13,", work.Build("App", "--no-restore").MustFail().Output);
    }

    [TestMethod]
    public async Task Licence_that_is_not_allowed_is_one_error_at_its_line_before_anything_is_fetched()
    {
        await using var work = new Workspace();
        WriteManifest(work);
        work.WriteProgram("App", "Console.WriteLine(1);", "net10.0;net8.0", "<DataManifestAllowedLicenses>MIT OR Apache-2.0; CC0-1.0</DataManifestAllowedLicenses>");

        var refused = work.Build("App").MustFail();
        Assert.HasCount(1, refused.Errors, refused.Output);
        Assert.Contains($"{work.At("datasets.toml")}(7,", refused.Errors[0]);
        Assert.Contains("error DM0640", refused.Errors[0]);
        Assert.Contains("Apache-2.0, CC0-1.0, MIT", refused.Errors[0]);
        Assert.IsEmpty(work.Server.Requests);

        work.Build("App", "--no-restore", "-p:DataManifestAllowedLicenses=CC-BY-4.0").MustSucceed();
        Assert.HasCount(1, work.Server.Requests);
        Assert.Contains("error DM0640", work.Build("App", "--no-restore").MustFail().Output, "The list of licences is no part of what the last build rests on.");
        Assert.Contains("did you mean 'CC-BY-4.0'?", work.Build("App", "--no-restore", "-p:DataManifestAllowedLicenses=CC-BY-4").MustFail().Output);

        work.Write("datasets.toml", Text.Dataset("co2", work.Server.Url("/co2.csv"), "data"));
        Assert.Contains("error DM0641", work.Build("App", "--no-restore").MustFail().Output);
    }

    /// <summary>The manifest that the page shows, its source at the test's server.</summary>
    private static string WriteShownManifest(Workspace work)
    {
        var csv = File.ReadAllText(Path.Combine(PackageFeed.RepositoryRoot, "samples", "Quickstart", "upstream", "co2_annmean_mlo.csv"));
        work.Server.Serve("/data/co2_annmean_mlo.csv", csv);
        work.Write("datasets.toml", Page.Marked("manifest").Replace("https://example.org", work.Server.Url(""), StringComparison.Ordinal));
        return csv;
    }

    private static string Inside(string group) => group[group.IndexOf('\n', StringComparison.Ordinal)..group.LastIndexOf("</", StringComparison.Ordinal)];

    private static void WriteManifest(Workspace work)
    {
        work.Server.Serve("/co2.csv", "data");
        work.Write("datasets.toml", Text.Dataset("co2", work.Server.Url("/co2.csv"), "data") + "\n[co2._DOTNET]\ncreators = [\"Lan, Xin\"]\nlicense = \"CC-BY-4.0\"\n");
    }

    private static IEnumerable<string> Names(string folder) => Directory.GetFiles(folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);
}
