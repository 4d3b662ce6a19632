using DataManifest.Diagnostics;
using DataManifest.Text;
using DataManifest.Toml;

namespace DataManifest.Storage;

/// <summary>The file-backed rungs of the ladder, the strongest first: of each layer the matching <c>_HOST</c> tables, then the layer itself (specification, "Scoped configuration").</summary>
internal sealed class ConfigurationLayers
{
    private const string Hosts = "_HOST";

    private readonly List<ConfigurationRung> _rungs = [];
    private readonly List<StorageDiagnostic> _diagnostics = [];
    private readonly Dictionary<string, ConfigurationRung> _rungsOfTexts = new(StringComparer.Ordinal);

    /// <summary>Reads the layers.</summary>
    /// <param name="checkoutFile">The checkout's configuration file; empty without a project root.</param>
    /// <param name="manifestStorage">The manifest's <c>_STORAGE</c> table, if any.</param>
    /// <param name="userFile">The user's configuration file.</param>
    /// <param name="host">Reads files, and has the name that <c>_HOST</c> patterns are matched against.</param>
    public ConfigurationLayers(string checkoutFile, TomlTable? manifestStorage, string userFile, HostEnvironment host)
    {
        Add(ConfigurationLayer.Checkout, Read(checkoutFile, host), host);
        Add(ConfigurationLayer.Manifest, manifestStorage, null, host);
        Add(ConfigurationLayer.User, Read(userFile, host), host);
        foreach (var rung in _rungs)
        {
            foreach (var entry in rung.Table)
            {
                if (entry.Value is TomlString { Value.Length: > 0 })
                {
                    _rungsOfTexts.TryAdd(entry.Key, rung);
                }
            }
        }
    }

    /// <summary>What could not be read.</summary>
    public IReadOnlyList<StorageDiagnostic> Diagnostics => _diagnostics;

    /// <summary>Every value that is written in any layer, the strongest layer first; in each what is for all machines before what is for some.</summary>
    public IEnumerable<ConfigurationRule> Rules => _rungs.Where(rung => rung.HostPattern.Length == 0).SelectMany(layer => layer.Table.Where(entry => entry.Key != Hosts)
        .Select(entry => new ConfigurationRule(layer.Layer, "", true, entry.Key, entry.Value))
        .Concat((layer.Table[Hosts] as TomlTable ?? []).SelectMany(pattern => (pattern.Value as TomlTable ?? [])
            .Select(entry => new ConfigurationRule(layer.Layer, pattern.Key, _rungs.Any(rung => rung.Table == pattern.Value), entry.Key, entry.Value)))));

    /// <summary>The names that have a text anywhere on the ladder.</summary>
    public IEnumerable<string> TextNames => _rungsOfTexts.Keys;

    /// <summary>The first text that is not empty; values of other types do not count.</summary>
    /// <param name="name">The field's or symbol's name.</param>
    public string? Text(string name) => (RungOfText(name)?.Table[name] as TomlString)?.Value;

    /// <summary>The first value of any type.</summary>
    /// <param name="name">The field's name.</param>
    public TomlValue? Value(string name) => RungOfValue(name)?.Table[name];

    /// <summary>The first text, number or boolean.</summary>
    /// <param name="name">The field's name.</param>
    public TomlValue? Scalar(string name) => RungOfScalar(name)?.Table[name];

    /// <summary>The rung that <see cref="Text"/> is on; null when there is none.</summary>
    /// <param name="name">The field's or symbol's name.</param>
    public ConfigurationRung? RungOfText(string name) => _rungsOfTexts.GetValueOrDefault(name);

    /// <summary>The rung that <see cref="Value"/> is on; null when there is none.</summary>
    /// <param name="name">The field's name.</param>
    public ConfigurationRung? RungOfValue(string name) => _rungs.Find(rung => rung.Table[name] is not null);

    /// <summary>The rung that <see cref="Scalar"/> is on; null when there is none.</summary>
    /// <param name="name">The field's name.</param>
    public ConfigurationRung? RungOfScalar(string name) => _rungs.Find(rung => rung.Table[name] is TomlString or TomlInteger or TomlFloat or TomlBoolean);

    private void Add(ConfigurationLayer layer, TomlDocument? file, HostEnvironment host) => Add(layer, file?.Root, file, host);

    private void Add(ConfigurationLayer layer, TomlTable? table, TomlDocument? file, HostEnvironment host)
    {
        if (table is null)
        {
            return;
        }

        foreach (var pattern in table[Hosts] as TomlTable ?? [])
        {
            if (pattern.Value is TomlTable fields && HostGlob.IsMatch(pattern.Key, host.HostName, host.Platform == HostPlatform.Windows))
            {
                _rungs.Add(new ConfigurationRung(layer, pattern.Key, fields, file));
            }
        }

        _rungs.Add(new ConfigurationRung(layer, "", table, file));
    }

    /// <summary>The first value of any type among those that only .NET tools read (<c>_DOTNET</c>).</summary>
    /// <param name="name">The field's name.</param>
    public TomlValue? DotnetValue(string name) => _rungs.Select(rung => (rung.Table["_DOTNET"] as TomlTable)?[name]).FirstOrDefault(value => value is not null);

    private TomlDocument? Read(string path, HostEnvironment host)
    {
        try
        {
            return path.Length > 0 && host.ReadFile(path) is { } bytes ? TomlDocument.Parse(TomlText.Decode(bytes)) : null;
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
