namespace DataManifest.Packages;

[TestClass]
public sealed class AwkwardPathTests
{
    // NuGet and the SDK themselves cannot build below a folder with ';' or '%41'; a manifest and a store can lie there.
    [TestMethod]
    public async Task Build_survives_what_MSBuild_could_read_a_meaning_into()
    {
        await using var work = new Workspace("a b% é@x(1)'q");
        const string Folder = "m;a%41@(x) $(HOME) *?'q é";
        const string Store = "s;t%41@(x) (HOME)'é";
        work.Server.Serve("/co2.csv", "data");
        work.Write($"{Folder}/Datasets.toml", Text.Dataset("co2", work.Server.Url("/co2.csv"), "data"));
        work.SetEnvironment("DATAMANIFEST_DATASETS_DIR", work.At(Store));
        work.WriteProgram(
            "App", "Console.WriteLine(Datasets.Co2.ReadAllText());", properties: "<DataManifestFile>../m%3ba%2541%40(x) %24(HOME) %2a%3f'q é/Datasets.toml</DataManifestFile>");

        work.Build("App").MustSucceed();
        Assert.Contains("data", work.Run("App"));
        Assert.IsEmpty(work.BuildLogged("App").Tasks);
        Directory.Delete(work.At(Store), recursive: true);
        Assert.IsNotEmpty(work.BuildLogged("App").Tasks);
        Assert.HasCount(2, work.Server.Requests);
    }
}
