using System.Diagnostics;
using System.Text;
using DataManifest.Diagnostics;
using Microsoft.Win32.SafeHandles;

namespace DataManifest.Storage;

/// <summary>
/// The right to write one entry of the store, shared with the other tools of the format: a file <c>T.lock</c> that says who holds it, touched as long as
/// its holder lives (specification, "Concurrent access and completeness").
/// </summary>
internal sealed class EntryLock : IAsyncDisposable
{
    private const long ReportInterval = 10_000;

    private static readonly TimeSpan FirstPoll = TimeSpan.FromMilliseconds(20);

    /// <summary>For a moment every lock is empty, and a lock that was just released cannot be read.</summary>
    private static readonly TimeSpan Wondering = TimeSpan.FromSeconds(1);

    private static readonly LockHolder Nobody = new(0, "");

    private readonly string _path;
    private readonly SafeFileHandle _file;
    private readonly LockHolder _self;
    private readonly Timer _heartbeat;
    private readonly object _gate = new();

    private EntryLock(string path, SafeFileHandle file, LockHolder self, TimeSpan staleAge)
    {
        (_path, _file, _self) = (path, file, self);
        var interval = staleAge == Timeout.InfiniteTimeSpan ? TimeSpan.FromMinutes(1) : TimeSpan.FromSeconds(Math.Clamp(staleAge.TotalSeconds / 2, 0.1, 3600));
        _heartbeat = new Timer(_ => Beat(), null, interval, interval);
    }

    /// <summary>Whether the lock file is still the one that was made here: a holder that was frozen for long may have lost it.</summary>
    public bool IsHeld
    {
        get
        {
            lock (_gate)
            {
                // The open handle stays on the own file, whatever lies at the path now.
                return LockFile.TryRead(_path) is { } seen && seen.Content == _self.ToString() && seen.TouchedUtc == File.GetLastWriteTimeUtc(_file);
            }
        }
    }

    /// <summary>The holder from which the lock was taken because it was gone; it may have left things behind. Null when nobody held it.</summary>
    public LockHolder? TakenFrom { get; private init; }

    /// <summary>Takes the lock; waits as long as somebody else holds it.</summary>
    /// <param name="path">The lock file; its folder exists.</param>
    /// <param name="storage">The staleness age and this machine's name.</param>
    /// <param name="waiting">Told who holds the lock: at once, or after a second where it does not say, and again every ten seconds.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="DataManifestException">The lock file cannot be made, or one whose holder is gone cannot be removed.</exception>
    public static async Task<EntryLock> AcquireAsync(string path, StorageConfiguration storage, IProgress<LockHolder>? waiting, CancellationToken cancellationToken)
    {
        var self = new LockHolder(Environment.ProcessId, storage.HostName);
        var staleAge = storage.LockStaleAge;
        var longest = TimeSpan.FromSeconds(staleAge == Timeout.InfiniteTimeSpan ? 1 : Math.Clamp(staleAge.TotalSeconds / 10, 0.1, 1));
        var poll = FirstPoll;
        LockHolder? takenFrom = null;
        LockHolder? reported = null;
        LockFile? last = null;
        LockFile? refusedFor = null;
        var (reportedAt, unchangedSince) = (0L, Stopwatch.GetTimestamp());
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (TryCreate(path, self, staleAge, takenFrom) is { } created)
            {
                return created;
            }

            RequireNothingElse(path);
            var seen = LockFile.TryRead(path);
            unchangedSince = seen == last ? unchangedSince : Stopwatch.GetTimestamp();
            last = seen;
            var unchanged = Stopwatch.GetElapsedTime(unchangedSince);
            if (seen is not null && seen.IsStale(staleAge, storage.HostName, unchanged))
            {
                if (StaleLock.TryRemove(path, seen, out var refused))
                {
                    takenFrom = seen.Holder;
                    continue;
                }

                if (refused is not null && refusedFor == seen)
                {
                    throw NotWritable(path, refused, $", which {seen.Holder.Description} left behind, cannot be removed");
                }

                refusedFor = refused is null ? null : seen;
            }
            else if ((seen?.Holder ?? Nobody) is var holder && (holder.ProcessId > 0 || unchanged > Wondering) && (reported != holder || Environment.TickCount64 - reportedAt >= ReportInterval))
            {
                reportedAt = Environment.TickCount64;
                waiting?.Report(reported = holder);
            }

            await Task.Delay(poll, cancellationToken).ConfigureAwait(false);
            poll = poll * 2 < longest ? poll * 2 : longest;
        }
    }

    /// <summary>Releases the lock; a lock that somebody else holds by now stays.</summary>
    public async ValueTask DisposeAsync()
    {
        await _heartbeat.DisposeAsync().ConfigureAwait(false);
        if (IsHeld)
        {
            // Opened with FileShare.Delete, so that this works on Windows too, and nobody can take the path in between.
            TryDelete(_path);
        }

        _file.Dispose();
    }

    private static EntryLock? TryCreate(string path, LockHolder self, TimeSpan staleAge, LockHolder? takenFrom)
    {
        SafeFileHandle file;
        try
        {
            file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (IOException) when (Path.Exists(path))
        {
            return null;
        }
        catch (UnauthorizedAccessException) when (OperatingSystem.IsWindows() && Path.Exists(path))
        {
            return null; // Windows: the file is being deleted by the one who releases it.
        }
        catch (IOException e) when (e is not DirectoryNotFoundException && Directory.Exists(Path.GetDirectoryName(path)) && IsAlreadyThere(e))
        {
            return null; // It was there, and is gone again.
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw NotWritable(path, e);
        }

        try
        {
            RandomAccess.Write(file, Encoding.UTF8.GetBytes(self.ToString()), 0);
        }
        catch (IOException e)
        {
            // A full disk takes the name and not the content; an empty lock would hold up everybody for the staleness age.
            TryDelete(path);
            file.Dispose();
            throw NotWritable(path, e);
        }

        return new EntryLock(path, file, self, staleAge) { TakenFrom = takenFrom };
    }

    /// <summary>What has the lock's name and is none would be waited for for ever, or be taken for a stale one and removed.</summary>
    private static void RequireNothingElse(string path)
    {
        var what = Directory.Exists(path) ? "a folder" : new FileInfo(path).LinkTarget is not null ? "a link" : File.Exists(new EntryPaths(path).FileMarker) ? "a file of another dataset" : null;
        if (what is not null)
        {
            throw new DataManifestException(
                DiagnosticRules.EntryNotWritable, $"The lock '{path}' cannot be made, because {what} has this name.", "", "Move that away, or give one of the datasets another key = \"…\".");
        }
    }

    private static DataManifestException NotWritable(string path, Exception cause, string problem = " cannot be made") => new(
        DiagnosticRules.EntryNotWritable, $"The lock '{path}'{problem}: {cause.Message}", "",
        "Make the folder writable, make room, or choose another datasets folder (DATAMANIFEST_DATASETS_DIR).", cause);

    private static bool IsAlreadyThere(IOException e) => e.HResult is 17 or unchecked((int)0x80070050) or unchecked((int)0x800700B7); // EEXIST and its Windows forms

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It will be found stale: the process that it names is gone, or begins later than the lock.
        }
    }

    private void Beat()
    {
        try
        {
            lock (_gate)
            {
                File.SetLastWriteTimeUtc(_file, DateTime.UtcNow);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The volume does not take times, and then age alone must do.
        }
    }
}
