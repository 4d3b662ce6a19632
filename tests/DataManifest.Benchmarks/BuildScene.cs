using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace DataManifest.Benchmarks;

/// <summary>Projects in a temporary folder, with and without the repository's packages, which are packed first.</summary>
internal sealed class BuildScene : IDisposable
{
    private readonly DirectoryInfo _scratch = Directory.CreateTempSubdirectory("datamanifest-builds-");

    /// <summary>Packs the repository's packages.</summary>
    public BuildScene()
    {
        var repository = FindRepository();
        Command.Run(repository, "dotnet", "build", "build/Packages.proj", "-v:quiet", "--nologo");
        File.WriteAllText(Path.Combine(_scratch.FullName, "nuget.config"), $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="packages" /></config>
              <packageSources><add key="repository" value="{repository}/artifacts/feed" /></packageSources>
            </configuration>
            """);
    }

    /// <summary>Makes a console project.</summary>
    /// <param name="name">Its folder below the scene's, and its name.</param>
    /// <param name="isUser">Whether it references the package.</param>
    /// <returns>Its folder.</returns>
    public string MakeProject(string name, bool isUser)
    {
        var folder = _scratch.CreateSubdirectory(name).FullName;
        var reference = isUser ? "<PackageReference Include=\"DataManifest.Build\" Version=\"0.1.0\" />" : "";
        File.WriteAllText(Path.Combine(folder, Path.GetFileName(name) + ".csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework></PropertyGroup>
              <ItemGroup>{reference}</ItemGroup>
            </Project>
            """);
        File.WriteAllText(Path.Combine(folder, "Program.cs"), "System.Console.WriteLine(1);\n");
        return folder;
    }

    /// <summary>Writes a manifest of small files. The sources and the store lie beside the folder, not in it: there the SDK would list every file of theirs as an item of its own.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="count">How many datasets.</param>
    public static void WriteManifest(string folder, int count)
    {
        var upstream = Directory.CreateDirectory(folder + "-upstream").FullName;
        var manifest = new StringBuilder($"[_STORAGE]\ndatasets_dir = \"{folder}-store\"\n");
        for (var i = 0; i < count; i++)
        {
            var text = string.Create(CultureInfo.InvariantCulture, $"value,{i}\n");
            File.WriteAllText(Path.Combine(upstream, string.Create(CultureInfo.InvariantCulture, $"{i}.csv")), text);
            var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
            manifest.Append(CultureInfo.InvariantCulture, $"\n[series_{i}]\nuri = \"file:{upstream}/{i}.csv\"\nchecksum = \"sha256:{digest}\"\n");
        }

        File.WriteAllText(Path.Combine(folder, "datasets.toml"), manifest.ToString());
    }

    /// <summary>Makes and builds a project without the package, and one for each number of datasets.</summary>
    /// <param name="counts">The numbers.</param>
    /// <returns>What each is called, and its folder; that without the package first.</returns>
    public IEnumerable<(string Name, string Folder)> Build(params IEnumerable<int> counts)
    {
        List<(string Name, string Folder)> projects = [("without the package", MakeProject("Plain", isUser: false))];
        foreach (var count in counts)
        {
            var folder = MakeProject(string.Create(CultureInfo.InvariantCulture, $"With{count}"), isUser: true);
            WriteManifest(folder, count);
            projects.Add((string.Create(CultureInfo.InvariantCulture, $"{count:N0} datasets, present"), folder));
        }

        foreach (var (_, folder) in projects)
        {
            Command.Run(folder, "dotnet", "build", "--nologo");
        }

        return projects;
    }

    /// <summary>Deletes everything.</summary>
    public void Dispose() => _scratch.Delete(recursive: true);

    private static string FindRepository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "DataManifest.Build.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The benchmark runs from a clone of the repository.");
    }
}
