using DataManifest.Diagnostics;
using DataManifest.Hashing;
using DataManifest.Manifest;
using DataManifest.Storage;

namespace DataManifest.Fetching;

/// <summary>Fetches <c>file:</c> sources, plain paths and <c>ssh:</c> addresses of this machine: a copy of a file or of a folder, which the file system may make without copying the bytes.</summary>
/// <param name="root">The folder that relative sources hang on.</param>
internal sealed class FileTransport(string root) : ITransport
{
    private const UnixFileMode Permissions = (UnixFileMode)0x1FF;

    /// <inheritdoc/>
    public async Task<Transferred> FetchAsync(Transfer transfer, CancellationToken cancellationToken)
    {
        var source = Locate(transfer.Uri);
        try
        {
            var bytes = await Task.Run(
                () => Directory.Exists(source) ? CopyFolder(source, transfer, cancellationToken)
                    : CopyFile(source, transfer.Target, done => transfer.Progress(done, null), cancellationToken),
                cancellationToken).ConfigureAwait(false);
            var checksum = transfer.Algorithm is null
                ? null
                : await ContentDigest.ComputeAsync(transfer.Target, transfer.Algorithm, cancellationToken, done => transfer.Progress(done, bytes)).ConfigureAwait(false);
            return new Transferred(bytes, checksum, source);
        }
        catch (Exception unreadable) when (unreadable is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            throw new FetchFaultException(DiagnosticRules.LocalSourceUnusable, $"'{source}' cannot be copied: {unreadable.Message} Correct the uri, or make it readable.", unreadable);
        }
        catch (IOException unwritable)
        {
            throw StoreFault.From(unwritable, transfer.Target);
        }
    }

    /// <summary>The path that a source stands for: the text as it is, or percent-decoded if only that exists.</summary>
    private string Locate(string uri)
    {
        var candidates = Candidates(uri, root);
        return Array.Find(candidates, Path.Exists)
            ?? throw new FetchFaultException(
                DiagnosticRules.LocalSourceUnusable, $"There is no '{(candidates.Length > 1 ? candidates[1] : SafeUrl.InText(uri))}' to copy. Correct the uri; relative ones begin at '{root}'.");
    }

    /// <summary>Whether there is anything that a source could stand for.</summary>
    /// <param name="uri">The source.</param>
    /// <param name="root">The folder that relative sources hang on.</param>
    public static bool Exists(string uri, string root) => Candidates(uri, root).Any(Path.Exists);

    private static string[] Candidates(string uri, string root)
    {
        _ = SourceUri.TryParse(uri, out var parts);
        var text = parts.Scheme is "file" or "ssh" or "sshfs" ? uri.Trim()[(parts.Scheme.Length + 1)..] : uri.Trim();
        text = text.StartsWith("//", StringComparison.Ordinal) ? text[Math.Max(2, text.IndexOf('/', 2) is var slash and > 0 ? slash : text.Length)..] : text;
        return [.. new[] { text, parts.Path, Uri.UnescapeDataString(parts.Path) }.Where(path => path.Length > 0 && !path.Contains('\0'))
            .Select(path => Path.GetFullPath(OperatingSystem.IsWindows() && path is ['/', _, ':', ..] ? path[1..] : path, root))];
    }

    private static long CopyFile(string source, string target, Action<long> progress, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        RefuseSpecial(source);
        var bytes = new FileInfo(source).Length;
        FileCopy.Copy(source, target, cancellationToken, progress);
        if (!OperatingSystem.IsWindows())
        {
            // A copy runs with nobody else's rights.
            File.SetUnixFileMode(target, (File.GetUnixFileMode(source) & Permissions) | UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        return new FileInfo(target).Length;
    }

    private static void RefuseSpecial(string source)
    {
        try
        {
            SpecialFile.Refuse(source);
        }
        catch (IOException special) when (special is not FileNotFoundException)
        {
            throw new FetchFaultException(DiagnosticRules.LocalSourceUnusable, special.Message, special);
        }
    }

    private static long CopyFolder(string source, Transfer transfer, CancellationToken cancellationToken)
    {
        var inside = Path.GetRelativePath(source, transfer.Target);
        if (inside != ".." && !inside.StartsWith(".." + Path.DirectorySeparatorChar, StringComparison.Ordinal) && !Path.IsPathRooted(inside))
        {
            throw new FetchFaultException(DiagnosticRules.LocalSourceUnusable, $"'{source}' contains the datasets folder, so it cannot be copied into it. Correct the uri.");
        }

        var bytes = 0L;
        var pending = new Stack<Level>([new Level(source, transfer.Target, null)]);
        while (pending.TryPop(out var folder))
        {
            Directory.CreateDirectory(folder.To);
            foreach (var entry in new DirectoryInfo(folder.From).EnumerateFileSystemInfos("*", new EnumerationOptions { AttributesToSkip = 0, IgnoreInaccessible = false }))
            {
                cancellationToken.ThrowIfCancellationRequested();
                var target = Path.Combine(folder.To, entry.Name);
                var resolved = entry.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? entry.FullName;
                if (Directory.Exists(resolved) && ((entry.LinkTarget is not null && IsSelfOrAbove(resolved, folder.From)) || folder.IsInside(resolved)))
                {
                    throw new FetchFaultException(DiagnosticRules.LocalSourceUnusable, $"'{entry.FullName}' leads back to a folder that contains it. Remove the link.");
                }

                if (Directory.Exists(resolved))
                {
                    pending.Push(new Level(resolved, target, folder));
                    continue;
                }

                var before = bytes;
                bytes += CopyFile(resolved, target, done => transfer.Progress(before + done, null), cancellationToken);
                transfer.Progress(bytes, null);
            }
        }

        return bytes;
    }

    private static bool IsSelfOrAbove(string folder, string path) =>
        path == folder || path.StartsWith(folder.TrimEnd('/') + "/", StringComparison.Ordinal);

    /// <summary>A folder that is being copied, and the way that led to it, on which links may have been.</summary>
    private sealed record Level(string From, string To, Level? Above)
    {
        public bool IsInside(string folder) => From == folder || (Above?.IsInside(folder) ?? false);
    }
}
