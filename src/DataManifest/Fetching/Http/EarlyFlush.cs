using Microsoft.Win32.SafeHandles;

namespace DataManifest.Fetching.Http;

/// <summary>
/// Has a large file written out while more of it arrives, so that the flush before its publication finds little left to do. Only on Linux: on other systems a
/// flush holds up the writes to the file, or empties the drive's own cache as well. Thread-safe.
/// </summary>
/// <param name="file">The open file.</param>
internal sealed class EarlyFlush(SafeFileHandle file)
{
    private const long Step = 64 * 1024 * 1024;

    private readonly object _gate = new();
    private Task _flushing = Task.CompletedTask;
    private long _unflushed;

    /// <summary>Notes that bytes were written; does not wait.</summary>
    /// <param name="bytes">How many.</param>
    public void Wrote(long bytes)
    {
        if (!OperatingSystem.IsLinux() || Interlocked.Add(ref _unflushed, bytes) < Step)
        {
            return;
        }

        lock (_gate)
        {
            if (_unflushed >= Step && _flushing.IsCompletedSuccessfully)
            {
                _unflushed = 0;
                _flushing = Task.Run(() => RandomAccess.FlushToDisk(file));
            }
        }
    }

    /// <summary>Waits for the flush that runs. The system tells a fault of the disk once, so it has to be heard here.</summary>
    /// <exception cref="IOException">The disk did not take what was written.</exception>
    public Task CompleteAsync() => _flushing;
}
