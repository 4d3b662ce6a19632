using System.Security.Cryptography;

namespace DataManifest.Hashing;

/// <summary>Computes one or several digests of the same bytes in one pass. Not thread-safe.</summary>
internal sealed class ContentHasher : IDisposable
{
    private readonly (string Algorithm, IncrementalHash Hash)[] _hashes;

    /// <summary>Begins the digests.</summary>
    /// <param name="algorithms">Lower-case names that <see cref="Checksum.HexLength"/> knows; repeated names count once, none is allowed.</param>
    /// <exception cref="ArgumentOutOfRangeException">A name is not known; callers check the declared checksum before.</exception>
    public ContentHasher(params IEnumerable<string> algorithms) =>
        _hashes = [.. algorithms.Distinct(StringComparer.Ordinal).Select(name => (name, IncrementalHash.CreateHash(NameOf(name))))];

    /// <summary>The digest of bytes that are all here.</summary>
    /// <param name="algorithm">A lower-case name that <see cref="Checksum.HexLength"/> knows.</param>
    /// <param name="bytes">The whole content.</param>
    /// <exception cref="ArgumentOutOfRangeException">The name is not known.</exception>
    public static Checksum HashData(string algorithm, ReadOnlySpan<byte> bytes)
    {
        using var hash = IncrementalHash.CreateHash(NameOf(algorithm));
        hash.AppendData(bytes);
        return NewChecksum(algorithm, hash.GetHashAndReset());
    }

    /// <summary>Adds bytes to every digest.</summary>
    /// <param name="bytes">The next bytes of the content.</param>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        foreach (var (_, hash) in _hashes)
        {
            hash.AppendData(bytes);
        }
    }

    /// <summary>The digests of everything added, in the order of the constructor; the next byte begins new ones.</summary>
    public IReadOnlyList<Checksum> Finish() =>
        [.. _hashes.Select(each => NewChecksum(each.Algorithm, each.Hash.GetHashAndReset()))];

    /// <summary>Frees the digests' native state.</summary>
    public void Dispose()
    {
        foreach (var (_, hash) in _hashes)
        {
            hash.Dispose();
        }
    }

    private static Checksum NewChecksum(string algorithm, byte[] hash) => new(algorithm, Convert.ToHexString(hash).ToLowerInvariant());

    private static HashAlgorithmName NameOf(string algorithm) => algorithm switch
    {
        "sha256" => HashAlgorithmName.SHA256,
        "sha512" => HashAlgorithmName.SHA512,
        "sha384" => HashAlgorithmName.SHA384,
        "sha1" => HashAlgorithmName.SHA1,
        "md5" => HashAlgorithmName.MD5,
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm), algorithm, "no such digest"),
    };
}
