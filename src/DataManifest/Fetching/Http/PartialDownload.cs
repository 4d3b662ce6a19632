using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DataManifest.Storage;

namespace DataManifest.Fetching.Http;

/// <summary>
/// The file that a download is written to until it is complete, and beside it what proves that more bytes belong to it. While it is in use it has a
/// name of its own writer, so that two writers never share it even where locks do nothing; a writer that fails puts it back for the next one, and
/// that of a writer which was killed is put back by <see cref="Staging.Recover"/>.
/// </summary>
internal sealed class PartialDownload
{
    private readonly string _shared;
    private readonly string _source;

    private PartialDownload(string shared, Uri uri)
    {
        _shared = shared;
        _source = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(uri.AbsoluteUri)));
        Path = Staging.NewPartialPath(shared);
    }

    private const long WorthResuming = 1024 * 1024;

    /// <summary>The file while this writer has it.</summary>
    public string Path { get; }

    /// <summary>The entity tag or date that a resumed answer must have; null when the content cannot be resumed.</summary>
    public string? Validator { get; private set; }

    /// <summary>The size of the complete content; meaningful together with <see cref="Validator"/>.</summary>
    public long Total { get; private set; }

    /// <summary>Takes what an earlier writer left for this source, or begins with nothing.</summary>
    /// <param name="shared">The name under which a partial waits for its next writer.</param>
    /// <param name="uri">The source.</param>
    public static PartialDownload Claim(string shared, Uri uri)
    {
        var partial = new PartialDownload(shared, uri);
        if (TryMove(shared, partial.Path))
        {
            TryMove(SidecarOf(shared), SidecarOf(partial.Path));
            partial.ReadSidecar();
        }

        return partial;
    }

    /// <summary>Notes, before the first byte is written, what a resumed answer must have.</summary>
    /// <param name="validator">The entity tag or date; null for content that cannot be resumed.</param>
    /// <param name="total">The size of the complete content.</param>
    public void Remember(string? validator, long total)
    {
        (Validator, Total) = (total < WorthResuming ? null : validator, total);
        if (Validator is null)
        {
            File.Delete(SidecarOf(Path));
        }
        else
        {
            File.WriteAllText(SidecarOf(Path), string.Create(CultureInfo.InvariantCulture, $"{_source}\n{validator}\n{total}\n"));
        }
    }

    /// <summary>Makes the complete file the target.</summary>
    /// <param name="target">Its path.</param>
    public void Complete(string target)
    {
        File.Move(Path, target, overwrite: true);
        Discard();
    }

    /// <summary>Removes everything, this writer's and what waits for the next one.</summary>
    public void Discard()
    {
        Remember(null, 0);
        File.Delete(Path);
        Delete(_shared);
    }

    /// <summary>Removes what waits under a name for its next writer, if anything does.</summary>
    /// <param name="shared">The name.</param>
    public static void Delete(string shared)
    {
        File.Delete(SidecarOf(shared));
        File.Delete(shared);
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
        var lines = File.Exists(SidecarOf(Path)) ? File.ReadAllLines(SidecarOf(Path)) : [];
        if (lines.Length == 3 && lines[0] == _source && long.TryParse(lines[2], CultureInfo.InvariantCulture, out var total))
        {
            (Validator, Total) = (lines[1], total);
        }
        else
        {
            File.Delete(Path);
            File.Delete(SidecarOf(Path));
        }
    }

    private static string SidecarOf(string path) => path + Staging.ProofSuffix;

    private static bool TryMove(string from, string to)
    {
        try
        {
            File.Move(from, to);
            return true;
        }
        catch (IOException)
        {
            // Not there, or another writer was first.
            return false;
        }
    }
}
