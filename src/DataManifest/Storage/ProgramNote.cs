using DataManifest.Toml;

namespace DataManifest.Storage;

/// <summary>
/// What a build notes beside a program, in <c>&lt;assembly&gt;.datamanifest.toml</c>: where the manifests are that it was compiled with, and the folders that the project sets.
/// </summary>
internal sealed class ProgramNote
{
    private readonly IReadOnlyList<string> _manifests;
    private readonly string _root;

    private ProgramNote(TomlTable table)
    {
        _manifests = table["manifest"] switch
        {
            TomlString one => [one.Value],
            TomlArray several => [.. several.Items.Select(item => (item as TomlString)?.Value ?? "")],
            _ => [],
        };
        _root = (table["root"] as TomlString)?.Value ?? "";
        Storage = [.. (table["storage"] as TomlTable ?? []).Where(entry => entry.Value is TomlString).Select(entry => new KeyValuePair<string, string>(entry.Key, ((TomlString)entry.Value).Value))];
    }

    /// <summary>Fields of the storage configuration, by name.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Storage { get; }

    /// <summary>Reads the note beside a program. One that cannot be read counts as none: a program has to find its data without one too.</summary>
    /// <param name="baseDirectory">The program's folder.</param>
    /// <param name="assemblyName">The assembly with the generated datasets.</param>
    public static ProgramNote Read(string baseDirectory, string assemblyName)
    {
        var file = Path.Combine(baseDirectory, assemblyName + ".datamanifest.toml");
        try
        {
            return new ProgramNote(File.Exists(file) ? TomlDocument.Parse(File.ReadAllText(file)).Root : new TomlTable());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or TomlException)
        {
            return new ProgramNote(new TomlTable());
        }
    }

    /// <summary>The folder that the relative paths of a manifest hang on: its own, unless the note names another; null when the manifest is not on this machine.</summary>
    /// <param name="manifest">Which of the manifests that the program was compiled with.</param>
    public string? RootOf(int manifest) => manifest < _manifests.Count && Path.IsPathFullyQualified(_manifests[manifest]) && File.Exists(_manifests[manifest])
        ? _root.Length > 0 && Path.IsPathFullyQualified(_root) ? _root : Path.GetDirectoryName(_manifests[manifest])
        : null;
}
