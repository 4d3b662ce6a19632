namespace DataManifest.Archives;

/// <summary>How much an archive may unpack to before it is taken for an attack or an accident.</summary>
public sealed record ArchiveLimits
{
    /// <summary>The most bytes that all files together may have; 1 TiB unless set.</summary>
    public long TotalBytes { get; init; } = 1L << 40;

    /// <summary>The most entries; 5,000,000 unless set.</summary>
    public int Entries { get; init; } = 5_000_000;

    /// <summary>
    /// The most unpacked bytes per byte of the archive; 200 unless set. It counts from the first 256 MiB on, because small files of zeros compress
    /// better than that.
    /// </summary>
    public int Ratio { get; init; } = 200;

    private const long RatioFloor = 256L << 20;

    /// <summary>The most bytes that an archive of this size may unpack to.</summary>
    /// <param name="archiveBytes">The archive's size.</param>
    internal long AllowedBytes(long archiveBytes) => Math.Min(TotalBytes, Math.Max(RatioFloor, SaturatingMultiply(archiveBytes, Ratio)));

    private static long SaturatingMultiply(long left, long right) => left > long.MaxValue / Math.Max(1, right) ? long.MaxValue : left * right;
}
