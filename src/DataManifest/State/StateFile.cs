using DataManifest.Diagnostics;
using DataManifest.Storage;
using DataManifest.Text;
using DataManifest.Toml;

namespace DataManifest.State;

/// <summary>
/// The state file of a project, shared with the other tools of the format: it is consulted to find data and never directs a write (specification, "The state
/// file"). Reading never fails and never writes; a file that cannot be read counts as empty.
/// </summary>
/// <param name="storage">The project's root, this machine's name and the age of stale locks.</param>
internal sealed class StateFile(StorageConfiguration storage)
{
    private const long LargestFile = 256 * 1024 * 1024;
    private const int RecheckMilliseconds = 100;
    private const int MaxCollisions = 10;

    private static readonly string[] LegacyNames = [".datamanifest-state.toml", "cached.toml"];

    /// <summary>How long a writer waits for another one; then it does without the record.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    private readonly object _gate = new();
    private readonly Lazy<string> _folder = new(() => storage.ProjectRoot.Length > 0 ? storage.Normalize(storage.ProjectRoot) : storage.Normalize(storage.DatasetsDirectory));
    private volatile Seen? _seen;

    /// <summary>The folder that the file belongs to and that relative records hang on: the project's root, or without a project the datasets folder.</summary>
    /// <exception cref="DataManifestException">There is no project, and a symbol of the storage configuration stands for itself.</exception>
    public string Folder => _folder.Value;

    /// <summary>The place where the file is written, there or not.</summary>
    public string FilePath => Path.Combine(Folder, PrivateFolder.Name, "state.toml");

    /// <summary>What is recorded, at most a tenth of a second old. Not to be changed.</summary>
    public StateDocument Current => Look().Content.Document;

    /// <summary>The file that is there, which may be at one of the older places; empty when there is none.</summary>
    public string ExistingPath => Look().Stamp.Source;

    /// <summary>Why the file counts as empty; null when it could be read.</summary>
    public StorageDiagnostic? Problem => Look().Content.Problem;

    /// <summary>Why something could not be written down, for <see cref="NotRecorded"/>.</summary>
    public static string HeldTooLong => $"another process has held its lock for more than {LongestWait.TotalSeconds:0} s";

    /// <summary>A path as it is recorded: relative, with slashes, when it lies in <see cref="Folder"/>.</summary>
    /// <param name="path">The path, absolute.</param>
    public string Portable(string path)
    {
        var normal = storage.Normalize(path);
        return storage.ProjectRoot.Length > 0 && StoragePath.IsBelowOrEqual(normal, Folder) ? Path.GetRelativePath(Folder, normal).Replace('\\', '/') : normal;
    }

    /// <summary>The absolute path that a record stands for; null when it stands for none.</summary>
    /// <param name="recorded">The path as it is recorded.</param>
    public string? Resolve(string recorded) =>
        recorded.Length == 0 || recorded.Contains('\0', StringComparison.Ordinal) ? null : storage.Normalize(Path.Combine(Folder, StoragePath.Native(recorded)));

    /// <summary>
    /// Reads the file, changes it and writes it back, so that no other writer's change is lost. Nothing is written when nothing changes. What the first write
    /// finds at one of the older places moves to the present one; a file that is not TOML is kept beside the new one.
    /// </summary>
    /// <param name="change">Makes the change. It may be called several times, on newer content each time.</param>
    /// <param name="cancellationToken">Ends the waiting for other writers.</param>
    /// <returns>What a person should know, which is no reason to fail: that nothing could be recorded, or that the file was damaged. Null when all went well.</returns>
    /// <exception cref="OperationCanceledException">The caller has stopped it.</exception>
    public async Task<StorageDiagnostic?> UpdateAsync(Action<StateDocument> change, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(LongestWait);
        try
        {
            if (Apply(change).Content is { NeedsWrite: false } unchanged)
            {
                return unchanged.Problem;
            }

            var target = AtomicFile.TargetOf(FilePath);
            PrivateFolder.Create(Path.GetDirectoryName(FilePath)!);
            var held = await EntryLock.AcquireAsync(target + ".lock", storage, waiting: null, patience.Token).ConfigureAwait(false);
            await using var _ = held.ConfigureAwait(false);
            if (held.TakenFrom is not null)
            {
                Staging.Recover(new EntryPaths(target));
            }

            return Write(change);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return NotRecorded(HeldTooLong);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or DataManifestException)
        {
            return NotRecorded(e.Message);
        }
    }

    private StorageDiagnostic? Write(Action<StateDocument> change)
    {
        for (var attempt = 1; ; attempt++)
        {
            var (content, stamp) = Apply(change);
            if (!content.NeedsWrite)
            {
                return content.Problem;
            }

            if (content is { Problem: { } unreadable, IsText: false })
            {
                return NotRecorded(unreadable.Message);
            }

            // The other tools write without the lock; taking what they have written meanwhile costs no more than another look.
            var text = content.Document.ToText();
            if (attempt < MaxCollisions && Stamp() != stamp)
            {
                continue;
            }

            if (content.Problem is not null && stamp.Source == FilePath)
            {
                File.Copy(FilePath, FreeName(AtomicFile.TargetOf(FilePath) + ".damaged"));
            }

            AtomicFile.Replace(FilePath, TomlText.Encode(text));
            if (content.Problem is null && stamp.Source.Length > 0 && stamp.Source != FilePath)
            {
                File.Delete(stamp.Source);
            }

            _seen = null;
            return content.Problem;
        }
    }

    private (Content Content, FileStamp Stamp) Apply(Action<StateDocument> change)
    {
        var stamp = Stamp();
        var content = Load(stamp.Source);
        change(content.Document);
        return (content with { NeedsWrite = content.Document.IsChanged || content.Document.IsMigrated || (stamp.Source.Length > 0 && stamp.Source != FilePath) }, stamp);
    }

    private Seen Look()
    {
        if (_seen is { } recent && Environment.TickCount64 - recent.Ticks < RecheckMilliseconds)
        {
            return recent;
        }

        lock (_gate)
        {
            var stamp = Stamp();
            var content = _seen is { } known && known.Stamp == stamp ? known.Content : Load(stamp.Source);
            return _seen = new Seen(content, stamp, Environment.TickCount64);
        }
    }

    /// <summary>The file that is there, at the present place or an older one.</summary>
    private FileStamp Stamp()
    {
        foreach (var path in LegacyNames.Select(name => Path.Combine(Folder, name)).Prepend(FilePath))
        {
            if (new FileInfo(AtomicFile.TargetOf(path)) is { Exists: true } file)
            {
                return new FileStamp(path, file.Length, file.LastWriteTimeUtc);
            }
        }

        return new FileStamp("", 0, default);
    }

    private static Content Load(string file)
    {
        if (file.Length == 0)
        {
            return new Content(new StateDocument());
        }

        try
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (stream.Length > LargestFile)
            {
                return Unreadable($"It has {stream.Length} bytes, more than any state file.", new LinePosition(1, 1), isText: true);
            }

            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return new Content(StateDocument.Parse(TomlText.Decode(bytes)));
        }
        catch (TomlException e)
        {
            return Unreadable(e.Reason, e.Position, isText: true);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return new Content(new StateDocument());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Unreadable(e.Message, new LinePosition(1, 1), isText: false);
        }

        Content Unreadable(string reason, LinePosition position, bool isText) => new(new StateDocument())
        {
            Problem = new StorageDiagnostic(
                DiagnosticRules.UnreadableState,
                $"{file}({position}) counts as empty: {reason.TrimEnd('.')}. " + (isText ? "It is kept as a .damaged file when a new one is written." : "Make the file readable."),
                file,
                position),
            IsText = isText,
        };
    }

    private static string FreeName(string path) =>
        Enumerable.Range(1, int.MaxValue).Select(number => number == 1 ? path : $"{path}.{number}").First(name => !Path.Exists(name));

    /// <summary>The warning that something could not be written down.</summary>
    /// <param name="reason">Why.</param>
    public StorageDiagnostic NotRecorded(string reason) => new(
        DiagnosticRules.StateNotRecorded,
        $"Where the data are could not be recorded in '{Name}': {reason.TrimEnd('.')}. The data can be used; make the folder writable to have their places recorded.",
        Name,
        new LinePosition(1, 1));

    /// <summary>The file for messages, which must not fail where the storage configuration does.</summary>
    private string Name => _folder.IsValueCreated ? FilePath : "state.toml";

    private sealed record Content(StateDocument Document)
    {
        public StorageDiagnostic? Problem { get; init; }

        public bool IsText { get; init; }

        public bool NeedsWrite { get; init; }
    }

    private sealed record FileStamp(string Source, long Length, DateTime WrittenUtc);

    private sealed record Seen(Content Content, FileStamp Stamp, long Ticks);
}
