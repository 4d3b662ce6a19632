using DataManifest.Bindings;
using DataManifest.Manifest;

namespace DataManifest.Fetching.Commands;

/// <summary>Runs the command that makes a dataset (specification, "shell fetcher").</summary>
/// <param name="dataset">The dataset.</param>
/// <param name="template">Its command, with variables.</param>
/// <param name="requirements">Where the datasets are that it needs.</param>
/// <param name="runner">Runs it.</param>
/// <param name="projectRoot">The project's root; empty when there is none.</param>
internal sealed class ShellTransport(DatasetDeclaration dataset, string template, Requirements requirements, CommandRunner runner, string projectRoot) : ITransport
{
    /// <inheritdoc/>
    public async Task<Transferred> FetchAsync(Transfer transfer, CancellationToken cancellationToken)
    {
        var command = Expand(transfer.Target);
        var process = runner.Prepare(command, transfer);
        transfer.Progress(0, null);
        await process.RunAsync(cancellationToken).ConfigureAwait(false);
        return await CommandRunner.TakeAsync(transfer, process, $"the command '{new CommandSecrets([template]).Mask(template)}'", cancellationToken).ConfigureAwait(false);
    }

    private IReadOnlyList<string> Expand(string downloadPath)
    {
        try
        {
            return ShellTemplate.Expand(
                template, TemplateVariables.ForCommand(dataset, projectRoot.Length > 0 ? projectRoot : null, downloadPath, requirements.Direct, requirements.All));
        }
        catch (TemplateException malformed)
        {
            throw new FetchFaultException(malformed.Rule, $"The command of dataset '{dataset.Name}' cannot be run: {malformed.Message}", malformed);
        }
    }
}
