namespace DataManifest.Packages;

[TestClass]
public sealed class DiscoveryTests
{
    [TestMethod]
    public async Task Second_manifest_in_the_folder_is_told_of_once_and_not_where_a_project_names_its_own()
    {
        await using var work = new Workspace();
        work.Server.Serve("/a.txt", "the a");
        work.Write("datamanifest.toml", Text.Dataset("a", work.Server.Url("/a.txt"), "the a"));
        work.Write("datasets.toml", "");
        foreach (var name in (string[])["One", "Two"])
        {
            work.Write($"{name}/{name}.csproj", $"""<Project Sdk="DataManifest.Sdk/{PackageFeed.Instance.Version}" />""");
        }

        work.Write("All.slnx", """<Solution><Project Path="One/One.csproj" /><Project Path="Two/Two.csproj" /></Solution>""");
        var built = work.Build(".").MustSucceed();
        Assert.HasCount(1, built.Warnings, built.Output);
        Assert.Contains($"{work.At("datamanifest.toml")} : warning DM0607: This manifest is used; datasets.toml in the same folder is not.", built.Warnings[0]);
        Assert.IsEmpty(work.Build(".", "--no-restore", "-p:DataManifestFile=../datasets.toml").MustSucceed().Warnings);
    }

    [TestMethod]
    [DataRow("top/datasets.toml", "top/datasets.toml")]
    [DataRow("top/p/Datasets.toml top/datamanifest.toml", "top/p/Datasets.toml")]
    [DataRow("top/p/DataManifest.toml top/p/datasets.toml", "top/p/DataManifest.toml")]
    [DataRow("top/p/Datasets.toml top/p/datasets.toml", "top/p/datasets.toml")]
    [DataRow("top/p/datamanifest.toml top/p/DataManifest.toml top/p/Datasets.toml", "top/p/datamanifest.toml")]
    [DataRow("top/p/datasets.txt", "")]
    public async Task Nearest_folder_wins_and_in_one_folder_the_order_of_names(string manifests, string found)
    {
        await using var work = new Workspace();
        foreach (var manifest in manifests.Split(' '))
        {
            work.Write(manifest, "");
        }

        var targets = Path.Combine(PackageFeed.RepositoryRoot, "src", "DataManifest.Build", "build", "DataManifest.Manifest.targets");
        work.Write("top/p/p.proj", $"""<Project><Import Project="{targets}" /></Project>""");
        var path = work.Dotnet("top/p", "msbuild", "-nologo", "-getProperty:_DataManifestPath").MustSucceed().Output.Trim();
        Assert.AreEqual(found.Length == 0 ? "" : work.At(found), path);
    }
}
