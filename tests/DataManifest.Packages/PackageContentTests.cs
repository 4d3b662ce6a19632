using System.IO.Compression;
using System.Xml.Linq;

namespace DataManifest.Packages;

[TestClass]
public sealed class PackageContentTests
{
    [TestMethod]
    public void Pack_of_the_solution_makes_every_package_without_a_warning()
    {
        var feed = PackageFeed.Instance;
        Assert.IsEmpty(feed.PackResult.Warnings, feed.PackResult.Output);
        string[] expected =
        [
            "DataManifest", "DataManifest.Azure", "DataManifest.Build", "DataManifest.Core", "DataManifest.S3", "DataManifest.Sdk", "DataManifest.Tool", "DataManifest.Tool.any",
            $"DataManifest.Tool.{System.Runtime.InteropServices.RuntimeInformation.RuntimeIdentifier}",
        ];
        Assert.AreSequenceEqual(
            expected.Select(id => $"{id}.{feed.Version}.nupkg").Order(StringComparer.Ordinal),
            Directory.GetFiles(feed.Folder, "*.nupkg").Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal));
    }

    [TestMethod]
    [DataRow("DataManifest")]
    [DataRow("DataManifest.Azure")]
    [DataRow("DataManifest.Build")]
    [DataRow("DataManifest.Core")]
    [DataRow("DataManifest.S3")]
    [DataRow("DataManifest.Sdk")]
    [DataRow("DataManifest.Tool")]
    public void Package_has_readme_licence_and_repository(string id)
    {
        using var package = Open(id);
        var metadata = XDocument.Load(package.GetEntry(id + ".nuspec")!.Open()).Root!.Elements().Single();
        string Value(string name) => metadata.Elements().Single(element => element.Name.LocalName == name).Value;
        Assert.AreEqual("MIT", Value("license"));
        Assert.AreEqual("README.md", Value("readme"));
        Assert.IsGreaterThan(20, Value("description").Length);
        Assert.AreEqual("git", metadata.Elements().Single(element => element.Name.LocalName == "repository").Attribute("type")!.Value);
        Assert.IsNotNull(package.GetEntry("README.md"));
        Assert.IsNotNull(package.GetEntry("LICENSE"));
    }

    [TestMethod]
    public void Build_package_brings_tasks_generator_and_the_runtime_library()
    {
        using var package = Open("DataManifest.Build");
        var files = package.Entries.Select(entry => entry.FullName).ToArray();
        foreach (var file in new[]
        {
            "buildTransitive/DataManifest.Build.props", "buildTransitive/DataManifest.Build.targets", "build/DataManifest.Build.props", "build/DataManifest.Build.targets", "buildMultiTargeting/DataManifest.Build.targets",
            "tasks/net10.0/DataManifest.Build.dll", "tasks/net10.0/DataManifest.Build.deps.json", "tasks/net10.0/DataManifest.dll", "tasks/net10.0/DataManifest.Core.dll",
            "tasks/net10.0/DataManifest.S3.dll", "tasks/net10.0/AWSSDK.S3.dll", "tasks/net10.0/DataManifest.Azure.dll", "tasks/net10.0/Azure.Identity.dll",
            "analyzers/dotnet/cs/DataManifest.Generator.dll", "analyzers/dotnet/cs/DataManifest.CodeFixes.dll", "analyzers/dotnet/cs/DataManifest.Core.dll",
        })
        {
            Assert.Contains(file, files);
        }

        Assert.IsFalse(files.Any(file => file.Contains("Microsoft.Build", StringComparison.Ordinal)), "MSBuild brings its own assemblies.");
        Assert.IsFalse(files.Any(file => file.StartsWith("lib/", StringComparison.Ordinal)));

        var groups = DependencyGroups(package, "DataManifest.Build");
        Assert.AreSequenceEqual([".NETStandard2.0", "net10.0", "net8.0"], groups.Keys.Order(StringComparer.Ordinal));
        foreach (var dependencies in groups.Values)
        {
            Assert.AreSequenceEqual([$"DataManifest {PackageFeed.Instance.Version}"], dependencies);
        }
    }

    [TestMethod]
    public void Library_package_has_an_assembly_for_each_framework_and_the_oldest_needs_the_document_model_alone()
    {
        using var package = Open("DataManifest");
        var groups = DependencyGroups(package, "DataManifest");
        Assert.AreSequenceEqual([".NETStandard2.0", "net10.0", "net8.0"], groups.Keys.Order(StringComparer.Ordinal));
        Assert.AreSequenceEqual([$"DataManifest.Core {PackageFeed.Instance.Version}"], groups[".NETStandard2.0"]);
        Assert.HasCount(5, groups["net8.0"]);
        foreach (var framework in new[] { "net10.0", "net8.0", "netstandard2.0" })
        {
            Assert.IsNotNull(package.GetEntry($"lib/{framework}/DataManifest.dll"), framework);
            Assert.IsNotNull(package.GetEntry($"lib/{framework}/DataManifest.xml"), framework);
        }
    }

    private static Dictionary<string, string[]> DependencyGroups(ZipArchive package, string id) =>
        XDocument.Load(package.GetEntry($"{id}.nuspec")!.Open()).Descendants().Where(element => element.Name.LocalName == "group").ToDictionary(
            group => group.Attribute("targetFramework")!.Value, group => group.Elements().Select(dependency => $"{dependency.Attribute("id")!.Value} {dependency.Attribute("version")!.Value}").ToArray());

    private static ZipArchive Open(string id) => ZipFile.OpenRead(Path.Combine(PackageFeed.Instance.Folder, $"{id}.{PackageFeed.Instance.Version}.nupkg"));
}
