using DataManifest.Diagnostics;
using DataManifest.Fetching;

namespace DataManifest.Archives;

/// <summary>Unpacks an archive into a folder of staging. What comes out is the archive's own layout; no top-level folder is taken off.</summary>
internal static class ArchiveExtractor
{
    /// <summary>Unpacks every entry, or throws; what was written until then is the caller's to remove.</summary>
    /// <param name="archive">The archive file.</param>
    /// <param name="format"><c>zip</c>, <c>tar</c> or <c>tar.gz</c>, also spelt <c>tgz</c>, in any case.</param>
    /// <param name="folder">Where to; made when missing.</param>
    /// <param name="limits">How much is too much.</param>
    /// <param name="cancellationToken">Stops within one buffer.</param>
    /// <param name="progress">Told the bytes written so far, once per buffer; called from several threads.</param>
    /// <exception cref="FetchFaultException">The archive is unsafe, damaged or too large, or its format is not unpacked.</exception>
    public static Task ExtractAsync(
        string archive, string format, string folder, ArchiveLimits limits, CancellationToken cancellationToken, Action<long>? progress = null) =>
        Task.Run(() => Extract(archive, format, folder, limits, progress, cancellationToken), cancellationToken);

    private static void Extract(
        string archive, string format, string folder, ArchiveLimits limits, Action<long>? progress, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var target = new ExtractionFolder(folder, limits, new FileInfo(archive).Length, cancellationToken, progress);
        switch (format.ToLowerInvariant())
        {
            case "zip":
                ZipExtractor.Extract(archive, target, cancellationToken);
                break;
            case "tar" or "tar.gz" or "tgz":
                using (var stream = new FileStream(archive, FileMode.Open, FileAccess.Read, FileShare.Read, 128 * 1024, FileOptions.SequentialScan))
                {
                    TarExtractor.Extract(stream, isCompressed: !format.Equals("tar", StringComparison.OrdinalIgnoreCase), target);
                }

                break;
            default:
                throw new FetchFaultException(DiagnosticRules.DamagedArchive, $"Archives of the format '{format}' are not unpacked; use zip, tar or tar.gz.");
        }
    }
}
