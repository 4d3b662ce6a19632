using DataManifest.Hashing;
using DataManifest.Manifest;

namespace DataManifest.Fetching;

/// <summary>One place that has all data of a dataset.</summary>
/// <param name="Kind">What kind of place it is.</param>
/// <param name="Uris">Its URIs: one, or one for each member of a batch.</param>
/// <param name="PartialSuffix">What is put behind the name of a cut-off download, so that those of two places are never taken for one.</param>
internal sealed record DataSource(DataSourceKind Kind, IReadOnlyList<string> Uris, string PartialSuffix)
{
    /// <summary>Whether another place is tried when this one fails, so that it need not be waited for long.</summary>
    public bool HasAlternative { get; init; }

    /// <summary>What is put behind the names of the other places' cut-off downloads, which are of no use once this one has the data.</summary>
    public IReadOnlyList<string> OtherSuffixes { get; init; } = [];

    /// <summary>The places of a dataset in the order in which they are tried: the machine's hashed mirror, what the manifest declares, its mirrors.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <param name="plan">How it is fetched from what the manifest declares.</param>
    /// <param name="expected">The declared digest; null when there is none.</param>
    /// <param name="hashedMirror">The machine's hashed mirror.</param>
    /// <param name="hostName">This machine's name.</param>
    public static IReadOnlyList<DataSource> Of(DatasetDeclaration dataset, SourcePlan plan, Checksum? expected, HashedMirror hashedMirror, string hostName)
    {
        var declared = new DataSource(DataSourceKind.Declared, plan.Uris, "");
        if (!plan.IsCopy)
        {
            return [declared];
        }

        // A hashed mirror has files by their own digests: not those of folders, nor an archive by the digest of what is in it.
        var isFile = dataset is { Uris.Count: 0, Extract: false } && SourcePlan.KindOf(plan.Uris[0], isMember: false, hostName) is SourceKind.Web or SourceKind.Drive;
        DataSource[] hashed = isFile && expected is not null && hashedMirror.UriOf(expected) is { } uri ? [new(DataSourceKind.HashedMirror, [uri], ".hashed")] : [];
        var mirrors = dataset.Mirrors.Select((mirror, i) => new DataSource(DataSourceKind.Mirror, UrisAt(mirror, dataset), $".mirror{i}"));
        DataSource[] sources = [.. hashed, declared, .. mirrors];
        return [.. sources.Select((source, i) => source with
        {
            HasAlternative = i < sources.Length - 1,
            OtherSuffixes = [.. sources.Where(other => other != source).Select(other => other.PartialSuffix)],
        })];
    }

    private static IReadOnlyList<string> UrisAt(string mirror, DatasetDeclaration dataset) =>
        dataset.Uris.Count == 0 ? [mirror] : [.. dataset.MemberPaths.Select(path => MirrorAddress.Below(mirror, path))];
}

/// <summary>What kind of place has a dataset's data.</summary>
internal enum DataSourceKind
{
    /// <summary>The machine's mirror of files by their digests; it need not have any given one.</summary>
    HashedMirror,

    /// <summary>What <c>uri</c> or <c>uris</c> say, or a command.</summary>
    Declared,

    /// <summary>One of the dataset's mirrors.</summary>
    Mirror,
}
