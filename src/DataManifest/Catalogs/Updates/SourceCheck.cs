using System.Globalization;
using DataManifest.Hashing;
using DataManifest.Manifest;
using DataManifest.Toml;

namespace DataManifest.Catalogs.Updates;

/// <summary>
/// Compares what a server tells about a source with the file that was fetched from it: the size, the day, an entity tag that is a digest, and the entity tag that the source
/// had when the two were found to agree. That last one is remembered in the state file.
/// </summary>
/// <param name="dataset">The dataset.</param>
/// <param name="uri">The source.</param>
/// <param name="size">The size of the fetched file; null when it is not here, or only what was in it.</param>
/// <param name="fetched">When the data were fetched; null when they are not here.</param>
internal sealed class SourceCheck(DatasetDeclaration dataset, Uri uri, long? size, DateTimeOffset? fetched)
{
    /// <summary>The value of the state file's record that holds remembered tags.</summary>
    public const string Remembered = "sources";

    // A server's clock and this machine's differ.
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(2);

    /// <summary>The verdict on what a server tells.</summary>
    /// <param name="header">What it tells.</param>
    /// <param name="known">What is remembered of the dataset; null for nothing.</param>
    public (OutdatedStatus Status, string Reason) Judge(SourceHeader header, TomlTable? known)
    {
        if (header.IsGone)
        {
            return (OutdatedStatus.Gone, $"{Fetching.SafeUrl.Of(uri)} answers {header.Status}.");
        }

        if (!header.IsTelling || (header.Length is null && header.EntityTag.Length == 0 && header.LastModified is null))
        {
            return (OutdatedStatus.Unknown, $"{uri.Host} tells nothing about the file.");
        }

        if (DigestOf(header.EntityTag) is { } digest && Checksum.Parse(dataset.Checksum) is { } declared && declared.Algorithm == digest.Algorithm && dataset is { Extract: false, Uris.Count: 0 })
        {
            return declared == digest ? (OutdatedStatus.Current, "") : (OutdatedStatus.Changed, $"The server has the {digest.Algorithm} digest {digest.Hex}.");
        }

        if (fetched is not { } day)
        {
            return (OutdatedStatus.Unknown, "The data are not here to compare with.");
        }

        if (header.Length is { } length && size is not null && length != size)
        {
            return (OutdatedStatus.Changed, $"The source has {length} bytes, the file here {size}.");
        }

        if (header.LastModified is { } modified && modified > day + Tolerance)
        {
            return (OutdatedStatus.Changed, $"The source was changed on {modified.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC, after it was fetched.");
        }

        var before = (known?[Remembered] as TomlTable)?[uri.AbsoluteUri] as TomlTable;
        var isOfThisFetch = (before?["fetched"] as TomlString)?.Value == Stamp(day);
        var isUnmodified = header.LastModified is { } same && (before?["last_modified"] as TomlString)?.Value == Stamp(same);
        return isOfThisFetch && !isUnmodified && before?["etag"] is TomlString { Value: { Length: > 0 } tag } && header.EntityTag.Length > 0 && tag != header.EntityTag
            ? (OutdatedStatus.Changed, "The source has another entity tag than when it was asked last.")
            : (OutdatedStatus.Current, "");
    }

    /// <summary>What to remember of a source that agrees with the data that are here.</summary>
    /// <param name="header">What the server tells.</param>
    public TomlTable Remember(SourceHeader header)
    {
        TomlTable table = [];
        table.Add("etag", new TomlString(header.EntityTag));
        table.Add("fetched", new TomlString(Stamp(fetched ?? DateTimeOffset.UnixEpoch)));
        if (header.LastModified is { } day)
        {
            table.Add("last_modified", new TomlString(Stamp(day)));
        }

        return table;
    }

    private static string Stamp(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>An entity tag that is a digest, as object stores and repositories have them; null for any other.</summary>
    private static Checksum? DigestOf(string tag)
    {
        var hex = tag[(tag.IndexOf(':', StringComparison.Ordinal) + 1)..];
        return Checksum.Algorithms.Select(algorithm => new Checksum(algorithm, hex.ToLowerInvariant())).FirstOrDefault(digest => digest.Problem is null);
    }
}
