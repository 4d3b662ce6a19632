using System.Text.RegularExpressions;
using DataManifest.Diagnostics;
using DataManifest.Manifest;
using DataManifest.Storage;

namespace DataManifest.Fetching.Commands;

/// <summary>Copies files and folders from other machines with rsync over ssh, links followed. <c>RSYNC_RSH</c> may name another ssh command.</summary>
/// <param name="remoteShell">The command that logs in, as in <c>RSYNC_RSH</c>; empty for ssh, which then asks nothing.</param>
/// <param name="runner">Runs rsync.</param>
internal sealed partial class RsyncTransport(string remoteShell, CommandRunner runner) : ITransport
{
    /// <inheritdoc/>
    public async Task<Transferred> FetchAsync(Transfer transfer, CancellationToken cancellationToken)
    {
        var (place, port) = Place(transfer.Uri);

        // rsync gives the copy the source's name; in a folder of its own it meets nothing else.
        var box = Staging.NewPartialPath(transfer.Partial);
        Directory.CreateDirectory(box);
        try
        {
            var shell = (remoteShell.Length > 0 ? remoteShell : "ssh -o BatchMode=yes") + (port.Length > 0 ? $" -p {port}" : "");
            var copy = runner.Prepare(["rsync", "-arvzLs", "--chmod=ug-s", "--timeout=300", "--", place, box + "/"], transfer, new Dictionary<string, string?> { ["RSYNC_RSH"] = shell });
            transfer.Progress(0, null);
            await copy.RunAsync(cancellationToken).ConfigureAwait(false);
            if (Directory.GetFileSystemEntries(box) is [var copied])
            {
                Staging.Move(copied, transfer.Target);
            }

            return await CommandRunner.TakeAsync(transfer, copy, SafeUrl.Of(transfer.Uri), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Staging.Delete(box);
        }
    }

    /// <summary>A URI as rsync writes it, <c>user@host:/path</c>, and its port.</summary>
    private static (string Place, string Port) Place(string uri)
    {
        var match = Authority().Match(uri.Trim());
        var path = SourceUri.TryParse(uri, out var parts) ? parts.Path : "";
        var (user, host) = (match.Groups["user"].Value, match.Groups["host"].Value);
        if (!match.Success || path.Length == 0 || user.StartsWith('-') || host.StartsWith('-'))
        {
            throw new FetchFaultException(DiagnosticRules.InvalidUri, $"The uri '{SafeUrl.Of(uri)}' does not name a host and an absolute path on it. Write ssh://user@host/path.");
        }

        return ($"{(user.Length > 0 ? user + "@" : "")}{host}:{path}", match.Groups["port"].Value);
    }

    [GeneratedRegex(@"^[a-z]+://(?:(?<user>[^/?#@:\s]+)(?::[^/?#@]*)?@)?(?<host>\[[0-9a-fA-F:.]+\]|[^/?#@:\[\]\s]+)(?::(?<port>[0-9]{1,5}))?/", RegexOptions.IgnoreCase)]
    private static partial Regex Authority();
}
