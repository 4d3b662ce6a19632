namespace DataManifest.Packages;

[TestClass]
public sealed class DiscoveryTests
{
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
