using DataManifest.Diagnostics;
using DataManifest.Hashing;
using DataManifest.Storage;

namespace DataManifest.Fetching;

/// <summary>A server near this machine that has files by their sha256 digests. One that cannot be reached is not asked again in the same run.</summary>
/// <param name="address">Its address, without a slash at the end; empty for none.</param>
internal sealed class HashedMirror(string address)
{
    private int _isDown;

    /// <summary>Where a file is that has a digest; null when the mirror cannot have it or is down.</summary>
    /// <param name="checksum">The file's digest.</param>
    public string? UriOf(Checksum checksum) =>
        address.Length > 0 && Volatile.Read(ref _isDown) == 0 && checksum.Algorithm == Checksum.DefaultAlgorithm ? MirrorAddress.Below(address, $"{checksum.Algorithm}/{checksum.Hex}") : null;

    /// <summary>Notes that it failed.</summary>
    /// <param name="fault">How; that it does not have one file says nothing about others.</param>
    /// <returns>Whether people should be told: once, and not of a file that it simply does not have.</returns>
    public bool Note(FetchFaultException fault)
    {
        if (fault.IsMissing)
        {
            return false;
        }

        return fault.Rule == DiagnosticRules.ChecksumMismatch || Interlocked.Exchange(ref _isDown, 1) == 0;
    }
}
