namespace DataManifest.Packages;

/// <summary>The compiler's output depends on the manifest and the data, not on where they are.</summary>
[TestClass]
public sealed class DeterminismTests
{
    [TestMethod]
    public async Task Assemblies_built_in_two_folders_with_two_stores_are_the_same_bytes_and_name_neither()
    {
        await using var work = new Workspace();
        work.Server.Serve("/co2.csv", "year,ppm\n2025,427.35\n");
        work.Server.Serve("/in.txt", "inside");
        byte[][] built = [.. ((string[])["one", "a longer name"]).Select(Build)];
        Assert.AreSequenceEqual(built[0], built[1]);

        byte[] Build(string folder)
        {
            work.Write($"{folder}/datasets.toml", Text.Dataset("co2", work.Server.Url("/co2.csv"), "year,ppm\n2025,427.35\n") + Text.Dataset("in", work.Server.Url("/in.txt"), "inside"));
            work.WriteProgram(
                $"{folder}/App", "Console.WriteLine(Datasets.Co2.ReadRows().Single().Ppm + Datasets.In.ReadAllText());",
                properties: $"<PathMap>$(MSBuildProjectDirectory)=/_</PathMap><DebugType>embedded</DebugType><DataManifestDatasetsDir>{work.At($"store of {folder}")}</DataManifestDatasetsDir>",
                items: "<DatasetReference Include=\"co2\" CopyToOutputDirectory=\"true\" /><DatasetReference Include=\"in\" EmbedAsResource=\"true\" />");
            work.SetEnvironment("CI", "true");
            work.Build($"{folder}/App", "-c", "Release", "-p:ContinuousIntegrationBuild=true").MustSucceed();
            Assert.IsTrue(File.Exists(work.At($"store of {folder}/127.0.0.1/co2.csv")));
            Assert.Contains("427.35inside", work.Dotnet(folder, "exec", "App/bin/Release/net10.0/App.dll").MustSucceed().Output);
            var assembly = File.ReadAllBytes(work.At($"{folder}/App/obj/Release/net10.0/App.dll"));
            foreach (var encoding in (System.Text.Encoding[])[System.Text.Encoding.UTF8, System.Text.Encoding.Unicode])
            {
                Assert.AreEqual(-1, assembly.AsSpan().IndexOf(encoding.GetBytes(work.Root)), "The assembly names a path of this machine.");
                Assert.AreEqual(-1, assembly.AsSpan().IndexOf(encoding.GetBytes(work.Home)), "The assembly names a path of this machine.");
            }

            return assembly;
        }
    }
}
