using System.Globalization;
using DataManifest.Toml;

namespace DataManifest.Storage;

public sealed partial class StorageConfiguration
{
    private static readonly string[] Predefined = ["user_data_dir", "user_cache_dir", "repo"];

    /// <summary>Every value that is written anywhere, in the order of the layers, whether it counts or not. Environment variables may have private values.</summary>
    public IReadOnlyList<ConfigurationRule> Rules =>
    [
        .. _host.Variables.Where(variable => variable.Key.StartsWith(VariablePrefix, StringComparison.Ordinal) && variable.Key != "DATAMANIFEST_TOML")
            .OrderBy(variable => variable.Key, StringComparer.Ordinal)
            .Select(variable => new ConfigurationRule(ConfigurationLayer.Environment, "", true, variable.Key, new TomlString(variable.Value))),
        .. _layers.Rules,
    ];

    /// <summary>Every field, and every symbol that is defined, with what it comes to and the layer that says so.</summary>
    public IReadOnlyList<ConfiguredField> Fields =>
    [
        FieldOf("datasets_dir", () => [DatasetsDirectory]),
        FieldOf("datacache_dir", () => [DatacacheDirectory]),
        FieldOf("datasets_pools", () => DatasetsPools, _layers.RungOfValue),
        FieldOf("datacache_pools", () => DatacachePools, _layers.RungOfValue),
        FieldOf("project", () => [Project]),
        FieldOf("canonical", () => [Canonical ? "true" : "false"], _layers.RungOfScalar),
        FieldOf("lock_stale_age", () => [LockStaleAge == Timeout.InfiniteTimeSpan ? "inf" : LockStaleAge.TotalSeconds.ToString(CultureInfo.InvariantCulture)], _layers.RungOfScalar),
        FieldOf("default_remote", () => [DefaultRemote]),
        .. Predefined.Concat(_layers.TextNames.Except(StorageField.Names).Except(Predefined).Order(StringComparer.Ordinal))
            .Select(name => FieldOf(name, () => [_expressions.ExpandSymbol(name).Replace(PathExpression.KeyMark, "$key", StringComparison.Ordinal)])),
    ];

    private ConfiguredField FieldOf(string name, Func<IReadOnlyList<string>> values, Func<string, ConfigurationRung?>? rungOf = null)
    {
        var (layer, pattern) = Override(name) is not null ? (ConfigurationLayer.Environment, "")
            : (rungOf ?? _layers.RungOfText)(name) is { } rung ? (rung.Layer, rung.HostPattern)
            : (ConfigurationLayer.Default, "");
        try
        {
            return new ConfiguredField(name, values(), layer, pattern);
        }
        catch (DataManifestException problem)
        {
            return new ConfiguredField(name, [], layer, pattern, problem.Message);
        }
    }
}
