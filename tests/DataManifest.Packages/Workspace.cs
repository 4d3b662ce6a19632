using System.Diagnostics;
using DataManifest.Testing;

namespace DataManifest.Packages;

/// <summary>A user's folder outside the repository: projects and manifests in it, a home beside it, and a server that has the data.</summary>
internal sealed class Workspace : IAsyncDisposable
{
    private const string TaskAssembly = "DataManifest.Build.dll";
    private readonly string _scratch;
    private readonly Dictionary<string, string?> _environment;

    /// <summary>Makes an empty workspace whose restores know the packages under test.</summary>
    /// <param name="name">The name of its folder.</param>
    public Workspace(string name = "work")
    {
        var feed = PackageFeed.Instance;
        _scratch = Directory.CreateTempSubdirectory("datamanifest-user-").FullName;
        Root = Path.Combine(_scratch, name);
        Home = Path.Combine(_scratch, "home");
        Directory.CreateDirectory(Home);
        _environment = ProcessEnvironment.ForUser(Home, Path.Combine(feed.Root, "packages"));
        Write("nuget.config", $"""
            <configuration>
              <packageSources>
                <add key="feed" value="{feed.Folder}" />
              </packageSources>
              <packageSourceMapping>
                <clear />
                <packageSource key="feed"><package pattern="DataManifest*" /></packageSource>
                <packageSource key="nuget.org"><package pattern="*" /></packageSource>
              </packageSourceMapping>
              <fallbackPackageFolders>
                <add key="machine" value="{ProcessEnvironment.MachinePackages}" />
              </fallbackPackageFolders>
            </configuration>
            """);
    }

    /// <summary>The folder of the user's work.</summary>
    public string Root { get; }

    /// <summary>The user's home.</summary>
    public string Home { get; }

    /// <summary>The default folder of datasets.</summary>
    public string Store => Path.Combine(Home, ".local", "share", "datamanifest", "shared", "datasets");

    /// <summary>Where the data come from.</summary>
    public LoopbackServer Server { get; } = LoopbackServer.Start();

    /// <summary>The absolute path of a file of the work.</summary>
    /// <param name="path">The path below <see cref="Root"/>.</param>
    public string At(string path) => Path.Combine(Root, path);

    /// <summary>Writes a file of the work.</summary>
    /// <param name="path">The path below <see cref="Root"/>.</param>
    /// <param name="text">The whole text.</param>
    public void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        File.WriteAllText(At(path), text);
    }

    /// <summary>Reads a file of the work.</summary>
    /// <param name="path">The path below <see cref="Root"/>.</param>
    public string Read(string path) => File.ReadAllText(At(path));

    /// <summary>Writes a console project that uses the package under test.</summary>
    /// <param name="name">The project's folder, the last part of which is its name.</param>
    /// <param name="program">The program.</param>
    /// <param name="frameworks">Its target frameworks.</param>
    /// <param name="properties">Further properties.</param>
    /// <param name="items">Further items.</param>
    public void WriteProgram(string name, string program, string frameworks = "net10.0", string properties = "", string items = "")
    {
        Write($"{name}/{Path.GetFileName(name)}.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFrameworks>{frameworks}</TargetFrameworks>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                {properties}
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="DataManifest.Build" Version="{PackageFeed.Instance.Version}" />
                {items}
              </ItemGroup>
            </Project>
            """);
        Write($"{name}/Program.cs", program);
    }

    /// <summary>Sets an environment variable for the commands that follow.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value; null removes it.</param>
    public void SetEnvironment(string name, string? value) => _environment[name] = value;

    /// <summary>Runs <c>dotnet</c> in a folder of the work.</summary>
    /// <param name="folder">The folder below <see cref="Root"/>.</param>
    /// <param name="arguments">The arguments.</param>
    public CommandResult Dotnet(string folder, params IEnumerable<string> arguments) => Command.Dotnet(At(folder), _environment, arguments);

    /// <summary>Builds a folder's project or solution, restoring it.</summary>
    /// <param name="folder">The folder below <see cref="Root"/>.</param>
    /// <param name="arguments">Further arguments.</param>
    public CommandResult Build(string folder, params IEnumerable<string> arguments) => Dotnet(folder, ["build", "--nologo", .. arguments]);

    /// <summary>Builds without restoring, and tells which tasks of the package ran.</summary>
    /// <param name="folder">The folder below <see cref="Root"/>.</param>
    /// <param name="arguments">Further arguments.</param>
    /// <returns>The result, and the names of the tasks in the order of their runs.</returns>
    public (CommandResult Result, IReadOnlyList<string> Tasks) BuildLogged(string folder, params IEnumerable<string> arguments)
    {
        var log = Path.Combine(_scratch, $"{Guid.NewGuid():n}.log");
        var result = Build(folder, ["--no-restore", $"-flp:verbosity=detailed;logfile={log}", .. arguments]).MustSucceed();
        var lines = File.ReadAllLines(log).Select(line => line.Trim()[(line.Trim().IndexOf('>', StringComparison.Ordinal) + 1)..]).ToArray();
        Assert.IsTrue(lines.Any(line => line.StartsWith("Task \"", StringComparison.Ordinal)), "The log shows no task at all.");
        Assert.IsTrue(lines.Any(line => line.Contains("_DataManifestReadStamp", StringComparison.Ordinal)), "The log does not show the package's targets.");
        return (result, [.. lines.Where(line => line.StartsWith("Task \"DataManifest.", StringComparison.Ordinal) || line.Contains(TaskAssembly, StringComparison.Ordinal))]);
    }

    /// <summary>Runs the built program of a project and returns what it printed.</summary>
    /// <param name="name">The project's name and folder.</param>
    /// <param name="framework">The target framework.</param>
    public string Run(string name, string framework = "net10.0") =>
        Dotnet(name, "exec", "--roll-forward", "Major", Path.Combine("bin", "Debug", framework, name + ".dll")).MustSucceed().Output;

    /// <summary>Starts <c>dotnet</c> in a folder of the work, with its output redirected; the caller ends and disposes it.</summary>
    /// <param name="folder">The folder below <see cref="Root"/>.</param>
    /// <param name="arguments">The arguments.</param>
    public Process Start(string folder, params IEnumerable<string> arguments)
    {
        var start = Interruptible.Start("dotnet", arguments);
        (start.WorkingDirectory, start.RedirectStandardOutput) = (At(folder), true);
        foreach (var (name, value) in _environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    /// <summary>Runs any program in the work's folder.</summary>
    /// <param name="program">The program.</param>
    /// <param name="arguments">The arguments.</param>
    public CommandResult ExecuteProgram(string program, params IEnumerable<string> arguments) => Command.Run(program, Root, _environment, arguments);

    /// <summary>Runs a published program and returns what it printed.</summary>
    /// <param name="path">The program, below <see cref="Root"/>.</param>
    public string Execute(string path) => Command.Run(At(path), Root, _environment).MustSucceed().Output;

    /// <summary>All files of the default folder of datasets, relative to it, with slashes.</summary>
    public IReadOnlyList<string> StoredFiles() => Directory.Exists(Store)
        ? [.. Directory.EnumerateFiles(Store, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Store, path).Replace('\\', '/')).Order(StringComparer.Ordinal)]
        : [];

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        Directory.Delete(_scratch, recursive: true);
    }
}
