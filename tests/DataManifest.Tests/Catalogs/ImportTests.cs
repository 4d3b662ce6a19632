using System.Security.Cryptography;
using System.Text;
using DataManifest.Diagnostics;
using DataManifest.Hashing;

namespace DataManifest.Catalogs;

/// <summary>Importing what other tools declare.</summary>
[TestClass]
public sealed class ImportTests : IDisposable
{
    private readonly CatalogScene _scene = new();

    public TestContext TestContext { get; set; } = null!;

    public void Dispose() => _scene.Dispose();

    [TestMethod]
    public async Task TheSameFileTwice_changesNothing()
    {
        var registry = $"a.csv {Sha256("a")}\nsub/b.csv md5:{Md5("b")} https://other.example/b.csv\n";
        await ImportAsync(CatalogKind.Pooch, "registry.txt", registry);
        var before = _scene.ManifestText;

        var again = await ImportAsync(CatalogKind.Pooch, "registry.txt", registry);

        Assert.AreEqual(before, _scene.ManifestText);
        Assert.AreEqual("Imported 0 dataset(s) from pooch registry registry.txt — 2 declared already:", again.ToText().Split('\n')[0]);
    }

    [TestMethod]
    public async Task Overwrite_replacesWhatHasTheSameAddress_andNothingElse()
    {
        await ImportAsync(CatalogKind.Pooch, "registry.txt", $"a.csv {Sha256("a")}\n");
        _scene.Open(_scene.ManifestText + "\n[b]\nuri = \"https://mine.example/b.csv\"\n");

        var report = await ImportAsync(CatalogKind.Pooch, "registry.txt", $"a.csv {Sha256("new")}\nb.csv {Sha256("b")}\n", request => request with { Overwrite = true });

        CollectionAssert.AreEqual(new[] { CatalogOutcome.Replaced, CatalogOutcome.Added }, report.Entries.Select(entry => entry.Outcome).ToArray());
        Assert.Contains(Sha256("new"), _scene.Dataset("a"));
        Assert.Contains("https://mine.example/b.csv", _scene.Dataset("b"));
        Assert.Contains("https://data.example/v1/b.csv", _scene.Dataset("b_2"));
    }

    [TestMethod]
    public async Task AnotherDigestUnderTheSameAddress_isAnotherDataset()
    {
        await ImportAsync(CatalogKind.Pooch, "registry.txt", $"a.csv {Sha256("a")}\n");

        var report = await ImportAsync(CatalogKind.Pooch, "registry.txt", $"a.csv {Sha256("b")}\n");

        Assert.AreEqual("a_2", report.Entries[0].Dataset.Name);
        Assert.AreEqual(CatalogOutcome.Added, report.Entries[0].Outcome);
    }

    [TestMethod]
    public async Task ADigest_isAddedToADatasetThatHasNone()
    {
        _scene.Open("# mine\n[co2]\nuri = \"https://data.example/v1/a.csv\" # here\n");

        var report = await ImportAsync(CatalogKind.Pooch, "registry.txt", $"a.csv {Sha256("a")}\n");

        Assert.AreEqual(CatalogOutcome.Pinned, report.Entries[0].Outcome);
        Assert.AreEqual($"# mine\n[co2]\nuri = \"https://data.example/v1/a.csv\" # here\nchecksum = \"sha256:{Sha256("a")}\"\n", _scene.ManifestText);
    }

    [TestMethod]
    public async Task ACopyOutsideTheCacheFolder_isNotLookedAt()
    {
        _scene.Folder.Write("secret.csv", "a");
        _scene.Folder.Write("cache/keep", "");

        var report = await ImportAsync(CatalogKind.Pooch, "registry.txt", $"../secret.csv {Sha256("a")} https://data.example/secret.csv\n", request => request with { CacheDirectory = _scene.Folder["cache"] });

        Assert.AreEqual(CacheOutcome.Missing, report.Entries[0].Cache);
    }

    [TestMethod]
    public async Task AnAdoptedCopy_isUsedWithoutFetching()
    {
        _scene.Folder.Write("cache/a.csv", "a");

        await ImportAsync(CatalogKind.Urls, "list.txt", "# data\nhttps://data.example/a.csv\n", request => request with { CacheDirectory = _scene.Folder["cache"] });
        var database = _scene.Reopen();
        var fetch = await database.FetchAsync(null, null, TestContext.CancellationToken);

        Assert.IsFalse(fetch.HasFailures);
        Assert.AreEqual(_scene.Folder["cache/a.csv"], database["a"].Path);
        Assert.AreEqual($"sha256:{Sha256("a")}", database["a"].Checksum);
        Assert.IsEmpty(_scene.Server.Requests);
    }

    [TestMethod]
    public async Task ADryRun_saysTheSameAndChangesNothing()
    {
        var before = _scene.Open().Manifest.Text;
        _scene.Folder.Write("cache/a.csv", "a");

        var report = await ImportAsync(CatalogKind.Urls, "list.txt", "https://data.example/a.csv\n", request => request with { CacheDirectory = _scene.Folder["cache"], DryRun = true });

        Assert.AreEqual(before, _scene.ManifestText);
        Assert.AreEqual(CacheOutcome.Adopted, report.Entries[0].Cache);
        Assert.AreEqual($"[a]\nchecksum = \"sha256:{Sha256("a")}\"\nuri = \"https://data.example/a.csv\"\n", report.Entries[0].ToToml());
        Assert.IsFalse(Directory.Exists(_scene.Folder["project/.datamanifest"]));
    }

    [TestMethod]
    public async Task Csv_readsQuotesBlanksAndAByteOrderMark()
    {
        await ImportAsync(CatalogKind.Csv, "list.csv", $"\uFEFFURL , Name,checksum\n\"https://h.example/a,b.csv\",\"my \"\"data\"\"\",md5:{Md5("x")}\n\nhttps://h.example/_c.csv\n");

        Assert.Contains($"md5:{Md5("x")}", _scene.Dataset("my \"data\""));
        Assert.Contains("https://h.example/_c.csv", _scene.Dataset("c"), "a name cannot begin with an underscore");
    }

    [TestMethod]
    public async Task Dvc_expandsAFolder_fromTheListInTheCache()
    {
        var (first, second) = (Md5("1"), Md5("2"));
        var folder = Md5("list") + ".dir";
        _scene.Folder.Write("dvc/.dvc/config", "[core]\n    remote = store\n['remote \"store\"']\n    url = s3://bucket/dvc\n");
        _scene.Folder.Write($"dvc/.dvc/cache/files/md5/{folder[..2]}/{folder[2..]}", $$"""[{"md5": "{{first}}", "relpath": "a.csv"}, {"md5": "{{second}}", "relpath": "sub/b.csv"}, {"md5": "../../etc", "relpath": "c"}]""");
        _scene.Folder.Write($"dvc/.dvc/cache/files/md5/{first[..2]}/{first[2..]}", "1");

        var report = await ImportAsync(CatalogKind.Dvc, "dvc/data.dvc", $"outs:\n- md5: {folder}\n  path: data\n");

        CollectionAssert.AreEqual(new[] { "data/a", "data/sub/b" }, report.Entries.Select(entry => entry.Dataset.Name).ToArray());
        CollectionAssert.AreEqual(new[] { CacheOutcome.Adopted, CacheOutcome.None }, report.Entries.Select(entry => entry.Cache).ToArray());
        Assert.AreEqual($"s3://bucket/dvc/files/md5/{second[..2]}/{second[2..]}", report.Entries[1].Dataset.Uri);
    }

    [TestMethod]
    public async Task Libman_libraries_areBatchesOfTheirFiles()
    {
        var report = await ImportAsync(CatalogKind.Libman, "libman.json", """
            {
              // what the pages need
              "version": "1.0", "defaultProvider": "cdnjs",
              "libraries": [
                { "library": "jquery@3.3.1", "files": [ "jquery.min.js", "jquery.js" ], "destination": "wwwroot/lib/jquery" },
                { "library": "@scope/chart@2.0.0", "provider": "jsdelivr", "files": [ "dist/chart.js" ], },
                { "library": "all@1.0.0" },
                { "library": "C:\\own", "provider": "filesystem", "files": [ "a.js" ] }
              ]
            }
            """);

        CollectionAssert.AreEqual(new[] { "jquery", "scope/chart" }, report.Entries.Select(entry => entry.Dataset.Name).ToArray());
        CollectionAssert.AreEqual(
            new[] { "https://cdnjs.cloudflare.com/ajax/libs/jquery/3.3.1/jquery.min.js", "https://cdnjs.cloudflare.com/ajax/libs/jquery/3.3.1/jquery.js" }, report.Entries[0].Dataset.Uris.ToArray());
        Assert.AreEqual("https://cdn.jsdelivr.net/npm/@scope/chart@2.0.0/dist/chart.js", report.Entries[1].Dataset.Uri);
        Assert.HasCount(2, report.Notes);
    }

    [TestMethod]
    public async Task Artifacts_areUnpackedArchives_withMirrors()
    {
        var report = await ImportAsync(CatalogKind.Artifacts, "Artifacts.toml", """
            [iris]
            git-tree-sha1 = "83c1f1ad4b0b1a0a1a8a1b0b2f8b2a3d4c5e6f70"

                [[iris.download]]
                url = "https://a.example/iris.tar.gz"
                sha256 = "00"
                [[iris.download]]
                url = "https://b.example/iris.tar.gz"
                sha256 = "00"

            [[lib]]
            arch = "x86_64"
            os = "linux"
                [[lib.download]]
                url = "https://a.example/lib-linux.tar.gz"
            [[lib]]
            os = "macos"
            """);

        CollectionAssert.AreEqual(new[] { "iris", "lib-linux-x86_64" }, report.Entries.Select(entry => entry.Dataset.Name).ToArray());
        Assert.AreEqual("extract = true\nuri = \"https://a.example/iris.tar.gz\"\n\n[_DOTNET]\nmirrors = [\n    \"https://b.example/iris.tar.gz\",\n]\n", _scene.Dataset("iris"));
        CollectionAssert.AreEqual(new[] { "skipped lib-macos: it has no download" }, report.Notes.ToArray());
    }

    [TestMethod]
    public async Task Pins_areTheNewestVersions()
    {
        _scene.Folder.Write("board/mtcars/20220811T155805Z-48c73/data.txt", "file: mtcars.csv\nfile_size: 249\npin_hash: 3b134bae183b50c9\ntype: csv\ntitle: 'mtcars: a pinned table'\ntags: ~\n");
        _scene.Answer("https://pins.example/board/cars/20230101T000000Z-aaaaa/data.txt", "file:\n- a.rds\n- b.rds\ntitle: two\n");
        _scene.Folder.Write("board/mtcars/20220811T155805Z-48c73/mtcars.csv", "x");

        var report = await ImportAsync(
            CatalogKind.Pins, "board/_pins.yaml",
            "mtcars:\n- mtcars/20220101T000000Z-00000/\n- mtcars/20220811T155805Z-48c73/\ncars:\n- cars/20230101T000000Z-aaaaa/\nbad:\n- ../../etc/\n",
            request => request with { BaseUrl = "https://pins.example/board" });

        Assert.AreEqual("https://pins.example/board/mtcars/20220811T155805Z-48c73/mtcars.csv", report.Entries[0].Dataset.Uri);
        Assert.AreEqual(CacheOutcome.Adopted, report.Entries[0].Cache);
        Assert.HasCount(2, report.Entries[1].Dataset.Uris);
        CollectionAssert.AreEqual(new[] { "skipped bad: it has no version" }, report.Notes.ToArray());
    }

    [TestMethod]
    public async Task DownloadFileTasks_areReportedAndNeverWritten()
    {
        var before = _scene.Open().Manifest.Text;

        var report = await ImportAsync(CatalogKind.DownloadFile, "app.csproj", """
            <Project>
              <PropertyGroup><Host>https://data.example</Host><ModelUrl>$(Host)/model.onnx</ModelUrl><Loop>$(Loop)$(Loop)</Loop></PropertyGroup>
              <Target Name="Get">
                <DownloadFile SourceUrl="$(ModelUrl)" DestinationFolder="$(Host)/models" />
                <DownloadFile SourceUrl="@(Urls)" DestinationFolder="x" />
                <DownloadFile SourceUrl="https://h.example/$(Loop)" />
              </Target>
            </Project>
            """);

        Assert.AreEqual(before, _scene.ManifestText);
        Assert.IsTrue(report.IsDryRun);
        Assert.AreEqual("https://data.example/model.onnx", report.Entries.Single().Dataset.Uri);
        Assert.Contains("skipped '@(Urls)', which depends on the build", report.ToText());
    }

    [TestMethod]
    [DataRow(CatalogKind.Intake, "sources: [\n")]
    [DataRow(CatalogKind.Intake, "a: *b\n c: {\n")]
    [DataRow(CatalogKind.Pooch, "one\n")]
    [DataRow(CatalogKind.Pooch, "\"a 00\n")]
    [DataRow(CatalogKind.Csv, "")]
    [DataRow(CatalogKind.Csv, "url\n\"x\n")]
    [DataRow(CatalogKind.Libman, "{")]
    [DataRow(CatalogKind.Artifacts, "[a\n")]
    [DataRow(CatalogKind.DownloadFile, "<!DOCTYPE p [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><p>&x;</p>")]
    public async Task AFileThatIsNoneOfItsKind_isRefusedAndNothingDeclared(CatalogKind kind, string text)
    {
        var before = _scene.Open().Manifest.Text;

        var error = await Assert.ThrowsExactlyAsync<DataManifestException>(() => ImportAsync(kind, "file", text));

        Assert.AreEqual(DiagnosticRules.CatalogUnreadable, error.Rule);
        Assert.AreEqual(before, _scene.ManifestText);
    }

    [TestMethod]
    public async Task Yaml_thatIsDeepOrTagged_makesNothingButText()
    {
        var deep = await Assert.ThrowsExactlyAsync<DataManifestException>(() => ImportAsync(CatalogKind.Intake, "deep.yml", new string('[', 200_000)));
        Assert.AreEqual(DiagnosticRules.CatalogUnreadable, deep.Rule);

        var report = await ImportAsync(CatalogKind.Intake, "cat.yml", """
            defaults: &d
              description: shared
            bomb: [&a [x, x], &b [*a, *a, *a], &c [*b, *b, *b], [*c, *c, *c]]
            sources:
              one:
                <<: *d
                args: { urlpath: !!python/object/apply:os.system 'https://h.example/one.csv' }
            """);

        Assert.AreEqual("https://h.example/one.csv", report.Entries.Single().Dataset.Uri);
        Assert.AreEqual("shared", report.Entries.Single().Dataset.Description);
    }

    [TestMethod]
    public async Task AnEntryThatIsNoSoundDataset_isRefused_andTheOthersAreDeclared()
    {
        var report = await ImportAsync(CatalogKind.Urls, "list.txt", "https://h.example/../../etc/x.csv\nhttps://h.example/a.csv\n");

        Assert.AreEqual(CatalogOutcome.Refused, report.Entries[0].Outcome);
        Assert.AreEqual(DiagnosticRules.KeyLeavesStore, report.Entries[0].Error!.Rule);
        Assert.AreEqual(CatalogOutcome.Added, report.Entries[1].Outcome);
        Assert.DoesNotContain("etc", _scene.ManifestText);
    }

    [TestMethod]
    public async Task TenThousandEntries_areWrittenInOneChange()
    {
        var list = string.Join('\n', Enumerable.Range(0, 10_000).Select(i => $"https://h.example/{i}/data.csv"));

        var watch = System.Diagnostics.Stopwatch.StartNew();
        var report = await ImportAsync(CatalogKind.Urls, "list.txt", list);
        watch.Stop();

        Assert.IsTrue(report.Entries.All(entry => entry.Outcome == CatalogOutcome.Added));
        Assert.HasCount(10_000, _scene.Reopen().Datasets);
        Assert.AreEqual("data_10000", report.Entries[^1].Dataset.Name);
        Assert.IsLessThan(30, watch.Elapsed.TotalSeconds, "it grows with the number of entries and not with its square");
    }

    private Task<CatalogReport> ImportAsync(CatalogKind kind, string file, string text, Func<ImportRequest, ImportRequest>? options = null) => _scene.ImportAsync(
        kind, file, text, request => (options ?? (same => same))(kind == CatalogKind.Pooch ? request with { BaseUrl = "https://data.example/v1/" } : request), TestContext.CancellationToken);

    private static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string Md5(string text)
    {
        using var hasher = new ContentHasher("md5");
        hasher.Append(Encoding.UTF8.GetBytes(text));
        return hasher.Finish()[0].Hex;
    }
}
