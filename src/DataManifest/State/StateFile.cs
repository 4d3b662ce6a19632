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
internal sealed partial class StateFile(StorageConfiguration storage)
{
    private const long LargestFile = 256 * 1024 * 1024;
    private const int RecheckMilliseconds = 100;

    private static readonly string[] LegacyNames = [".datamanifest-state.toml", "cached.toml"];

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

    /// <summary>The absolute path that a record stands for; null when it stands for none.</summary>
    /// <param name="recorded">The path as it is recorded.</param>
    public string? Resolve(string recorded) =>
        recorded.Length == 0 || recorded.Contains('\0', StringComparison.Ordinal) ? null : storage.Normalize(Path.Combine(Folder, StoragePath.Native(recorded)));

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
            if (new FileInfo(FileLink.TargetOf(path)) is { Exists: true } file)
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

    private sealed record Content(StateDocument Document)
    {
        public StorageDiagnostic? Problem { get; init; }

        public bool IsText { get; init; }

        public bool NeedsWrite { get; init; }
    }

    private sealed record FileStamp(string Source, long Length, DateTime WrittenUtc);

    private sealed record Seen(Content Content, FileStamp Stamp, long Ticks);
}
