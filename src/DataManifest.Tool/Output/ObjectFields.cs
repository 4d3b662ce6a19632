using DataManifest.Maintenance;
using DataManifest.Toml;

namespace DataManifest.Tool.Output;

/// <summary>The columns of <c>list --fields</c>, as every tool of the family prints them.</summary>
internal static class ObjectFields
{
    /// <summary>The names of the columns.</summary>
    public static IReadOnlyList<string> Names { get; } =
        ["kind", "name", "key", "hash", "cachetype", "version", "storage-path", "format", "params", "size", "location", "referenced", "present", "dirty", "created", "last-access"];

    /// <summary>Whether there is such a column; an underscore counts as a hyphen.</summary>
    /// <param name="field">The name of a column, perhaps.</param>
    public static bool IsKnown(string field) => Names.Contains(field.Replace('_', '-'));

    /// <summary>The text of a column.</summary>
    /// <param name="found">The object.</param>
    /// <param name="field">The column, which <see cref="IsKnown"/>.</param>
    public static string Of(StoredObject found, string field)
    {
        var artifact = found as ProducedArtifact;
        return field.Replace('_', '-') switch
        {
            "kind" => found.Kind,
            "name" => found.Name,
            "key" => found.Key,
            "hash" => artifact?.Identity.Hash ?? "",
            "cachetype" => artifact?.Identity.Cachetype ?? "",
            "version" => artifact?.Identity.Version ?? "",
            "storage-path" => (found as StoredDataset)?.StoragePath ?? "",
            "format" => found.Format,
            "params" => Parameters(found),
            "size" => $"{found.Size ?? 0}",
            "location" => found.Location,
            "referenced" => Word(found.IsReferenced),
            "present" => Word(found.IsPresent),
            "dirty" => Dirty(found),
            "created" => Time(found.Created),
            "last-access" => Time(found.LastAccess),
            _ => throw new ArgumentOutOfRangeException(nameof(field), field, "There is no such column."),
        };
    }

    /// <summary>How the record disagrees with the disk, in one word; empty when it does not.</summary>
    /// <param name="found">The object.</param>
    public static string Dirty(StoredObject found) => found.Dirty == DirtyState.Clean ? "" : found.Dirty.ToString().ToLowerInvariant();

    /// <summary>The parameters of an artifact, sorted; <c>()</c> for none.</summary>
    /// <param name="found">The object.</param>
    public static string Parameters(StoredObject found) => found is ProducedArtifact { Parameters: { Count: > 0 } parameters }
        ? string.Join(", ", parameters.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => $"{entry.Key}={(entry.Value is TomlString text ? text.Value : PythonText.Of(entry.Value))}"))
        : "()";

    /// <summary>A time in UTC to the second; empty when it is not known.</summary>
    /// <param name="time">The time.</param>
    public static string Time(DateTimeOffset? time) => time is { } known ? known.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture) : "";

    private static string Word(bool flag) => flag ? "true" : "false";
}
