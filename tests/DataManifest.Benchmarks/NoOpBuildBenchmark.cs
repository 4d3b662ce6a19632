using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace DataManifest.Benchmarks;

/// <summary>A build with nothing to do: a project with 200 present datasets against the same project without the package.</summary>
internal static class NoOpBuildBenchmark
{
    private const int Rounds = 20;

    /// <summary>Packs the repository's packages, makes both projects in a temporary folder and builds them in turn.</summary>
    public static Task Run()
    {
        var repository = FindRepository();
        var scratch = Directory.CreateTempSubdirectory("datamanifest-no-op-");
        try
        {
            Command.Run(repository, "dotnet", "build", "build/Packages.proj", "-v:quiet", "--nologo");
            File.WriteAllText(Path.Combine(scratch.FullName, "nuget.config"), $"""
                <configuration>
                  <config><add key="globalPackagesFolder" value="packages" /></config>
                  <packageSources><add key="repository" value="{repository}/artifacts/feed" /></packageSources>
                </configuration>
                """);
            var plain = MakeProject(scratch, "Plain", "");
            var rows = new List<(string, Action, Action)> { Contestant("without the package", plain) };
            foreach (var count in (int[])[1, 200, 10_000])
            {
                var project = MakeProject(scratch, $"With{count}", "<PackageReference Include=\"DataManifest.Build\" Version=\"0.1.0\" />");
                WriteManifest(project, count);
                rows.Add(Contestant(string.Create(CultureInfo.InvariantCulture, $"{count:N0} datasets, present"), project));
            }

            Benchmarks.Rounds.Compare("No-op `dotnet build --no-restore`, whole processes", Rounds, [.. rows]);
        }
        finally
        {
            scratch.Delete(recursive: true);
        }

        return Task.CompletedTask;

        static (string, Action, Action) Contestant(string name, string project)
        {
            Command.Run(project, "dotnet", "build", "--nologo");
            return (name, static () => { }, () => Command.Run(project, "dotnet", "build", "--no-restore", "--nologo"));
        }
    }

    private static string MakeProject(DirectoryInfo scratch, string name, string reference)
    {
        var folder = scratch.CreateSubdirectory(name).FullName;
        File.WriteAllText(Path.Combine(folder, name + ".csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework></PropertyGroup>
              <ItemGroup>{reference}</ItemGroup>
            </Project>
            """);
        File.WriteAllText(Path.Combine(folder, "Program.cs"), "System.Console.WriteLine(1);\n");
        return folder;
    }

    /// <summary>The sources and the store lie beside the project, not in it: there the SDK would list every file of theirs as an item of its own.</summary>
    private static void WriteManifest(string folder, int count)
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
