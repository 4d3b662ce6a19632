using System.Globalization;
using System.Numerics;
using DataManifest.Diagnostics;
using DataManifest.Manifest;
using DataManifest.Toml;

namespace DataManifest.Storage;

/// <summary>The names and types of the fields in a storage configuration (specification, "Storage").</summary>
public static class StorageField
{
    private static readonly string[] Lists = ["datasets_pools", "datacache_pools"];

    /// <summary>The names of the fields; every other name is a symbol's.</summary>
    public static IReadOnlyList<string> Names { get; } = ["datasets_dir", "datacache_dir", "datasets_pools", "datacache_pools", "project", "canonical", "lock_stale_age", "default_remote"];

    /// <summary>The value that words of a command line stand for.</summary>
    /// <param name="name">The field or symbol.</param>
    /// <param name="words">Any number for pools, one for everything else.</param>
    /// <returns>
    /// A list of texts for pools; a boolean for a <c>canonical</c> that is one (<c>1</c>, <c>true</c>, <c>yes</c>, <c>on</c> and their opposites); a number for a
    /// <c>lock_stale_age</c> that is one; the text for everything else.
    /// </returns>
    /// <exception cref="DataManifestException">No field can have the name, or it takes another number of values.</exception>
    public static TomlValue Parse(string name, IReadOnlyList<string> words)
    {
        Check(name);
        return Lists.Contains(name) ? new TomlArray([.. words.Select(word => new TomlString(word))])
            : words.Count != 1 ? throw new DataManifestException(
                DiagnosticRules.InvalidStorageField, $"The storage field '{name}' takes one value and was given {words.Count}.", "", "Write one; quote a value with blanks.")
            : name == "canonical" ? Truth(words[0])
            : name == "lock_stale_age" ? Number(words[0])
            : new TomlString(words[0]);
    }

    /// <summary>Why a setting is probably not what somebody meant: a symbol with nearly the name of a field, or a value that its field cannot use.</summary>
    /// <param name="name">The field or symbol.</param>
    /// <param name="value">Its value, as <see cref="Parse"/> gives it.</param>
    /// <returns>A sentence; null when there is no doubt.</returns>
    public static string? Doubt(string name, TomlValue value) => (name, value) switch
    {
        ("canonical", not TomlBoolean) => "The field 'canonical' is true or false; any other value has no effect.",
        ("lock_stale_age", TomlString { Value: var text }) when text.Trim().TrimStart('+').ToLowerInvariant() is not ("inf" or "infinity") => "The field 'lock_stale_age' is a number of seconds; any other value has no effect.",
        _ when Names.Contains(name) => null,
        _ => Spelling.Closest(name, Names, 2) is { } meant ? $"'{name}' is no storage field, but a symbol that paths can use as ${name}; did you mean '{meant}'?" : null,
    };

    /// <summary>Refuses a name that no field or symbol can have.</summary>
    internal static void Check(string name)
    {
        if (name.Length == 0 || name[0] == '_' || !name.All(c => char.IsLetterOrDigit(c) || c == '_'))
        {
            throw new DataManifestException(
                DiagnosticRules.InvalidStorageField,
                $"'{name}' cannot be the name of a storage field or symbol.",
                "",
                "Write datasets_dir, datacache_dir, datasets_pools, datacache_pools, project, default_remote, canonical, lock_stale_age, or a symbol of letters, digits and '_' that does not begin with '_'.");
        }
    }

    private static TomlValue Truth(string word) => word.Trim().ToLowerInvariant() switch
    {
        "1" or "true" or "yes" or "on" => new TomlBoolean(true),
        "0" or "false" or "no" or "off" => new TomlBoolean(false),
        _ => new TomlString(word),
    };

    private static TomlValue Number(string word) =>
        !double.TryParse(word.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number) ? new TomlString(word)
        : double.IsInteger(number) ? new TomlInteger(new BigInteger(number))
        : new TomlFloat(number);
}
