namespace DataManifest.Packages;

[TestClass]
public sealed class LoaderTests
{
    [TestMethod]
    public async Task Data_are_loaded_by_a_method_of_the_project_or_by_their_format_and_a_typing_error_is_found_at_its_place()
    {
        await using var work = new Workspace();
        var manifest = "";
        foreach (var (name, content) in new[] { ("grid.dat", "1 2 3"), ("stations.json", "[{ \"name\": \"Vostok\" }]"), ("notes.txt", "read me"), ("settings.toml", "depth = 3"), ("field.nc", "CDF") })
        {
            work.Server.Serve("/" + name, content);
            manifest += Text.Dataset(Path.GetFileNameWithoutExtension(name), work.Server.Url("/" + name), content);
        }

        work.Write("datasets.toml", manifest.Replace("[grid]\n", "[grid]\nloader = { ref = \"App.Grids:Read\", args = [\"$path\", 10] }\n", StringComparison.Ordinal));
        work.Write("App/Grids.cs", """
            namespace App;

            internal static class Grids
            {
                public static int[] Read(string path, int factor, CancellationToken cancellationToken = default) => [.. File.ReadAllText(path).Split(' ').Select(number => int.Parse(number) * factor)];
            }

            internal sealed record Station(string Name);
            """);
        work.WriteProgram("App", """
            using App;

            int[] grid = Datasets.Grid.Load();
            using var document = Datasets.Stations.Load();
            Console.WriteLine(string.Join(",", grid) + "|" + document.RootElement[0].GetProperty("name") + "|" + Datasets.Stations.Load<Station[]>()[0].Name + "|" + Datasets.Notes.Load()
                + "|" + ((DataManifest.Toml.TomlInteger)Datasets.Settings.Load()["depth"]!).Value);
            """);

        work.Build("App").MustSucceed();
        Assert.AreEqual("10,20,30|Vostok|Vostok|read me|3", work.Run("App").Trim());

        work.Write("datasets.toml", work.Read("datasets.toml").Replace("App.Grids:Read", "App.Grid:Read", StringComparison.Ordinal));
        work.Write("App/Program.cs", "Console.WriteLine(Datasets.Field.Load());\nConsole.WriteLine(Datasets.Grid.Load());");
        var errors = work.Build("App", "--no-restore").MustFail().Errors;
        var typing = errors.Single(error => error.Contains("DM0802", StringComparison.Ordinal));
        Assert.Contains($"{work.At("datasets.toml")}(2,18", typing);
        Assert.Contains("did you mean 'App.Grids'?", typing);
        var format = errors.Single(error => error.Contains("DM0801", StringComparison.Ordinal));
        Assert.Contains("Program.cs(1,", format);
        Assert.Contains("PureHDF", format);
        Assert.HasCount(2, errors);

        // Without analyzers nobody reads the manifest at its lines, and the call is the error.
        work.Write("App/Program.cs", "int[] grid = Datasets.Grid.Load();\nConsole.WriteLine(grid.Length);");
        var silent = work.Build("App", "--no-restore", "-p:RunAnalyzers=false").MustFail().Errors.Single();
        Assert.Contains("Program.cs(1,", silent);
        Assert.Contains("DM0802", silent);
    }
}
