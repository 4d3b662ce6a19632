using System.Globalization;
using System.Reflection;

namespace DataManifest.Packages;

/// <summary>The packages under test, made once per test run from a copy of the repository, so that no build of the repository itself is disturbed.</summary>
internal sealed class PackageFeed
{
    private static readonly Lazy<PackageFeed> Once = new(() => new PackageFeed());

    private PackageFeed()
    {
        Root = Directory.CreateTempSubdirectory("datamanifest-packages-").FullName;
        Folder = Path.Combine(Root, "feed");
        var repository = Path.Combine(Root, "repository");
        Copy(RepositoryRoot, repository);
        Suffix = "test." + DateTimeOffset.UtcNow.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        PackResult = Dotnet("pack", "DataManifest.Build.sln", "-c", "Release", "-o", Folder);
        PackResult.MustSucceed();
        var package = Directory.GetFiles(Folder, "DataManifest.Build.*.nupkg").Single();
        Version = Path.GetFileNameWithoutExtension(package)["DataManifest.Build.".Length..];
    }

    /// <summary>The feed; packed at the first use.</summary>
    public static PackageFeed Instance => Once.Value;

    /// <summary>Whether anything was packed.</summary>
    public static bool IsPacked => Once.IsValueCreated;

    /// <summary>The repository that the tests were built from.</summary>
    public static string RepositoryRoot { get; } = typeof(PackageFeed).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "RepositoryRoot").Value!;

    /// <summary>The scratch folder of the whole test run.</summary>
    public string Root { get; }

    /// <summary>The folder with the packages.</summary>
    public string Folder { get; }

    /// <summary>The version of every package in it: one that no other run has used, so that no package cache holds it.</summary>
    public string Version { get; }

    /// <summary>What the packing said.</summary>
    public CommandResult PackResult { get; }

    private string Suffix { get; }

    /// <summary>Runs a command in the copy of the repository, for packages of the same version.</summary>
    /// <param name="arguments">The command line.</param>
    public CommandResult Dotnet(params IEnumerable<string> arguments) =>
        Command.Dotnet(Path.Combine(Root, "repository"), ProcessEnvironment.Clean, [.. arguments, $"-p:VersionSuffix={Suffix}", "-p:RunAnalyzersDuringBuild=false", "--nologo"]);

    private static void Copy(string source, string target)
    {
        Directory.CreateDirectory(target);
        foreach (var file in Directory.EnumerateFiles(source))
        {
            File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
        }

        foreach (var folder in Directory.EnumerateDirectories(source))
        {
            if (Path.GetFileName(folder) is not ("bin" or "obj" or ".git" or ".vs" or "artifacts" or "TestResults"))
            {
                Copy(folder, Path.Combine(target, Path.GetFileName(folder)));
            }
        }
    }
}
