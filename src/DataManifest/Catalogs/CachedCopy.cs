using DataManifest.Hashing;

namespace DataManifest.Catalogs;

/// <summary>A local copy of a proposed dataset, as it was found.</summary>
/// <param name="Outcome">Whether it can be used.</param>
/// <param name="Digests">Its digests: SHA-256, and that of the published checksum's algorithm.</param>
internal sealed record CachedCopy(CacheOutcome Outcome, IReadOnlyList<Checksum> Digests)
{
    /// <summary>Its SHA-256 digest, hexadecimal; empty when it was not computed.</summary>
    public string Sha256 => Digests.FirstOrDefault(digest => digest.Algorithm == Checksum.DefaultAlgorithm)?.Hex ?? "";

    /// <summary>Looks at a proposal's copy and hashes it.</summary>
    /// <param name="proposal">The proposal.</param>
    /// <param name="cancellationToken">Stops within one buffer.</param>
    public static async Task<CachedCopy> InspectAsync(Proposal proposal, CancellationToken cancellationToken)
    {
        var path = proposal.CacheFile;
        if (path.Length == 0 || !File.Exists(path))
        {
            return new CachedCopy(proposal.LooksInCache ? CacheOutcome.Missing : CacheOutcome.None, []);
        }

        if (proposal.Extract || proposal.IsBatch)
        {
            return new CachedCopy(CacheOutcome.Archive, []);
        }

        var expected = proposal.Checksum.Length == 0 ? null : Checksum.Parse(proposal.Checksum);
        if (expected is { IsSupported: false })
        {
            return new CachedCopy(CacheOutcome.Mismatch, []);
        }

        try
        {
            List<Checksum> digests = [await ContentDigest.ComputeAsync(path, Checksum.DefaultAlgorithm, cancellationToken).ConfigureAwait(false)];
            if (expected is not null && expected.Algorithm != Checksum.DefaultAlgorithm)
            {
                digests.Add(await ContentDigest.ComputeAsync(path, expected.Algorithm, cancellationToken).ConfigureAwait(false));
            }

            var copy = new CachedCopy(CacheOutcome.Adopted, digests);
            return expected is null || copy.Has(expected) ? copy : copy with { Outcome = CacheOutcome.Mismatch };
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return new CachedCopy(CacheOutcome.Mismatch, []);
        }
    }

    /// <summary>The proposal, with the copy's digest where nothing is published.</summary>
    /// <param name="proposal">The proposal.</param>
    public Proposal Fill(Proposal proposal) =>
        Outcome == CacheOutcome.Adopted && proposal.Checksum.Length == 0 ? proposal with { Checksum = $"{Checksum.DefaultAlgorithm}:{Sha256}" } : proposal;

    /// <summary>Whether the copy has a checksum; not when that was not computed.</summary>
    /// <param name="checksum">The checksum.</param>
    public bool Has(Checksum checksum) => Digests.Any(digest => digest.Algorithm == checksum.Algorithm && digest.Matches(checksum.Hex));
}
