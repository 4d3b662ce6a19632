using DataManifest.Diagnostics;
using DataManifest.Manifest;
using DataManifest.Toml;

namespace DataManifest.Schemas;

/// <summary>What the schemas accept and refuse.</summary>
[TestClass]
public sealed class SchemaValidationTests
{
    private const string Hash = "83425a30d111562d46c1fce9de7618ea7f1f54e1be72e086cba0ac63c6f2ce9b";

    /// <summary>Mistakes that reading the manifest reports as well.</summary>
    private static readonly string[] WrongManifests =
    [
        "co2 = 'https://h/a.csv'",
        "[[co2]]\nuri = 'https://h/a.csv'",
        "[x]\nuri = 5",
        "[x]\nuri = ['https://h/a.csv']\nuris = ['https://h/b.csv']",
        "[x]\nuri = 'https://h/a.csv'\nuris = ['https://h/b.csv']",
        "[x]\nuris = 'https://h/a.csv'",
        "[x]\nuris = ['https://h/a.csv', 5]",
        "[x]\nuri = 'https://h/a.zip'\nextract = 'yes'",
        "[x]\nuri = 'https://h/a.csv'\nskip_checksum = 1",
        "[x]\nuri = 'https://h/a.csv'\nskip_download = 'true'",
        "[x]\nuri = 'https://h/a.csv'\nlazy_access = 1",
        "[x]\nuri = 'https://h/a.csv'\ndelegate = 'never'",
        "[x]\nuri = 'https://h/a.csv'\nversion = 2",
        "[x]\nuri = 'https://h/a.csv'\nformat = ['csv']",
        "[x]\nuri = 'https://h/a.csv'\naliases = 'y'",
        "[x]\nuri = 'https://h/a.csv'\nrequires = 'y'",
        "[x]\nuri = 'https://h/a.csv'\nstorage_path = 1",
        "[x]\nuri = 'https://h/a.csv'\nkey = true",
        "[x]\nuri = 'https://h/a.csv'\nchecksum = 'sha256:abc'",
        "[x]\nuri = 'https://h/a.csv'\nchecksum = 'md5:5df2d37b8ab9e5a13bfd444caf972dd'",
        "[x]\nuri = 'https://h/a.csv'\nchecksum = 'SHA1:zz'",
        "[x]\nuri = 'https://h/a.csv'\nchecksum = 'abc'",
        "[x]\nuri = 'https://h/a.csv'\nsha256 = 'abc'",
        "[x]\nkey = 'x'\nshell = ['make']",
        "[x]\nkey = 'x'\nfetcher = 'make_it'",
        "[x]\nkey = 'x'\nfetcher = 5",
        "[x]\nkey = 'x'\nfetcher = { args = [] }",
        "[x]\nkey = 'x'\nloader = 'lambda p: p'",
        "[x]\nkey = 'x'\nloader = { ref = 'm:f', kwarg = {} }",
        "[x]\nkey = 'x'\nloader = { ref = 'm:f', args = '$path' }",
        "[x]\nkey = 'x'\nloader = { ref = 'm:f', kwargs = ['$path'] }",
        "[x]\nkey = 'x'\n_LANG.csharp.fetcher = 'make_it'",
        "[x]\nkey = 'x'\n_LANG.csharp.loader = 5",
        "[x]\nkey = 'x'\n_LANG.csharp = 'm:f'",
        "[x]\nkey = 'x'\n_LANG = 'm:f'",
        "[_LANG.csharp]\nloaders = 'm:f'",
        "[_LANG.csharp.loaders]\ncsv = {}",
        "[_LOADERS]\ncsv = 5",
        "_LOADERS = 'm:f'",
        "_STORAGE = 'data'",
        "_META = 1",
    ];

    private static readonly (string Schema, string Text)[] WrongDocuments =
    [
        ("datamanifest", "[_META]\nschema = '1'"),
        ("datamanifest", "[_META]\nschema = -1"),
        ("datamanifest", "[_STORAGE]\ndatasets_dir = 5"),
        ("datamanifest", "[_STORAGE._HOST]\nlaptop = 'data'"),
        ("datamanifest", "[x]\nuri = 'https://h/a.csv'\n_DOTNET = 'MIT'"),
        ("datamanifest", "[x._DOTNET]\nmirrors = 'https://h/a.csv'"),
        ("datamanifest", "[x._DOTNET]\nlicense = ['MIT']"),
        ("datamanifest", "[x._DOTNET]\ncreators = 'A. Author'"),
        ("datamanifest", "[x._DOTNET]\ntitle = 5"),
        ("datamanifest", "[x._DOTNET]\nobsolete = 3"),
        ("datamanifest", "[x._DOTNET]\ncolumns = ['a']"),
        ("datamanifest", "[x._DOTNET.columns]\na = 5"),
        ("config", "datasets_dir = ['a']"),
        ("config", "datasets_pools = [1]"),
        ("config", "datacache_pools = true"),
        ("config", "project = 1"),
        ("config", "canonical = 'perhaps'"),
        ("config", "lock_stale_age = 0"),
        ("config", "lock_stale_age = 'soon'"),
        ("config", "default_remote = ['a']"),
        ("config", "[_HOST.laptop]\ndatasets_dir = 1"),
        ("state", "[_META]\nschema = 'five'"),
        ("state", "_META = 5"),
        ("state", "[_META]\nschema = 5\n[datasets.x]\nsha256 = '" + Hash + "'"),
        ("state", "[_META]\nschema = 5\n[datasets.x]\nstorage_path = 'p'\nsha256 = 'ABC'"),
        ("state", "[_META]\nschema = 5\n[datasets]\nx = 'p'"),
        ("state", "[_META]\nschema = 5\n[datacache.f]\nref = 'm:f'"),
        ("state", "[_META]\nschema = 5\n[datacache.f.instances]\nabc = 'p'"),
        ("state", "[_META]\nschema = 5\n[datacache.f.instances]\n" + Hash + " = 5"),
        ("artifact-config", "grid = '5x5'"),
        ("artifact-config", "[_META]\nschema = 1\ncachetype = 'f'"),
        ("artifact-config", "[_META]\nschema = 2\ncachetype = 'f'\nhash = '" + Hash + "'"),
        ("artifact-config", "[_META]\nschema = 1\ncachetype = 'f@1'\nhash = '" + Hash + "'"),
        ("artifact-config", "[_META]\nschema = 1\ncachetype = 'f'\nhash = 'abc'"),
        ("artifact-metadata", "[_META]\nschema = 2"),
        ("artifact-metadata", "created = 'yesterday'"),
        ("artifact-metadata", "[git]\ndirty = 'no'"),
        ("artifact-metadata", "origin = 'state.toml'"),
    ];

    /// <summary>What has to be tolerated: unknown fields and tables, other languages' own business, empty values, retired spellings.</summary>
    private static readonly (string Schema, string Text)[] SoundDocuments =
    [
        ("datamanifest", ""),
        ("datamanifest", "[_FUTURE]\nx = 1\n[a]\nuri = 'https://h/a.csv'\nnew_field = { b = 1 }\n_x = 5"),
        ("datamanifest", "_new = 5\n[\"a/b\"]\nuri = 'https://h/a.csv'\nuris = []\nchecksum = ''\nfetcher = ''\nloader = ''\nshell = ''"),
        ("datamanifest", "[_LANG.python]\nloaders = { csv = { ref = 'm:c' }, bad = {} }\n[x._LANG.r]\nloader = 'readr::read_csv'\nmore = 1"),
        ("datamanifest", "[_LOADERS]\ncsv = 'm:c'\ntsv = 'csv'\nnone = ''\njulia_modules = ['X']\npython_includes = ['inc']"),
        ("datamanifest", "[x]\nchecksum = 'blake3:abcdef'\nsha256 = '" + Hash + "'"),
        ("datamanifest", "[x]\nchecksum = ' MD5:5DF2D37B8AB9E5A13BFD444CAF972DD8 '"),
        ("datamanifest", "[x._LANG.csharp]\nloader = 'global::N.Outer+Inner:Read'\nfetcher = { ref = 'N.T:M', args = [1, 'a', [true]], kwargs = { d = 2020-01-01 } }"),
        ("datamanifest", "[x._DOTNET]\nmirrors = []\nlicense = 'CC-BY-4.0'\ncreators = ['A']\ntitle = 'T'\nobsolete = 'use y'\ncolumns = { a = 'int?' }\nother = 1"),
        ("config", ""),
        ("config", "scratch = '/s'\ncanonical = 'YES'\nlock_stale_age = '30'\ndatasets_pools = []\nunknown = 5\n[_HOST.\"login*\"]\nscratch = '/w'\ndatasets_pools = '/p'\n[_DOTNET]\nx = 1"),
        ("state", "[_META]\nschema = 5"),
        ("state", "[_META]\nschema = 5\n[datasets.\"h/a.csv\"]\nstorage_path = 'p'\nsha256 = '" + Hash + "'\n[datacache.\"f@v1\"]\n[datacache.\"f@v1\".instances]\n" + Hash + " = 'c'\n[_DOTNET]\nx = 1"),
        ("state", "[run]\ncachetype = 'f'\nhash = '" + Hash + "'"),
        ("artifact-config", "a = { b = [1, 2.5, true, 'x'] }\n[_META]\nschema = 1\ncachetype = 'f'\nversion = 'v1'\nhash = '" + Hash + "'\nmore = 1"),
        ("artifact-metadata", "created = '2026-06-02T15:04:05Z'\nhost = 'h'\ntool = 't unknown'\nuser = 'u'\n[_META]\nschema = 1\n[git]\ndirty = true\n[origin]\nstate_file = '/p/.datamanifest/state.toml'"),
        ("artifact-metadata", "created = 2026-06-02T15:04:05Z\nhost = 'h'\nmore = 1\n[origin]\ncached_toml = 'c'"),
    ];

    [TestMethod]
    public void WrongManifests_areRefusedByTheSchema() => Refused([.. WrongManifests.Select(text => ("datamanifest", text))]);

    [TestMethod]
    public void WrongManifests_areReportedByTheReader()
    {
        foreach (var text in WrongManifests)
        {
            Assert.IsNotEmpty(ManifestDocument.Parse(text, "datasets.toml").Diagnostics, text);
        }
    }

    [TestMethod]
    public void WrongDocuments_areRefused() => Refused(WrongDocuments);

    [TestMethod]
    public void SoundDocuments_areAccepted() => Accepted(SoundDocuments);

    [TestMethod]
    public void ConformanceFixtures_areAccepted()
    {
        var folder = SharedVectors.Folder("DATAMANIFEST_CONFORMANCE");
        var files = Directory.GetFiles(Path.Combine(folder, "fixtures"), "*.toml").Concat(Directory.GetFiles(Path.Combine(folder, "examples"), "*.toml")).ToList();
        Assert.IsGreaterThan(9, files.Count);
        Accepted([.. files.Select(file => (SchemaOf(Path.GetFileName(file)), File.ReadAllText(file)))]);

        static string SchemaOf(string name) =>
            name.StartsWith("config_sidecar", StringComparison.Ordinal) ? "artifact-config" : name.StartsWith("cached_index", StringComparison.Ordinal) ? "state" : "datamanifest";
    }

    [TestMethod]
    public void RoundTripVectors_thatAreSoundManifests_areAccepted()
    {
        var sound = SharedVectors.Read("manifest_roundtrip.json").GetProperty("cases").EnumerateArray()
            .Select(vector => vector.GetProperty("manifest").GetString()!)
            .Where(text => ManifestDocument.Parse(text, "datasets.toml").Diagnostics.Count == 0)
            .ToList();
        Assert.IsGreaterThan(15, sound.Count);
        Accepted([.. sound.Select(text => ("datamanifest", text))]);
    }

    [TestMethod]
    public void ArtifactVectors_areAccepted()
    {
        var sidecars = SharedVectors.Read("cache_hash.json").GetProperty("cases").EnumerateArray()
            .Select(vector => vector.TryGetProperty("config_toml", out var text) ? text.GetString() : null).OfType<string>().ToList();
        Assert.IsGreaterThan(100, sidecars.Count);
        Accepted([.. sidecars.Select(text => ("artifact-config", text))]);
    }

    [TestMethod]
    public void FilesThatTheOtherToolsWrite_areAcceptedUnlessADigestIsCutShort()
    {
        string[] cutShort = ["\"sha1:00\"", "\"gone/dd\""];
        var files = new List<(string Schema, string Text)>();
        foreach (var step in SharedVectors.Read("state/cli_scenarios.json").GetProperty("scenarios").EnumerateArray().SelectMany(scenario => scenario.GetProperty("steps").EnumerateArray()))
        {
            if (step.TryGetProperty("after", out var after) && after.TryGetProperty("state", out var state) && state.GetString() is { } text)
            {
                files.Add(("state", text));
            }

            if (step.TryGetProperty("after", out after) && after.TryGetProperty("manifest", out var manifest) && manifest.GetString() is { } written
                && ManifestDocument.Parse(written, "datamanifest.toml").Diagnostics.All(diagnostic => diagnostic.Rule.Severity == DiagnosticSeverity.Warning))
            {
                files.Add(("datamanifest", written));
            }
        }

        Assert.IsGreaterThan(150, files.Count);
        Accepted([.. files.Distinct().Where(file => !cutShort.Any(digest => file.Text.Contains(digest, StringComparison.Ordinal)))]);
    }

    [TestMethod]
    public void Manifests_ofTheRepository_areAccepted()
    {
        var samples = Path.Combine(RepositoryFiles.Root, "samples");
        var texts = Directory.Exists(samples)
            ? Directory.GetFiles(samples, "*.toml", SearchOption.AllDirectories).Where(file => Path.GetFileName(file).ToLowerInvariant() is "datasets.toml" or "datamanifest.toml").Select(File.ReadAllText)
            : [];
        Accepted([.. texts.Append(FormatPage.Example).Select(text => ("datamanifest", text))]);
    }

    private static void Accepted((string Schema, string Text)[] documents)
    {
        var failures = Validate(documents).Where(result => result.Errors.Length > 0).Select(result => $"{result.Schema}:\n{result.Text}\n{string.Join('\n', result.Errors)}").ToList();
        Assert.IsEmpty(failures, string.Join("\n\n", failures));
    }

    private static void Refused((string Schema, string Text)[] documents)
    {
        var failures = Validate(documents).Where(result => result.Errors.Length == 0).Select(result => $"{result.Schema}:\n{result.Text}").ToList();
        Assert.IsEmpty(failures, "accepted although wrong:\n" + string.Join("\n\n", failures));
    }

    private static IEnumerable<(string Schema, string Text, string[] Errors)> Validate((string Schema, string Text)[] documents)
    {
        var errors = SchemaValidator.Validate(documents.Select(document => (document.Schema, TomlDocument.Parse(document.Text).Root)));
        Assert.HasCount(documents.Length, errors);
        return documents.Zip(errors, (document, found) => (document.Schema, document.Text, found));
    }
}
