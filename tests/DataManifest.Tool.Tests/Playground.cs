using DataManifest.Toml;

namespace DataManifest.Tool;

/// <summary>A user's home, store and project in a scratch folder, and the tool to run in it.</summary>
internal sealed class Playground : IDisposable
{
    /// <summary>Makes an empty playground.</summary>
    public Playground()
    {
        // Listings cut long paths, so the root's length is part of what they print: 16 characters, as when the expected outputs were made.
        Root = Path.Combine("/tmp", $"dmt-{Guid.NewGuid():n}"[..11]);
        Directory.CreateDirectory(Path.Combine(Root, "proj"));
        Environment = new Dictionary<string, string?>
        {
            ["HOME"] = Path.Combine(Root, "home"),
            ["XDG_DATA_HOME"] = Path.Combine(Root, "xdata"),
            ["XDG_CACHE_HOME"] = Path.Combine(Root, "xcache"),
            ["XDG_CONFIG_HOME"] = Path.Combine(Root, "xconf"),
            ["XDG_STATE_HOME"] = Path.Combine(Root, "xstate"),
            ["DOTNET_CLI_HOME"] = Path.Combine(Root, "home"),
            ["COLUMNS"] = "80",
            ["NO_COLOR"] = "1",
        };
    }

    /// <summary>The folder of it all.</summary>
    public string Root { get; }

    /// <summary>The project's folder.</summary>
    public string Project => At("proj");

    /// <summary>The manifest.</summary>
    public string Manifest => At("proj/datamanifest.toml");

    /// <summary>What the processes see.</summary>
    public Dictionary<string, string?> Environment { get; }

    /// <summary>The absolute path of something in it.</summary>
    /// <param name="path">A path with slashes.</param>
    public string At(string path) => Path.Combine(Root, path);

    /// <summary>Writes a file and the folders above it.</summary>
    /// <param name="path">A path with slashes.</param>
    /// <param name="bytes">The content.</param>
    public void Write(string path, byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        File.WriteAllBytes(At(path), bytes);
    }

    /// <summary>Writes a UTF-8 file and the folders above it.</summary>
    /// <param name="path">A path with slashes.</param>
    /// <param name="text">The content.</param>
    public void Write(string path, string text) => Write(path, TomlText.Encode(text));

    /// <summary>Writes a manifest with the dataset <c>temp</c>, and the file that it is fetched from.</summary>
    public void WriteTemp()
    {
        Write("www/temp.csv", "temp\n1,2\n");
        Write("proj/datamanifest.toml", $"[temp]\nuri = \"file://{Root}/www/temp.csv\"\n");
    }

    /// <summary>Reads a file.</summary>
    /// <param name="path">A path with slashes.</param>
    public string Read(string path) => File.ReadAllText(At(path));

    /// <summary>Runs the tool in the project's folder.</summary>
    /// <param name="arguments">The command line.</param>
    public ToolResult Run(params IEnumerable<string> arguments) => ToolProcess.Run(Project, Environment, arguments);

    /// <summary>Runs the tool, which must succeed, and gives what it printed.</summary>
    /// <param name="arguments">The command line.</param>
    public string Print(params IEnumerable<string> arguments)
    {
        var result = Run(arguments);
        Assert.AreEqual(0, result.Code, $"{string.Join(' ', arguments)}\n{result.Output}{result.Error}");
        return result.Output;
    }

    /// <summary>Removes it all.</summary>
    public void Dispose() => Directory.Delete(Root, recursive: true);
}
