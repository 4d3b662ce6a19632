using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DataManifest.Storage;
using Microsoft.Win32.SafeHandles;

namespace DataManifest.Fetching.Http;

/// <summary>
/// The file that a download is written to until it is complete, and beside it what proves that more bytes belong to it. While it is in use it has a
/// name of its own writer, so that two writers never share it even where locks do nothing; a writer that fails puts it back for the next one, and
/// that of a writer which was killed is put back by <see cref="Staging.Recover"/>.
/// </summary>
internal sealed class PartialDownload
{
    private readonly string _shared;
    private readonly Lazy<string> _own;
    private readonly string _target;
    private readonly Lazy<string> _source;
    private bool _hasSidecar;
    private long? _noted;

    private PartialDownload(string shared, string target, Uri uri)
    {
        (_shared, _target) = (shared, target);
        _source = new(() => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(uri.AbsoluteUri))));
        _own = new(() => Staging.NewPartialPath(shared));
        Path = target;
    }

    /// <summary>The size in bytes from which a download is worth going on with.</summary>
    public const long WorthResuming = 1024 * 1024;
    private const long WorthNoting = 64 * 1024 * 1024;
    private const long LargestSidecar = 16 * 1024 * 1024;

    /// <summary>The file while this writer has it: the target itself, another name of this writer's own, for content that cannot be resumed.</summary>
    public string Path { get; private set; }

    /// <summary>The entity tag or date that a resumed answer must have; null when the content cannot be resumed.</summary>
    public string? Validator { get; private set; }

    /// <summary>The size of the complete content; meaningful together with <see cref="Validator"/>.</summary>
    public long Total { get; private set; }

    /// <summary>How many bytes are here without a gap that can be gone on with.</summary>
    public long Length => Validator is not null && File.Exists(Path) ? new FileInfo(Path).Length : 0;

    /// <summary>Takes what an earlier writer left for this source, or begins with nothing.</summary>
    /// <param name="shared">The name under which a partial waits for its next writer.</param>
    /// <param name="target">The name of this writer's own that the complete file gets.</param>
    /// <param name="uri">The source.</param>
    public static PartialDownload Claim(string shared, string target, Uri uri)
    {
        var partial = new PartialDownload(shared, target, uri);
        if (File.Exists(shared) && TryMove(shared, partial._own.Value))
        {
            partial.Path = partial._own.Value;
            partial._hasSidecar = TryMove(SidecarOf(shared), SidecarOf(partial.Path));
            partial.ReadSidecar();
        }

        return partial;
    }

    /// <summary>Notes, before the first byte is written, what a resumed answer must have.</summary>
    /// <param name="validator">The entity tag or date; null for content that cannot be resumed.</param>
    /// <param name="total">The size of the complete content.</param>
    public void Remember(string? validator, long total)
    {
        (Validator, Total, _noted) = (total < WorthResuming ? null : validator, total, null);
        Path = Validator is null ? _target : _own.Value;
        if (Validator is not null)
        {
            _hasSidecar = true;
            File.WriteAllText(SidecarOf(_own.Value), string.Create(CultureInfo.InvariantCulture, $"{_source.Value}\n{validator}\n{total}\n"));
        }
        else if (_hasSidecar)
        {
            _hasSidecar = false;
            File.Delete(SidecarOf(_own.Value));
            Staging.Delete(_own.Value);
        }
    }

    /// <summary>Notes that bytes are written behind a gap, before the first is: what was noted last is all that a writer who is killed leaves to the next.</summary>
    /// <param name="contiguous">How many bytes are, or are about to be, here without a gap.</param>
    public void NoteRanges(long contiguous)
    {
        if (_noted is not { } noted || contiguous - noted >= WorthNoting)
        {
            _noted = contiguous;
            File.AppendAllText(SidecarOf(_own.Value), string.Create(CultureInfo.InvariantCulture, $"{contiguous}\n"));
        }
    }

    /// <summary>Notes that the file has no gaps any more.</summary>
    /// <param name="file">The file, open; what lies behind <paramref name="contiguous"/> is cut off.</param>
    /// <param name="contiguous">How many bytes are here without a gap.</param>
    public void EndRanges(SafeFileHandle file, long contiguous)
    {
        RandomAccess.SetLength(file, contiguous);
        Remember(Validator, Total);
    }

    /// <summary>Makes the complete file the target.</summary>
    public void Complete()
    {
        if (Path != _target)
        {
            File.Move(Path, _target, overwrite: true);
            Remember(null, 0);
            Delete(_shared);
        }
    }

    /// <summary>Removes everything, this writer's and what waits for the next one.</summary>
    public void Discard()
    {
        Remember(null, 0);
        Staging.Delete(Path);
        Delete(_shared);
    }

    /// <summary>Removes what waits under a name for its next writer, if anything does.</summary>
    /// <param name="shared">The name.</param>
    public static void Delete(string shared)
    {
        Staging.Delete(SidecarOf(shared));
        Staging.Delete(shared);
    }

    /// <summary>Leaves the partial to the next writer if it can be resumed, and removes it otherwise.</summary>
    public void Release()
    {
        if (Validator is null || !File.Exists(Path))
        {
            Discard();
            return;
        }

        Staging.LeavePartial(Path, _shared);
    }

    private void ReadSidecar()
    {
        // A line that a killed writer did not finish has no end.
        var isOurs = _hasSidecar && Staging.IsLeftover(_own.Value) && Staging.IsLeftover(SidecarOf(_own.Value), LargestSidecar);
        var lines = isOurs ? File.ReadAllText(SidecarOf(_own.Value)).Split('\n')[..^1] : [];
        if (lines.Length < 3 || lines[0] != _source.Value || lines[1].Any(c => c is < ' ' or > '~') || !long.TryParse(lines[2], CultureInfo.InvariantCulture, out var total)
            || new FileInfo(_own.Value).Length > total)
        {
            File.Delete(Path);
            Remember(null, 0);
            return;
        }

        (Validator, Total) = (lines[1], total);
        if (lines.Length > 3)
        {
            using var file = File.OpenHandle(Path, FileMode.Open, FileAccess.Write);
            EndRanges(file, long.TryParse(lines[^1], CultureInfo.InvariantCulture, out var noted) ? Math.Clamp(noted, 0, RandomAccess.GetLength(file)) : 0);
        }
    }

    private static string SidecarOf(string path) => path + Staging.ProofSuffix;

    private static bool TryMove(string from, string to)
    {
        if (!File.Exists(from))
        {
            return false; // The usual case, which an exception would make a dear one.
        }

        try
        {
            File.Move(from, to);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another writer was first; or it is another user's, and where the system refuses to rename, the runtime copies.
            Staging.Delete(to);
            return false;
        }
    }
}
