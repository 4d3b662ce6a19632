using DataManifest.Diagnostics;
using DataManifest.Text;
using DataManifest.Toml;

namespace DataManifest.Storage;

/// <summary>The file-backed rungs of the ladder, the strongest first: of each layer the matching <c>_HOST</c> tables, then the layer itself (specification, "Scoped configuration").</summary>
internal sealed class ConfigurationLayers
{
    private readonly List<TomlTable> _rungs = [];
    private readonly List<StorageDiagnostic> _diagnostics = [];
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);

    /// <summary>Reads the layers.</summary>
    /// <param name="checkoutFile">The checkout's configuration file; empty without a project root.</param>
    /// <param name="manifestStorage">The manifest's <c>_STORAGE</c> table, if any.</param>
    /// <param name="userFile">The user's configuration file.</param>
    /// <param name="host">Reads files, and has the name that <c>_HOST</c> patterns are matched against.</param>
    public ConfigurationLayers(string checkoutFile, TomlTable? manifestStorage, string userFile, HostEnvironment host)
    {
        foreach (var layer in new[] { Read(checkoutFile, host), manifestStorage, Read(userFile, host) }.OfType<TomlTable>())
        {
            if (layer["_HOST"] is TomlTable hosts)
            {
                _rungs.AddRange(hosts.Where(pattern => pattern.Value is TomlTable && HostGlob.IsMatch(pattern.Key, host.HostName, host.Platform == HostPlatform.Windows)).Select(pattern => (TomlTable)pattern.Value));
            }

            _rungs.Add(layer);
        }

        foreach (var entry in _rungs.SelectMany(rung => rung))
        {
            if (entry.Value is TomlString { Value.Length: > 0 } text)
            {
                _texts.TryAdd(entry.Key, text.Value);
            }
        }
    }

    /// <summary>What could not be read.</summary>
    public IReadOnlyList<StorageDiagnostic> Diagnostics => _diagnostics;

    /// <summary>The first text that is not empty; values of other types do not count.</summary>
    /// <param name="name">The field's or symbol's name.</param>
    public string? Text(string name) => _texts.GetValueOrDefault(name);

    /// <summary>The first value of any type.</summary>
    /// <param name="name">The field's name.</param>
    public TomlValue? Value(string name) => _rungs.Select(rung => rung[name]).FirstOrDefault(value => value is not null);

    /// <summary>The first value of any type among those that only .NET tools read (<c>_DOTNET</c>).</summary>
    /// <param name="name">The field's name.</param>
    public TomlValue? DotnetValue(string name) => _rungs.Select(rung => (rung["_DOTNET"] as TomlTable)?[name]).FirstOrDefault(value => value is not null);

    private TomlTable? Read(string path, HostEnvironment host)
    {
        try
        {
            return path.Length > 0 && host.ReadFile(path) is { } bytes ? TomlDocument.Parse(TomlText.Decode(bytes)).Root : null;
        }
        catch (TomlException e)
        {
            Ignore(path, e.Reason, e.Position);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Ignore(path, e.Message, new LinePosition(1, 1));
        }

        return null;
    }

    private void Ignore(string path, string reason, LinePosition position) => _diagnostics.Add(new StorageDiagnostic(
        DiagnosticRules.UnreadableConfiguration, $"{path}({position}) is ignored: {reason.TrimEnd('.')}. Correct the file or remove it.", path, position));
}
