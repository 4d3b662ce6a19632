using DataManifest.Hashing;

namespace DataManifest.Fetching;

/// <summary>Takes over what a program or a function left at the place that it was given.</summary>
internal static class ProducedData
{
    /// <summary>Looks at the data at a transfer's target.</summary>
    /// <param name="transfer">What was fetched.</param>
    /// <param name="source">Where the data came from, as it may be shown.</param>
    /// <param name="missing">The fault when there are none, or only a link to others.</param>
    /// <param name="cancellationToken">Stops within one buffer.</param>
    /// <exception cref="FetchFaultException">There are none.</exception>
    /// <exception cref="IOException">They are a pipe, socket or device.</exception>
    public static async Task<Transferred> TakeAsync(Transfer transfer, string source, Func<FetchFaultException> missing, CancellationToken cancellationToken)
    {
        if (new FileInfo(transfer.Target).LinkTarget is not null || !Path.Exists(transfer.Target))
        {
            throw missing();
        }

        SpecialFile.Refuse(transfer.Target);
        var bytes = SizeOf(transfer.Target);
        var checksum = transfer.Algorithm is null
            ? null
            : await ContentDigest.ComputeAsync(transfer.Target, transfer.Algorithm, cancellationToken, done => transfer.Progress(done, bytes)).ConfigureAwait(false);
        return new Transferred(bytes, checksum, source);
    }

    /// <summary>How many bytes a file has, or all files of a folder together; links are not followed.</summary>
    /// <param name="path">The file or folder.</param>
    /// <exception cref="IOException">A file of the folder is a pipe, socket or device.</exception>
    public static long SizeOf(string path) => Directory.Exists(path)
        ? new DirectoryInfo(path).EnumerateFiles("*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint }).Sum(SizeOf)
        : new FileInfo(path).Length;

    private static long SizeOf(FileInfo file)
    {
        SpecialFile.Refuse(file);
        return file.Length;
    }
}
