using System.Runtime.InteropServices;

namespace DataManifest.Packages;

[TestClass]
public sealed class FrameworkTests
{
    private const string Content = "year,ppm\n2025,427.35\n";

    [TestMethod]
    public async Task Library_for_new_and_old_frameworks_is_built_at_once_with_one_fetch_and_its_old_build_finds_data()
    {
        await using var work = Serving();
        WriteLibrary(work, "Lib", "net10.0;net8.0;netstandard2.0;net472", """
            namespace Lib
            {
                public static class Reader
                {
                    public static string Read() { return Datasets.Co2.ReadAllText() + Datasets.Grid.Fine.Exists + Datasets.All.Count; }
                }
            }
            """);
        WriteProgram(work, "App", "net10.0;net6.0", "Lib", "System.Console.WriteLine(Lib.Reader.Read());");

        var built = work.Build("App", "-m", "-p:CheckEolTargetFramework=false").MustSucceed();
        Assert.IsEmpty(built.Warnings, built.Output);
        work.Build("Lib", "-m", "--no-restore").MustSucceed();
        Assert.AreEqual(1, work.Server.Count("/co2.csv"));
        Assert.AreEqual(1, work.Server.Count("/fine.nc"));
        Assert.IsTrue(File.Exists(work.At("Lib/bin/Debug/net472/DataManifest.dll")));
        Assert.IsEmpty(work.BuildLogged("Lib", "-m").Tasks);

        // net6.0 takes the assembly for netstandard2.0, and this machine's runtime runs it.
        foreach (var framework in new[] { "net10.0", "net6.0" })
        {
            Assert.Contains($"{Content}True2".ReplaceLineEndings(), work.Run("App", framework), framework);
        }
    }

    [TestMethod]
    public async Task Library_compiled_against_the_old_assembly_runs_with_the_new_one()
    {
        await using var work = Serving();
        WriteLibrary(work, "Lib", "netstandard2.0", """
            namespace Lib;

            public static class Reader
            {
                public static string Read(string manifest)
                {
                    var options = new DataManifest.DatabaseOptions { ProjectRoot = System.IO.Path.GetDirectoryName(manifest) };
                    var database = DataManifest.Database.Open(manifest, options with { Host = DataManifest.Storage.HostEnvironment.Capture() });
                    return database["co2"].Location is { State: DataManifest.DatasetState.Complete } found && (found with { IsVerified = true }).IsVerified ? database["co2"].ReadAllText() : "";
                }
            }
            """, "<LangVersion>latest</LangVersion>");
        WriteProgram(work, "App", "net10.0", "Lib", "System.Console.WriteLine(Lib.Reader.Read(args[0]));");

        work.Build("App").MustSucceed();
        var program = Path.Combine("bin", "Debug", "net10.0", "App.dll");
        Assert.Contains(Content.ReplaceLineEndings(), work.Dotnet("App", "exec", program, work.At("datasets.toml")).MustSucceed().Output);
    }

    [TestMethod]
    public async Task Program_for_an_earlier_runtime_runs_on_it()
    {
        await using var work = Serving();
        var runtime = RuntimeInformation.RuntimeIdentifier;
        work.WriteProgram(
            "App", "Console.WriteLine(Environment.Version.Major + Datasets.Co2.ReadAllText());", "net8.0", $"<RuntimeIdentifier>{runtime}</RuntimeIdentifier><SelfContained>true</SelfContained>");

        work.Build("App").MustSucceed();
        Assert.Contains($"8{Content}".ReplaceLineEndings(), work.Execute($"App/bin/Debug/net8.0/{runtime}/App"));
    }

    private static Workspace Serving()
    {
        var work = new Workspace();
        work.Server.Serve("/co2.csv", Content);
        work.Server.Serve("/fine.nc", "fine");
        work.Write("datasets.toml", Text.Dataset("co2", work.Server.Url("/co2.csv"), Content) + Text.Dataset("\"grid/fine\"", work.Server.Url("/fine.nc"), "fine"));
        return work;
    }

    /// <summary>A library that knows no newer C# than its frameworks have.</summary>
    private static void WriteLibrary(Workspace work, string name, string frameworks, string code, string properties = "") =>
        work.WriteProgram(name, code, frameworks, $"<OutputType>Library</OutputType><ImplicitUsings>disable</ImplicitUsings><Nullable>disable</Nullable>{properties}");

    /// <summary>A program that knows the package by a library alone, whose build for netstandard2.0 it takes.</summary>
    private static void WriteProgram(Workspace work, string name, string frameworks, string library, string code)
    {
        work.Write($"{name}/{name}.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><OutputType>Exe</OutputType><TargetFrameworks>{frameworks}</TargetFrameworks></PropertyGroup>
              <ItemGroup><ProjectReference Include="../{library}/{library}.csproj" SetTargetFramework="TargetFramework=netstandard2.0" /></ItemGroup>
            </Project>
            """);
        work.Write($"{name}/Program.cs", code);
    }
}
