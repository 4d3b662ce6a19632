using System.Diagnostics;
using System.Text.Json;
using DataManifest.Toml;

namespace DataManifest.Storage;

/// <summary>The user's folders on every platform: as a table, and compared with <c>platformdirs</c> itself, which the format names as their definition.</summary>
[TestClass]
public sealed class PlatformFoldersTests
{
    private const string Python = "/usr/bin/python3";

    // Answers the two folders of each job. On Windows the package asks the system, elsewhere it may only look at the variable that the system sets from the same answer.
    private const string Program = """
        import json, ntpath, os, sys, types
        try:
            from platformdirs import macos, unix, windows
        except ImportError:
            sys.exit(3)
        windows.get_win_folder = windows.get_win_folder_from_env_vars
        answers = []
        for job in json.load(sys.stdin):
            os.environ.clear()
            os.environ.update(job["variables"])
            windows.os = types.SimpleNamespace(path=ntpath, environ=os.environ)
            folders = {"Linux": unix.Unix, "MacOS": macos.MacOS, "Windows": windows.Windows}[job["platform"]]()
            answers.append([folders.user_data_dir, folders.user_cache_dir])
        json.dump(answers, sys.stdout)
        """;

    private static readonly (HostPlatform Platform, string Variables, string Data, string Cache, string Configuration)[] Table =
    [
        (HostPlatform.Linux, "HOME=/home/ada", "/home/ada/.local/share", "/home/ada/.cache", "/home/ada/.config"),
        (HostPlatform.Linux, "HOME=/home/ada/", "/home/ada/.local/share", "/home/ada/.cache", "/home/ada/.config"),
        (HostPlatform.Linux, "HOME=/", "/.local/share", "/.cache", "/.config"),
        (HostPlatform.Linux, "HOME=/home/ada|XDG_DATA_HOME=/x/d|XDG_CACHE_HOME=/x/c|XDG_CONFIG_HOME=/x/f/", "/x/d", "/x/c", "/x/f"),
        (HostPlatform.Linux, "HOME=/home/ada|XDG_DATA_HOME=|XDG_CACHE_HOME=  |XDG_CONFIG_HOME=", "/home/ada/.local/share", "/home/ada/.cache", "/home/ada/.config"),
        (HostPlatform.Linux, "HOME=/home/a b|XDG_DATA_HOME=rel/d", "rel/d", "/home/a b/.cache", "/home/a b/.config"),
        (HostPlatform.MacOS, "HOME=/Users/ada", "/Users/ada/Library/Application Support", "/Users/ada/Library/Caches", "/Users/ada/.config"),
        (HostPlatform.MacOS, "HOME=/Users/ada/|XDG_CONFIG_HOME=/x/f", "/Users/ada/Library/Application Support", "/Users/ada/Library/Caches", "/x/f"),
        (HostPlatform.Windows, @"USERPROFILE=C:\Users\ada|LOCALAPPDATA=C:\Users\ada\AppData\Local", @"C:\Users\ada\AppData\Local", @"C:\Users\ada\AppData\Local", @"C:\Users\ada/.config"),
        (HostPlatform.Windows, @"USERPROFILE=C:\Users\ada|LOCALAPPDATA=D:\profiles\ada b|HOME=/c/Users/ada|XDG_DATA_HOME=/x/d", @"D:\profiles\ada b", @"D:\profiles\ada b", @"C:\Users\ada/.config"),
    ];

    [TestMethod]
    public void Folders_areThoseOfTheTable()
    {
        foreach (var (platform, variables, data, cache, configuration) in Table)
        {
            var storage = Open(platform, variables);
            Assert.AreEqual((data, cache), FoldersOf(storage), $"{platform} {variables}");
            Assert.AreEqual($"{configuration}/datamanifest/config.toml", storage.UserConfigurationFile, $"{platform} {variables}");
            Assert.AreEqual($"{data}/datamanifest/shared/datasets", new StorageConfiguration("", null, Host(platform, variables)).Expand("$user_data_dir/datamanifest/shared/datasets"));
        }
    }

    [TestMethod]
    public void Folders_areThoseOfPlatformdirs()
    {
        var answers = Ask(JsonSerializer.Serialize(Table.Select(row => new { platform = row.Platform.ToString(), variables = Read(row.Variables) })));
        Assert.HasCount(Table.Length, answers);
        foreach (var (row, answer) in Table.Zip(answers))
        {
            Assert.AreEqual((answer[0].TrimEnd('/'), answer[1].TrimEnd('/')), FoldersOf(Open(row.Platform, row.Variables)), $"{row.Platform} {row.Variables}");
        }
    }

    private static string[][] Ask(string jobs)
    {
        if (!File.Exists(Python))
        {
            Assert.Inconclusive($"{Python} with platformdirs (Debian: python3-platformdirs) is needed to compare the folders");
        }

        using var process = Process.Start(new ProcessStartInfo(Python, ["-c", Program]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(jobs);
        process.StandardInput.Close();
        if (!process.WaitForExit(TimeSpan.FromMinutes(1)))
        {
            process.Kill();
            Assert.Fail("platformdirs did not answer within a minute");
        }

        if (process.ExitCode == 3)
        {
            Assert.Inconclusive("platformdirs (Debian: python3-platformdirs) is needed to compare the folders");
        }

        Assert.AreEqual(0, process.ExitCode, errors.Result);
        return JsonSerializer.Deserialize<string[][]>(output.Result)!;
    }

    private static Dictionary<string, string> Read(string variables) => variables.Split('|').Select(variable => variable.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);

    private static HostEnvironment Host(HostPlatform platform, string variables) => Hosts.Create(Read(variables), platform);

    private static StorageConfiguration Open(HostPlatform platform, string variables) =>
        new("/", TomlDocument.Parse("d = '$user_data_dir'\nc = '$user_cache_dir'").Root, Host(platform, variables));

    private static (string Data, string Cache) FoldersOf(StorageConfiguration storage) => (Value(storage, "d"), Value(storage, "c"));

    private static string Value(StorageConfiguration storage, string name) => storage.Fields.Single(field => field.Name == name).Values[0];
}
