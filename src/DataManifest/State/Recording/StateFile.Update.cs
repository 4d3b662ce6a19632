using DataManifest.Diagnostics;
using DataManifest.Storage;
using DataManifest.Text;
using DataManifest.Toml;

namespace DataManifest.State;

/// <content>Writing.</content>
internal sealed partial class StateFile
{
    private const int MaxCollisions = 10;

    /// <summary>How long a writer waits for another one; then it does without the record.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    /// <summary>Why something could not be written down, for <see cref="NotRecorded"/>.</summary>
    public static string HeldTooLong => $"another process has held its lock for more than {LongestWait.TotalSeconds:0} s";

    /// <summary>A path as it is recorded: relative, with slashes, when it lies in <see cref="Folder"/>.</summary>
    /// <param name="path">The path, absolute.</param>
    public string Portable(string path)
    {
        var normal = storage.Normalize(path);
        return storage.ProjectRoot.Length > 0 && StoragePath.IsBelowOrEqual(normal, Folder) ? Path.GetRelativePath(Folder, normal).Replace('\\', '/') : normal;
    }

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

            var target = FileLink.TargetOf(FilePath);
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
                File.Copy(FilePath, FreeName(FileLink.TargetOf(FilePath) + ".damaged"));
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
}
