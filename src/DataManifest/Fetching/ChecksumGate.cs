using DataManifest.Bindings;
using DataManifest.Diagnostics;
using DataManifest.Hashing;
using DataManifest.Manifest;

namespace DataManifest.Fetching;

/// <summary>What a dataset's data must be: hashes them, and lets none pass that have another digest than the declared one.</summary>
/// <param name="declaration">The dataset.</param>
/// <param name="recorded">The digest that data without a declared one must have, since they had it before they were damaged; null for none.</param>
/// <param name="progress">Told how far the hashing is.</param>
internal sealed class ChecksumGate(DatasetDeclaration declaration, Checksum? recorded, ProgressThrottle progress)
{
    /// <summary>The digest that the data must have; null when none is known, or when it is never checked.</summary>
    public Checksum? Expected { get; } = declaration.SkipChecksum ? null : declaration.Checksum.Length > 0 ? Checksum.Parse(declaration.Checksum) : recorded;

    /// <summary>The digest to compute of new data; null for none.</summary>
    public string? Algorithm => declaration.SkipChecksum || (Expected is null && FetchLadder.IsClone(declaration)) ? null : Expected?.Algorithm ?? Checksum.DefaultAlgorithm;

    /// <summary>The digest of the data that passed; null when none was computed.</summary>
    public Checksum? Computed { get; private set; }

    /// <summary>The digest of a file or folder.</summary>
    /// <param name="path">The data.</param>
    /// <param name="cancellationToken">Stops within one buffer.</param>
    /// <returns>Null when this dataset has no use for one.</returns>
    public async Task<Checksum?> HashAsync(string path, CancellationToken cancellationToken) =>
        Algorithm is null ? null : await ContentDigest.ComputeAsync(path, Algorithm, cancellationToken, Report).ConfigureAwait(false);

    /// <summary>The digest of a folder's files; this dataset has a use for one.</summary>
    /// <param name="files">The files, in the order of <see cref="FolderOrder"/>.</param>
    /// <param name="cancellationToken">Stops within one buffer.</param>
    public Task<Checksum> HashAsync(IEnumerable<FileInfo> files, CancellationToken cancellationToken) =>
        ContentDigest.ComputeAsync(files, Algorithm!, cancellationToken, Report);

    /// <summary>Whether a digest is the declared one; then it counts as this dataset's.</summary>
    /// <param name="actual">The digest of data that are there.</param>
    public bool Accepts(Checksum? actual)
    {
        Computed = actual == Expected ? actual : null;
        return actual == Expected;
    }

    /// <summary>Lets data pass that have the declared digest, or any when none is declared.</summary>
    /// <param name="actual">Their digest.</param>
    /// <param name="source">Where they came from, as it may be shown.</param>
    /// <exception cref="FetchFaultException">They have another digest.</exception>
    public void Require(Checksum? actual, string source)
    {
        Computed = actual;
        if (Expected is not null && actual != Expected)
        {
            Computed = null;
            throw new FetchFaultException(
                DiagnosticRules.ChecksumMismatch,
                $"The data of dataset '{declaration.Name}' from {source} have the checksum {actual}, but {Expected} is declared; nothing was stored. "
                + "If the new data are right, declare their checksum; otherwise correct the source.");
        }
    }

    /// <summary>Makes sure that the declared digest can be computed, before anything is transferred or hashed.</summary>
    /// <exception cref="FetchFaultException">It cannot.</exception>
    public void RequireKnownAlgorithm()
    {
        if (Expected is { IsSupported: false })
        {
            throw new FetchFaultException(
                DiagnosticRules.UnsupportedChecksum,
                $"The checksum of dataset '{declaration.Name}' is a {Expected.Algorithm} digest, which this version does not compute. Use one of {string.Join(", ", Checksum.Algorithms)}, or skip_checksum = true.");
        }
    }

    private void Report(long done) => progress.Report(FetchPhase.Verifying, done, null, "");
}
