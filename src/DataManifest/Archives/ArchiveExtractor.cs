using System.IO.Compression;
using DataManifest.Diagnostics;
using DataManifest.Fetching;
using DataManifest.Hashing;
using DataManifest.Manifest;

namespace DataManifest.Archives;

/// <summary>Unpacks an archive into a folder of staging. What comes out is the archive's own layout; no top-level folder is taken off.</summary>
/// <param name="format">One of <see cref="ArchiveFormat"/>'s.</param>
/// <param name="contentName">The name of the file that comes out of a compressed single file.</param>
/// <param name="limits">How much is too much.</param>
internal sealed class ArchiveExtractor(string format, string contentName, ArchiveLimits limits)
{
    /// <summary>Told the digests of the files that it writes; null for none.</summary>
    public FileDigests? Digests { get; init; }

    /// <summary>Whether the format can be unpacked while it arrives: all can but zip, whose directory comes last.</summary>
    public bool IsStreamed => format != ArchiveFormat.Zip;

    /// <summary>Unpacks every entry of a file, or throws; what was written until then is the caller's to remove.</summary>
    /// <param name="archive">The archive file.</param>
    /// <param name="folder">Where to; made when missing.</param>
    /// <param name="cancellationToken">Stops within one buffer.</param>
    /// <param name="progress">Told the bytes written so far, once per buffer; called from several threads.</param>
    /// <exception cref="FetchFaultException">The archive is unsafe, damaged or too large, or its format is not unpacked.</exception>
    public Task ExtractAsync(string archive, string folder, CancellationToken cancellationToken, Action<long>? progress = null) => Run(
        () =>
        {
            using var stream = new FileStream(archive, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
            var length = stream.Length;
            var target = Target(folder, () => length, progress, cancellationToken);
            try
            {
                if (IsStreamed)
                {
                    Extract(stream, stop: () => { }, target);
                }
                else
                {
                    ZipExtractor.Extract(archive, target, cancellationToken);
                }
            }
            catch (FetchFaultException damaged) when (damaged.Rule == DiagnosticRules.DamagedArchive)
            {
                throw ArchiveSignature.Explain(damaged, archive, format);
            }
        },
        cancellationToken);

    /// <summary>Unpacks every entry of a stream, or throws; what was written until then is the caller's to remove.</summary>
    /// <param name="archive">The archive from its first byte on, in a format that <see cref="IsStreamed"/>. Read to its end, and ended where the rest is not wanted.</param>
    /// <param name="received">How many of its bytes are here, for the limit of the ratio.</param>
    /// <param name="folder">Where to; made when missing.</param>
    /// <param name="cancellationToken">Stops within one buffer.</param>
    /// <exception cref="FetchFaultException">The archive is unsafe, damaged or too large.</exception>
    public Task ExtractAsync(StreamQueue archive, Func<long> received, string folder, CancellationToken cancellationToken) =>
        Run(() => Extract(archive, () => archive.Complete(), Target(folder, received, progress: null, cancellationToken)), cancellationToken);

    /// <summary>A thread of its own, since most of the time is spent waiting for the disk or the network.</summary>
    private static Task Run(Action extract, CancellationToken cancellationToken) =>
        Task.Factory.StartNew(extract, cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private ExtractionFolder Target(string folder, Func<long> archiveBytes, Action<long>? progress, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        Digests?.Clear();
        return new ExtractionFolder(folder, new ExtractionMeter(limits, archiveBytes, progress), cancellationToken) { Digests = Digests };
    }

    private void Extract(Stream archive, Action stop, ExtractionFolder target)
    {
        switch (format)
        {
            case ArchiveFormat.Tar:
                TarExtractor.Extract(archive, target);
                break;
            case ArchiveFormat.TarGzip:
                using (var plain = new ReadAheadStream(Gunzip(archive), stop))
                {
                    TarExtractor.Extract(plain, target);
                }

                break;
            case ArchiveFormat.TarBzip2:
                using (var plain = new ReadAheadStream(new Bzip2Stream(archive), stop))
                {
                    TarExtractor.Extract(plain, target);
                }

                break;
            case ArchiveFormat.Gzip:
                target.Count();
                using (var plain = new ReadAheadStream(Gunzip(archive), stop))
                {
                    var path = target.AddFile(contentName, out _);
                    target.Write(path, plain, length: null, mode: null, modified: null);
                }

                break;
            default:
                throw new FetchFaultException(DiagnosticRules.DamagedArchive, $"Archives of the format '{format}' are not unpacked; use zip, tar, tar.gz, tar.bz2 or gz.");
        }
    }

    private static DecodedStream Gunzip(Stream archive) => new(archive, source => new GZipStream(source, CompressionMode.Decompress));
}
