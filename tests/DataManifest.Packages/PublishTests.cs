namespace DataManifest.Packages;

/// <summary>Programs that carry their data, as they leave the machine: the published folder is all that they have.</summary>
[TestClass]
public sealed class PublishTests
{
    private const string Program = """
        using DataManifest.Loading;

        Console.WriteLine(Datasets.Beside.Path);
        Console.WriteLine($"{Datasets.Beside.ReadAllText()} {Datasets.Inside.ReadAllText()} {Datasets.Inside.Exists}");
        foreach (var row in Datasets.Table.ReadRows())
        {
            Console.WriteLine($"{row.Site} {row.Ppm + 1}");
        }

        Console.WriteLine(new DataManifest.DatasetFile(Datasets.Poles, "s.txt", 5).ReadAllText());
        using var unpacked = Datasets.Packed.Unpack();
        Console.WriteLine(File.ReadAllText(Path.Combine(unpacked.Folder.FullName, "a/b.txt")));
        """;

    [TestMethod]
    public async Task Program_that_is_trimmed_into_one_file_reads_the_data_beside_it_and_in_it()
    {
        await using var work = new Workspace();
        Write(work);
        work.Dotnet("App", ["publish", "--nologo", "--use-current-runtime", "--self-contained", "-p:PublishTrimmed=true", "-p:PublishSingleFile=true", "-o", work.At("published")]).MustSucceed();
        AssertReads(work);
    }

    [TestMethod]
    public async Task Program_that_is_compiled_natively_reads_the_data_beside_it_and_in_it()
    {
        await using var work = new Workspace();
        Write(work);
        var published = work.Dotnet("App", ["publish", "--nologo", "--use-current-runtime", "-p:PublishAot=true", "-o", work.At("published")]);
        if (published.ExitCode != 0 && published.Output.Contains("Platform linker", StringComparison.Ordinal))
        {
            Assert.Inconclusive("Native compilation needs clang or gcc and the headers of zlib (Debian: clang, zlib1g-dev).");
        }

        // What docs/frameworks.md says of rows.
        Assert.IsEmpty(published.MustSucceed().Output.Split('\n').Where(line => line.Contains("warning IL", StringComparison.Ordinal) && !line.Contains("IL2104: Assembly 'Sylvan.Data.Csv'", StringComparison.Ordinal)));
        AssertReads(work);
    }

    private static void Write(Workspace work)
    {
        using var archive = new MemoryStream();
        using (var zip = new System.IO.Compression.ZipArchive(archive, System.IO.Compression.ZipArchiveMode.Create))
        {
            using var entry = new StreamWriter(zip.CreateEntry("a/b.txt").Open());
            entry.Write("unpacked");
        }

        work.Server.Serve("/beside.txt", "beside");
        work.Server.Serve("/inside.txt", "inside");
        work.Server.Serve("/table.csv", "site,ppm\nA,1.5\n");
        work.Server.Serve("/p/n.txt", "north");
        work.Server.Serve("/p/s.txt", "south");
        work.Server.Serve("/packed.zip", archive.ToArray());
        work.Write(
            "datasets.toml",
            Text.Dataset("beside", work.Server.Url("/beside.txt"), "beside") + Text.Dataset("inside", work.Server.Url("/inside.txt"), "inside") + Text.Dataset("table", work.Server.Url("/table.csv"), "site,ppm\nA,1.5\n")
                + Text.Dataset("packed", work.Server.Url("/packed.zip")) + "skip_checksum = true\n"
                + $"[poles]\nuris = [\"{work.Server.Url("/p/n.txt")}\", \"{work.Server.Url("/p/s.txt")}\"]\nskip_checksum = true\n");
        work.WriteProgram("App", Program, properties: "<InvariantGlobalization>true</InvariantGlobalization>", items: """
            <DatasetReference Include="beside;table" CopyToPublishDirectory="true" />
            <DatasetReference Include="inside;packed;poles" EmbedAsResource="true" />
            """);
        work.Write("App/App.csproj", work.Read("App/App.csproj").Replace("TargetFrameworks", "TargetFramework", StringComparison.Ordinal));
    }

    private static void AssertReads(Workspace work)
    {
        Directory.Delete(work.Store, recursive: true);
        Assert.IsFalse(File.Exists(work.At("published/App.dll")));
        Assert.AreEqual($"{work.At("published/datasets/127.0.0.1/beside.txt")}\nbeside inside False\nA 2.5\nsouth\nunpacked\n", work.Execute("published/App").ReplaceLineEndings("\n"));
    }
}
