using System.IO.Compression;
using System.Reflection;
using System.Text.RegularExpressions;

namespace DataManifest.Tool;

/// <summary>The commands that docs/cli.md shows are run in their order, so that the page stays true.</summary>
[TestClass]
public sealed partial class PageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(
        typeof(PageTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "RepositoryRoot").Value!, "docs", "cli.md")).ReplaceLineEndings("\n");

    [TestMethod]
    public async Task Commands_of_the_page_do_what_it_says()
    {
        using var ground = new Playground();
        await using var server = LoopbackServer.Start();
        server.Serve("/data/co2.csv", "year,ppm\n1959,316\n", new ServeOptions { ETag = "\"1\"" });
        server.Serve("/data/gistemp.zip", Zip());
        server.Serve("/data/sea-level.csv", "year,mm\n");
        server.Serve("/data/tas.csv", "year,t\n");
        ground.Write("proj/urls.txt", "data/sea-level.csv\n");
        ground.Write("proj/registry.txt", $"tas.csv sha256:{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("year,t\n"u8))}\n");
        ground.Write("bin/datamanifest", $"#!/bin/sh\nexec dotnet exec '{typeof(ExitCode).Assembly.Location}' \"$@\"\n");
        ToolProcess.Run("chmod", ground.Root, ground.Environment, "", "+x", ground.At("bin/datamanifest"));
        ground.Environment["PATH"] = $"{ground.At("bin")}:{Environment.GetEnvironmentVariable("PATH")}";

        var lines = Blocks().Matches(Page).SelectMany(block => block.Groups[1].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries)).ToArray();
        Assert.IsGreaterThan(30, lines.Length);
        foreach (var line in lines)
        {
            var result = ToolProcess.Run("sh", ground.Project, ground.Environment, "", "-c", line.Replace("https://example.org", server.Url("").TrimEnd('/'), StringComparison.Ordinal));
            Assert.AreEqual(0, result.Code, $"$ {line}\n{result.Output}{result.Error}");
            Assert.DoesNotContain("error DM", result.Error, line);
        }

        Assert.Contains("[co2]", ground.Read("proj/datamanifest.toml"));
        Assert.DoesNotContain("gistemp", ground.Read("proj/datamanifest.toml"));
        Assert.IsTrue(File.Exists(ground.At("proj/bundle/datamanifest.toml")));
    }

    [TestMethod]
    public void Page_has_a_section_with_an_example_for_every_command()
    {
        using var ground = new Playground();
        var help = ground.Print("--help");
        var commands = CommandLines().Matches(help[help.IndexOf("Commands:", StringComparison.Ordinal)..]).Select(match => match.Groups[1].Value).ToArray();
        Assert.IsGreaterThan(20, commands.Length);
        Assert.AreSequenceEqual(commands.Order(StringComparer.Ordinal), Headings().Matches(Page).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal));
        foreach (var command in commands)
        {
            Assert.Contains($"\ndatamanifest {command}", Page);
        }
    }

    private static byte[] Zip()
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create))
        {
            using var entry = new StreamWriter(zip.CreateEntry("annual.csv").Open());
            entry.Write("year,t\n");
        }

        return bytes.ToArray();
    }

    [GeneratedRegex("^```bash\n(.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Blocks();

    [GeneratedRegex("^## `([a-z-]+)`$", RegexOptions.Multiline)]
    private static partial Regex Headings();

    [GeneratedRegex("^  ([a-z][a-z-]+) ", RegexOptions.Multiline)]
    private static partial Regex CommandLines();
}
