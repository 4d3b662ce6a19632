using System.Globalization;
using System.Text.RegularExpressions;
using DataManifest.Diagnostics;

namespace DataManifest.Maintenance;

/// <summary>
/// Which objects of an inventory are meant. All conditions that are set must hold. Unless something asks for them, artifacts that nothing records are left out:
/// they may be another project's.
/// </summary>
public sealed partial record ObjectFilter
{
    /// <summary>Texts that an object's facts have in them (kind, name, key, hash, cachetype, version, format, storage path, location); letter case does not matter.</summary>
    public IReadOnlyList<string> Terms { get; init; } = [];

    /// <summary>Whether one of <see cref="Terms"/> is enough; otherwise all must be found.</summary>
    public bool AnyTerm { get; init; }

    /// <summary>Whether the objects are wanted in which <see cref="Terms"/> are not found.</summary>
    public bool Invert { get; init; }

    /// <summary>Only artifacts, unless <see cref="OnlyDatasets"/> is set too.</summary>
    public bool OnlyProduced { get; init; }

    /// <summary>Only datasets, unless <see cref="OnlyProduced"/> is set too.</summary>
    public bool OnlyDatasets { get; init; }

    /// <summary>The format, exactly; empty for any.</summary>
    public string Format { get; init; } = "";

    /// <summary>Beginnings of hashes; an artifact with any of them is meant, whatever its version.</summary>
    public IReadOnlyList<string> HashPrefixes { get; init; } = [];

    /// <summary>Only datasets that are there.</summary>
    public bool OnlyPresent { get; init; }

    /// <summary>Only datasets that are not there.</summary>
    public bool OnlyMissing { get; init; }

    /// <summary>Only objects that nothing records.</summary>
    public bool OnlyOrphans { get; init; }

    /// <summary>Only objects whose record disagrees with the disk.</summary>
    public bool OnlyDirty { get; init; }

    /// <summary>Only objects that are neither in the configured folders nor in a read pool.</summary>
    public bool OnlyOutside { get; init; }

    /// <summary>Only objects that are not where the configuration wants them.</summary>
    public bool OnlyOutOfPlace { get; init; }

    /// <summary>Artifacts that nothing records too.</summary>
    public bool IncludeOrphans { get; init; }

    /// <summary>Only objects that have not been read for longer than this; one whose time is not known is never meant. Null for any.</summary>
    public TimeSpan? OlderThan { get; init; }

    /// <summary>Reads an age: a number of seconds, or a number with one of the units s, m, h, d, w or their names, as in <c>90d</c> or <c>36 hours</c>.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="DataManifestException">It is no such age.</exception>
    public static TimeSpan ParseAge(string text)
    {
        var match = Age().Match(text.Trim().ToLowerInvariant());
        var seconds = match.Groups["unit"].Value switch
        {
            "" or "s" or "sec" or "secs" or "second" or "seconds" => 1,
            "m" or "min" or "mins" or "minute" or "minutes" => 60,
            "h" or "hr" or "hrs" or "hour" or "hours" => 3600,
            "d" or "day" or "days" => 86400,
            "w" or "wk" or "week" or "weeks" => 604800,
            _ => 0,
        };
        return match.Success && seconds > 0 && double.TryParse(match.Groups["number"].ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? TimeSpan.FromSeconds(Math.Min(number * seconds, TimeSpan.MaxValue.TotalSeconds / 2))
            : throw new DataManifestException(DiagnosticRules.InvalidAge, $"'{text}' is no age.", "", "Write a number with s, m, h, d or w, such as 90d.");
    }

    /// <summary>Whether an object is meant.</summary>
    /// <param name="candidate">The object.</param>
    /// <param name="now">The time that ages are counted to.</param>
    public bool Matches(StoredObject candidate, DateTimeOffset now) =>
        (Terms.Count == 0 || HasTerms(candidate) != Invert)
        && (OnlyProduced == OnlyDatasets || candidate is StoredDataset == OnlyDatasets)
        && (Format.Length == 0 || candidate.Format == Format)
        && (HashPrefixes.Count == 0 || (candidate is ProducedArtifact { Identity.Hash: { Length: > 0 } hash }
            && HashPrefixes.Any(prefix => hash.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))))
        && (!OnlyPresent || candidate is StoredDataset { IsPresent: true })
        && (!OnlyMissing || candidate is StoredDataset { IsPresent: false })
        && (!OnlyDirty || candidate.Dirty != DirtyState.Clean)
        && (!OnlyOutside || candidate.IsOutside)
        && (!OnlyOutOfPlace || candidate.IsOutOfPlace)
        && (OnlyOrphans ? !candidate.IsReferenced : candidate.IsReferenced || AsksForOrphans)
        && (OlderThan is not { } age || now - candidate.LastAccess > age);

    /// <summary>Whoever names terms, hashes or a state looks for certain objects, and is shown them whoever they belong to.</summary>
    private bool AsksForOrphans => IncludeOrphans || (Terms.Count > 0 && !Invert) || HashPrefixes.Count > 0 || OnlyDirty || OnlyOutside;

    private bool HasTerms(StoredObject candidate)
    {
        var (hash, cachetype, version, storagePath) = candidate switch
        {
            ProducedArtifact { Identity: var identity } => (identity.Hash, identity.Cachetype, identity.Version, ""),
            StoredDataset dataset => ("", "", "", dataset.StoragePath),
            _ => ("", "", "", ""),
        };
        string[] facts = [candidate.Kind, candidate.Name, candidate.Key, hash, cachetype, version, candidate.Format, storagePath, candidate.Location];
        var text = string.Join(' ', facts.Where(fact => fact.Length > 0));
        return AnyTerm ? Terms.Any(IsIn) : Terms.All(IsIn);

        bool IsIn(string term) => text.Contains(term, StringComparison.OrdinalIgnoreCase);
    }

    [GeneratedRegex("^(?<number>[0-9]*\\.?[0-9]+)\\s*(?<unit>[a-z]*)$", RegexOptions.CultureInvariant)]
    private static partial Regex Age();
}
