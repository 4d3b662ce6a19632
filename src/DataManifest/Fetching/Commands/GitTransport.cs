using DataManifest.Diagnostics;
using DataManifest.Manifest;

namespace DataManifest.Fetching.Commands;

/// <summary>Clones git repositories: the newest commit alone, <c>.git</c> included, without submodules. The repository decides nothing about what is run here.</summary>
/// <param name="branch">The branch or tag; empty for the repository's default.</param>
/// <param name="runner">Runs git.</param>
internal sealed class GitTransport(string branch, CommandRunner runner) : ITransport
{
    /// <summary>A question would wait for ever. The rest is set where a build runs in a hook of another repository, and would be taken for the clone's.</summary>
    private static readonly Dictionary<string, string?> Variables = new()
    {
        ["GIT_TERMINAL_PROMPT"] = "0",
        ["GCM_INTERACTIVE"] = "never",
        ["SSH_ASKPASS"] = "false",
        ["SSH_ASKPASS_REQUIRE"] = "force",
        ["GIT_DIR"] = null,
        ["GIT_WORK_TREE"] = null,
        ["GIT_INDEX_FILE"] = null,
        ["GIT_OBJECT_DIRECTORY"] = null,
        ["GIT_COMMON_DIR"] = null,
        ["GIT_NAMESPACE"] = null,
    };

    /// <inheritdoc/>
    public async Task<Transferred> FetchAsync(Transfer transfer, CancellationToken cancellationToken)
    {
        var uri = transfer.Uri.Trim();
        string[] ofBranch = branch.Length > 0 ? ["--branch", branch] : [];
        var clone = runner.Prepare(
            ["git", "-c", "core.hooksPath=/dev/null", "-c", "submodule.recurse=false", "-c", "http.lowSpeedLimit=1", "-c", "http.lowSpeedTime=60", "clone", "--depth", "1", .. ofBranch, "--", uri, transfer.Target], transfer, Variables);
        transfer.Progress(0, null);
        await clone.RunAsync(cancellationToken).ConfigureAwait(false);
        if (Directory.Exists(transfer.Target) && Directory.GetFileSystemEntries(transfer.Target) is [_])
        {
            // Git is content with a repository that has no commit yet, or whose default branch is gone.
            throw clone.Fault(DiagnosticRules.CommandMadeNothing, "cloned a repository without any file on the branch that it has by default. Declare the branch that is meant.");
        }

        if (UriCredentials.Remove(uri) is var plain && plain != uri)
        {
            // Git keeps the address in the clone, which others of the machine may read.
            await runner.Prepare(["git", "-C", transfer.Target, "config", "remote.origin.url", plain], transfer, Variables).RunAsync(cancellationToken).ConfigureAwait(false);
        }

        return await CommandRunner.TakeAsync(transfer, clone, SafeUrl.Of(uri), cancellationToken).ConfigureAwait(false);
    }
}
