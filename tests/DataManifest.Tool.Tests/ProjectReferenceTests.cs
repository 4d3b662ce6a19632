namespace DataManifest.Tool;

/// <summary><c>init --csproj</c>: the project gets the package, and nothing else of it changes.</summary>
[TestClass]
public sealed class ProjectReferenceTests : IDisposable
{
    private const string Plain = "<Project Sdk=\"Microsoft.NET.Sdk\">\n\n  <PropertyGroup>\n    <TargetFramework>net10.0</TargetFramework> <!-- why -->\n  </PropertyGroup>\n\n</Project>\n";

    private readonly Playground _ground = new();

    public void Dispose() => _ground.Dispose();

    [TestMethod]
    [DataRow("", "\n")]
    [DataRow("\ufeff", "\r\n")]
    [DataRow("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n", "\n")]
    public void Reference_is_all_that_changes(string head, string lineEnd)
    {
        var before = (head + Plain).Replace("\n", lineEnd, StringComparison.Ordinal);
        _ground.Write("proj/App.csproj", System.Text.Encoding.UTF8.GetBytes(before));

        _ground.Print("init", "--csproj");

        var version = _ground.Print("--version").Split(' ')[1].TrimEnd();
        var added = $"\n\n  <ItemGroup>\n    <PackageReference Include=\"DataManifest.Build\" Version=\"{version}\" />\n  </ItemGroup>".Replace("\n", lineEnd, StringComparison.Ordinal);
        var after = System.Text.Encoding.UTF8.GetString(File.ReadAllBytes(_ground.At("proj/App.csproj")));
        Assert.AreEqual(before.TrimEnd(), after.Replace(added, "", StringComparison.Ordinal).TrimEnd());
        Assert.Contains(added, after);
    }

    [TestMethod]
    public void Manifest_that_is_there_is_kept_and_the_second_time_nothing_happens()
    {
        _ground.Write("proj/App.csproj", Plain);
        _ground.Write("proj/datasets.toml", "[a]\nuri = \"https://h.example/a.csv\"\n");

        Assert.AreEqual(1, _ground.Run("init").Code, "without a project there would be nothing to do");
        Assert.StartsWith($"Kept: {_ground.At("proj/datasets.toml")}\nAdded: DataManifest.Build ", _ground.Print("init", "--csproj"));
        var once = _ground.Read("proj/App.csproj");
        Assert.AreEqual($"Kept: {_ground.At("proj/datasets.toml")}\n", _ground.Print("init", "--csproj"));

        Assert.AreEqual(once, _ground.Read("proj/App.csproj"));
        Assert.AreEqual("[a]\nuri = \"https://h.example/a.csv\"\n", _ground.Read("proj/datasets.toml"));
    }

    [TestMethod]
    public void Central_versions_are_respected_and_what_they_lack_is_told()
    {
        _ground.Write("Directory.Packages.props", "<Project><PropertyGroup><ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally></PropertyGroup></Project>");
        _ground.Write("proj/App.csproj", Plain);

        Assert.Contains($"Add its version to {_ground.At("Directory.Packages.props")}: <PackageVersion Include=\"DataManifest.Build\"", _ground.Print("init", "--csproj"));

        Assert.Contains("<PackageReference Include=\"DataManifest.Build\" />", _ground.Read("proj/App.csproj"));
    }

    [TestMethod]
    [DataRow("<Project>", "is not XML")]
    [DataRow(null, "There is no C# project")]
    public void Project_that_cannot_be_used_is_told_and_no_manifest_is_made(string? project, string message)
    {
        if (project is not null)
        {
            _ground.Write("proj/App.csproj", project);
        }

        var result = _ground.Run("init", "--csproj");

        Assert.AreEqual(1, result.Code);
        Assert.StartsWith("error DM1102: ", result.Error);
        Assert.Contains(message, result.Error);
        Assert.IsFalse(File.Exists(_ground.Manifest));
    }
}
