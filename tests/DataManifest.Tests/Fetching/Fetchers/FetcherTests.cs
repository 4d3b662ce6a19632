using System.Diagnostics;
using System.Reflection;
using System.Reflection.Emit;
using DataManifest.Storage;

namespace DataManifest.Fetching.Fetchers;

[TestClass]
public sealed class FetcherTests : IDisposable
{
    private const string Sample = "DataManifest.Fetching.Fetchers.SampleFetchers";

    private readonly FetchScene _scene = new();

    public required TestContext TestContext { get; init; }

    public void Dispose() => _scene.Dispose();

    [TestMethod]
    [DataRow("ToPath", "x.txt")]
    [DataRow("ToFile", "x.txt")]
    [DataRow("ToFolder", "x.txt/a.txt")]
    public async Task FetchAsync_callsTheMethod_andStoresWhatItMakes(string method, string file)
    {
        var result = await SingleAsync($"[x]\nkey = \"x.txt\"\nfetcher = \"{Sample}:{method}\"\nuri = \"{_scene.Server.Url("/never")}\"\nchecksum = \"{FetchScene.Sha256("made")}\"\n");
        Assert.AreEqual(FetchOutcome.Fetched, result.Outcome, result.Error?.ToString());
        Assert.AreEqual("made", File.ReadAllText(Path.Combine(_scene.Store, file)));
        Assert.AreEqual(4, result.Bytes);
        Assert.IsEmpty(_scene.Server.Requests);
    }

    [TestMethod]
    public async Task FetchAsync_prefersTheOwnLanguagesFetcher_toTheBareOneAndTheCommand()
    {
        var result = await SingleAsync($"[x]\nkey = \"x.txt\"\nfetcher = \"No.Such:Thing\"\nshell = \"false\"\n[x._LANG.csharp]\nfetcher = \"{Sample}.Inner:Nested\"\n");
        Assert.AreEqual("nested", File.ReadAllText(result.Path));
    }

    [TestMethod]
    public async Task FetchAsync_tellsTheFetcher_whatItNeeds()
    {
        _scene.Folder.Write("project/a.txt", "a");
        _scene.Folder.Write("project/b.txt", "b");
        var report = await FetchAsync($"""
            [a]
            uri = "a.txt"
            [b]
            uri = "b.txt"
            requires = ["a"]
            [x]
            key = "x"
            requires = ["b"]
            fetcher = "{Sample}:ToTarget"
            [y]
            uri = "https://h/p"
            key = "y"
            version = "2"
            doi = "10.1/z"
            format = "f"
            branch = "br"
            fetcher = "{Sample}:Named"
            """);
        Assert.IsFalse(report.HasFailures, string.Join('\n', report.Results.Select(result => result.Error?.ToString())));
        Assert.AreEqual("b=b.txt|a.txt,b.txt", File.ReadAllText(report.Results[2].Path));
        Assert.AreEqual("https://h/p|y|2|10.1/z|f|br|project|7", File.ReadAllText(report.Results[3].Path));
        Assert.Contains("halfway", _scene.Progress.Select(progress => progress.Output));
    }

    [TestMethod]
    public async Task FetchAsync_withArguments_passesTheseAlone()
    {
        var result = await SingleAsync($$"""
            [x]
            key = "x.txt"
            [x._LANG.csharp.fetcher]
            ref = "{{Sample}}:WithArguments"
            args = ["$download_path", 3, [1, 2]]
            kwargs = { factor = 1.5, letter = "b", isLast = true, more = { x = "$key" } }
            """);
        Assert.AreEqual(FetchOutcome.Fetched, result.Outcome, result.Error?.ToString());
        Assert.AreEqual("3|1+2|1.5|B|True|x.txt|rest", File.ReadAllText(result.Path));
    }

    [TestMethod]
    [DataRow("fetcher = 'SampleFetchers:ToPath'", "DM0440", "did you mean 'DataManifest.Fetching.Fetchers.SampleFetchers:ToPath'?")]
    [DataRow("fetcher = '*:ToPth'", "DM0440", "did you mean '*:ToPath'?")]
    [DataRow("fetcher = '*.Inner:NotStatic'", "DM0441", "it is not static")]
    [DataRow("fetcher = '*:ReturnsText'", "DM0441", "it returns String")]
    [DataRow("fetcher = '*:WantsMore'", "DM0441", "'HttpClient client'")]
    [DataRow("fetcher = { ref = '*:ToPath', args = ['$download_path', 1] }", "DM0441", "has 2 args, and it takes 1")]
    [DataRow("fetcher = { ref = '*:ToPath', args = [1] }", "DM0441", "cannot take the integer")]
    [DataRow("fetcher = { ref = '*:ToPath', kwargs = { destinatoin = 'x' } }", "DM0441", "gives nothing for its parameter 'destination'")]
    [DataRow("fetcher = { ref = '*:WithArguments', args = ['p', 1, [], 1.0, 'A', true, {}], kwargs = { rst = 'x' } }", "DM0441", "did you mean 'rest'?")]
    [DataRow("fetcher = '*:Throws'", "DM0442", "InvalidOperationException: no luck at https://example.org/x")]
    [DataRow("fetcher = '*:Unawaited'", "DM0441", "it is async and returns nothing")]
    [DataRow("fetcher = '*.Broken:Writes'", "DM0442", "InvalidOperationException: no content to begin with")]
    [DataRow("fetcher = '*[[*:ToPath'", "DM0440", "there is no type")]
    [DataRow("fetcher = '*:MakesNothing'", "DM0442", "left no file or folder")]
    [DataRow("fetcher = '*:ToPath'\nchecksum = 'md5:00000000000000000000000000000000'", "DM0501", "checksum")]
    public async Task FetchAsync_ofAFetcherThatDoesNotWork_saysWhyAndStoresNothing(string fields, string code, string reason)
    {
        // The next rung, which would work, is not taken.
        var result = await SingleAsync($"[x]\nkey = \"x.txt\"\nshell = \"cp datasets.toml $download_path\"\n{fields.Replace("*", Sample, StringComparison.Ordinal)}\n");
        Assert.AreEqual(code, result.Error?.Code, result.Error?.ToString());
        StringAssert.Contains(result.Error!.Message, reason.Replace("*", Sample, StringComparison.Ordinal));
        Assert.DoesNotContain("secret", result.Error.Message);
        Assert.IsEmpty(_scene.StoreEntries().Where(entry => entry.StartsWith("x.txt", StringComparison.Ordinal)));
    }

    [TestMethod]
    public async Task FetchAsync_ofAFetcherWhoseTypeNeedsAnAbsentAssembly_saysSoAndFetchesTheOthers()
    {
        var absent = new PersistedAssemblyBuilder(new AssemblyName("Absent"), typeof(object).Assembly);
        var thing = absent.DefineDynamicModule("Absent").DefineType("Absent.Thing", TypeAttributes.Public).CreateType();
        var present = new PersistedAssemblyBuilder(new AssemblyName("Present"), typeof(object).Assembly);
        var type = present.DefineDynamicModule("Present").DefineType("Present.Fetchers", TypeAttributes.Public);
        type.DefineMethod("Make", MethodAttributes.Public | MethodAttributes.Static, typeof(void), [thing]).GetILGenerator().Emit(OpCodes.Ret);
        type.CreateType();
        Directory.CreateDirectory(_scene.Folder["bin"]);
        present.Save(_scene.Folder["bin/Present.dll"]);

        using var fetchers = new FetcherRegistry().AddAssembly(_scene.Folder["bin/Present.dll"]);
        var database = _scene.Open("[x]\nkey = \"x\"\nfetcher = \"Present.Fetchers:Make\"\n[y]\nkey = \"y\"\nshell = \"cp datasets.toml $download_path\"\n", fetchers);
        var results = (await database.FetchAsync(null, null, TestContext.CancellationToken)).Results.ToDictionary(result => result.Dataset.Name);
        Assert.AreEqual("DM0441", results["x"].Error?.Code, results["x"].Error?.ToString());
        Assert.Contains("Absent", results["x"].Error!.Message);
        Assert.AreEqual(FetchOutcome.Fetched, results["y"].Outcome);
    }

    [TestMethod]
    public async Task FetchAsync_thatIsCancelled_endsTheFetcherWithinTwoSeconds()
    {
        using var stop = new CancellationTokenSource(500);
        var watch = Stopwatch.StartNew();
        await Assert.ThrowsAsync<OperationCanceledException>(() => FetchAsync($"[x]\nkey = \"x\"\nfetcher = \"{Sample}:Waits\"\n", stop.Token));
        Assert.IsLessThan(2.5, watch.Elapsed.TotalSeconds);
        Assert.IsEmpty(_scene.StoreEntries().Where(entry => entry.StartsWith('x')));
    }

    [TestMethod]
    public async Task Add_registersAFunction_thatNeedsNoReflection()
    {
        using var fetchers = new FetcherRegistry().Add("anything:at_all", async (target, token) =>
            await File.WriteAllTextAsync(target.Path, $"{target.Dataset.Name} {target.Arguments[0]} {target.KeywordArguments["n"]}", token));
        var database = _scene.Open("[x]\nkey = \"x.txt\"\nfetcher = { ref = \"anything:at_all\", args = [\"$key\"], kwargs = { n = 2 } }\n", fetchers);
        var report = await database.FetchAsync(null, null, TestContext.CancellationToken);
        Assert.AreEqual("x x.txt 2", File.ReadAllText(report.Results[0].Path), report.Results[0].Error?.ToString());
    }

    [TestMethod]
    public async Task LeaveUnknownFetchers_skipsWithAWarning_whatOnlyTheProgramCanFetch()
    {
        var database = _scene.Open("[x]\nkey = \"x.txt\"\nfetcher = \"A.B:C\"\n[y]\nkey = \"y\"\nrequires = [\"x\"]\nshell = \"cp $path_x $download_path\"\n", new FetcherRegistry());
        var report = await database.FetchAsync(new FetchRequest { LeaveUnknownFetchers = true }, null, TestContext.CancellationToken);
        Assert.IsFalse(report.HasFailures);
        CollectionAssert.AreEqual(new[] { "DM0443", "DM0443" }, report.Results.Select(result => result.Error!.Code).ToArray());
    }

    [TestMethod]
    public async Task A_generatedDataset_isFetchedByTheProgram_withWhatItRequires()
    {
        var store = Path.Combine(AppContext.BaseDirectory, "generated-store-" + Guid.NewGuid().ToString("N"));
        try
        {
            DatasetLocator? locator = null;
            Generated[] all = [];
            locator = DatasetLocator.ForAssembly(typeof(FetcherTests).Assembly, $"datasets_dir = '{store}'", () => all);
            all =
            [
                new(locator, "first", $"key = 'a.txt'\nfetcher = '{Sample}:ToPath'\n"),
                new(locator, "second", $"key = 'b.txt'\nrequires = ['first']\n[_LANG.csharp]\nfetcher = '{Sample}:ToTarget'\n"),
            ];
            Assert.IsFalse(all[1].Exists);
            var path = await all[1].FetchAsync(null, TestContext.CancellationToken);
            Assert.AreEqual(all[1].Path, path);
            Assert.AreEqual("first=a.txt|a.txt", File.ReadAllText(path));
            Assert.AreEqual("made", all[0].ReadAllText());
        }
        finally
        {
            Directory.Delete(store, recursive: true);
        }
    }

    private async Task<FetchReport> FetchAsync(string manifest, CancellationToken? cancellationToken = null)
    {
        using var fetchers = new FetcherRegistry().AddAssembly(typeof(FetcherTests).Assembly);
        return await _scene.Open(manifest, fetchers).FetchAsync(null, _scene.Recorder, cancellationToken ?? TestContext.CancellationToken);
    }

    private async Task<FetchResult> SingleAsync(string manifest) => (await FetchAsync(manifest)).Results.Single();

    private sealed class Generated(DatasetLocator locator, string name, string toml) : Dataset(locator, name, toml);
}
