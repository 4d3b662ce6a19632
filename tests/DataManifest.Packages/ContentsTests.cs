using System.IO.Compression;

namespace DataManifest.Packages;

[TestClass]
public sealed class ContentsTests
{
    private const string Sites = "site,elev_m,opened\nA,10.5,2023-05-06\nB,NA,2023-05-07\n";

    private const string Program = """
        foreach (var site in Datasets.Sites.ReadRows())
        {
            Console.WriteLine(FormattableString.Invariant($"{site.Site} {site.ElevM?.ToString() ?? "unknown"} {site.Opened:yyyy-MM-dd}"));
        }

        var file = Datasets.Grid.Files.Data.CellsTsv;
        Console.WriteLine($"{file.Length} bytes, {file.ReadRows().Sum(cell => cell.Count)} in all, {Datasets.Grid.Files.ReadmeMd.ReadAllText()}");
        """;

    [TestMethod]
    public async Task Build_that_fetches_first_compiles_with_files_and_rows_and_the_next_one_runs_no_task()
    {
        await using var work = new Workspace();
        Serve(work, Sites);
        work.WriteProgram("App", Program);

        var first = work.Build("App").MustSucceed();
        Assert.IsEmpty(first.Warnings.Where(warning => !warning.Contains("DM0603", StringComparison.Ordinal)), first.Output);
        var output = work.Run("App");
        Assert.Contains("A 10.5 2023-05-06", output);
        Assert.Contains("B unknown 2023-05-07", output);
        Assert.Contains("16 bytes, 5 in all, read me", output);

        var compiled = File.GetLastWriteTimeUtc(work.At("App/obj/Debug/net10.0/App.dll"));
        var (second, tasks) = work.BuildLogged("App");
        Assert.IsEmpty(tasks, second.Output);
        Assert.AreEqual(compiled, File.GetLastWriteTimeUtc(work.At("App/obj/Debug/net10.0/App.dll")), "The second build compiled again.");
    }

    [TestMethod]
    public async Task Build_with_a_new_checksum_says_which_columns_changed_and_what_is_gone_does_not_compile()
    {
        await using var work = new Workspace();
        Serve(work, Sites);
        work.WriteProgram("App", Program);
        work.Build("App").MustSucceed();

        Serve(work, "site,height,opened,n\nA,10.5,yesterday,1\n");
        var changed = work.Build("App", "--no-restore");

        Assert.AreNotEqual(0, changed.ExitCode);
        Assert.Contains("DM0830", changed.Output);
        Assert.Contains("added 'height' (double); 'opened' was DateOnly and is string; added 'n' (int); removed 'elev_m' (double?)", changed.Output);
        Assert.Contains("error CS1061", changed.Output);
        Assert.Contains("'ElevM'", changed.Output);
    }

    [TestMethod]
    public async Task Sync_writes_the_contents_beside_the_manifest_and_a_clone_compiles_with_them_before_anything_is_fetched()
    {
        await using var work = new Workspace();
        Serve(work, Sites);
        work.WriteProgram("App", Program);
        work.Dotnet("App", "build", "--nologo", "-t:Restore;DataSync", "-p:DataManifestCommitContents=true").MustSucceed();
        Assert.Contains("[\"elev_m\", \"double?\"]", work.Read("datasets.contents.toml"));

        Directory.Delete(work.At("App/obj"), recursive: true);
        Directory.Delete(work.Store, recursive: true);
        Directory.Delete(work.At(".datamanifest"), recursive: true);
        work.Build("App", "-p:DataManifestFetchOnBuild=false").MustSucceed();

        File.Delete(work.At("datasets.contents.toml"));
        var unknown = work.Build("App", "--no-restore", "-p:DataManifestFetchOnBuild=false");
        Assert.Contains("warning DM0835", unknown.Output);
        Assert.Contains("error CS1061", unknown.Output);
    }

    [TestMethod]
    public async Task First_build_of_data_that_are_in_the_store_already_has_their_files_rows_and_sizes()
    {
        await using var work = new Workspace();
        Serve(work, Sites);
        work.WriteProgram("App", Program, properties: "<EmitCompilerGeneratedFiles>true</EmitCompilerGeneratedFiles>");
        work.Build("App").MustSucceed();

        // What another tool leaves: the store alone. One dataset has a checksum in the manifest, the other one has none.
        Directory.Delete(work.At("App/obj"), recursive: true);
        Directory.Delete(work.At("App/bin"), recursive: true);
        Directory.Delete(work.At(".datamanifest"), recursive: true);
        var requests = work.Server.Requests.Count;
        work.Build("App").MustSucceed();

        Assert.AreEqual(requests, work.Server.Requests.Count);
        Assert.Contains("16 bytes, 5 in all, read me", work.Run("App"));
        string Code(string name) => File.ReadAllText(Directory.EnumerateFiles(work.At("App/obj"), name, SearchOption.AllDirectories).Single());
        Assert.Contains($"<para>Size: {Sites.Length} B</para>", Code("Datasets.Sites.g.cs"));
        Assert.Contains("<para>Size: 23 B, 2 files</para>", Code("Datasets.Grid.g.cs"));
    }

    [TestMethod]
    public async Task Compressed_table_is_loaded_as_rows_packed_or_unpacked()
    {
        await using var work = new Workspace();
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(System.Text.Encoding.UTF8.GetBytes(Sites));
        }

        work.Server.Serve("/sites.csv.gz", packed.ToArray());
        var uri = work.Server.Url("/sites.csv.gz");
        work.Write("datasets.toml", $"[packed]\nuri = \"{uri}\"\n[unpacked]\nuri = \"{uri}\"\nkey = \"unpacked/sites.csv.gz\"\nextract = true\n");
        work.WriteProgram("App", """
            Console.WriteLine(string.Join(",", Datasets.Packed.Load().Select(site => site.Site)));
            Console.WriteLine(string.Join(",", Datasets.Unpacked.Files.SitesCsv.ReadRows().Select(site => site.Site)));
            Console.WriteLine(Datasets.Unpacked.Load().GetFiles("*.csv").Single().Name);
            """);

        work.Build("App").MustSucceed();
        Assert.AreEqual("A,B\nA,B\nsites.csv", work.Run("App").Trim().ReplaceLineEndings("\n"));
    }

    private static void Serve(Workspace work, string sites)
    {
        using var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in new[] { ("data/cells.tsv", "x\tcount\n1\t2\n3\t3\n"), ("readme.md", "read me") })
            {
                using var writer = new StreamWriter(archive.CreateEntry(name).Open());
                writer.Write(text);
            }
        }

        work.Server.Serve("/sites.csv", sites);
        work.Server.Serve("/grid.zip", zip.ToArray());
        work.Write("datasets.toml", Text.Dataset("sites", work.Server.Url("/sites.csv"), sites) + $"\n[grid]\nuri = \"{work.Server.Url("/grid.zip")}\"\nextract = true\n");
    }
}
