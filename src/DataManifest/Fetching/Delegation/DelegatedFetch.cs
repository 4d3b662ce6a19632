using DataManifest.Diagnostics;
using DataManifest.Fetching.Commands;
using DataManifest.Hashing;
using DataManifest.Storage;

namespace DataManifest.Fetching.Delegation;

/// <summary>
/// Has another language's tool bring a dataset to the store that both share (specification, "Cross-language fetch"), and lets it pass only with the declared
/// digest. The other tool takes the entry's lock, so it is not held here meanwhile.
/// </summary>
/// <param name="job">The dataset.</param>
/// <param name="tool">The other tool.</param>
/// <param name="manifest">The manifest.</param>
internal sealed class DelegatedFetch(FetchJob job, ForeignTool tool, Manifest.ManifestDocument manifest)
{
    /// <summary>Does it.</summary>
    /// <param name="isWrong">Whether complete data are there that must be replaced.</param>
    /// <param name="cancellationToken">Ends the other tool within 2 s.</param>
    /// <returns>Where the data are.</returns>
    /// <exception cref="FetchFaultException">The other tool failed, or brought something else.</exception>
    public async Task<string> RunAsync(bool isWrong, CancellationToken cancellationToken)
    {
        // Other tools take whatever is there for complete; and what they bring must not be mixed with it.
        var aside = await SetAsideEntry.TakeAsync(job.WriterOf(job.Entry), overwrite: isWrong, cancellationToken).ConfigureAwait(false);
        var isAccepted = false;
        try
        {
            using var copy = ManifestCopy.Of(manifest);
            var process = new ChildProcess(tool.Command(job.Dataset.Name, copy.Path), job.Context.Commands.Folder, job.Context.Request.CommandTimeout, job.Progress.Say)
            {
                Variables = job.Context.Tools.Variables(copy.Path, job.Dataset.Name),
            };
            job.Progress.Report(FetchPhase.Transferring, 0, null, tool.Name);
            await process.RunAsync(cancellationToken).ConfigureAwait(false);
            job.Source = $"the tool '{tool.Name}'";
            var path = await AcceptAsync(process, cancellationToken).ConfigureAwait(false);
            isAccepted = true;
            return path;
        }
        finally
        {
            aside?.PutBack(isAccepted);
        }
    }

    private async Task<string> AcceptAsync(ChildProcess process, CancellationToken cancellationToken)
    {
        // Nothing was at the storage path, so what is there now is what has come; a recorded place may have older data.
        var places = job.Context.Locator.Candidates(job.Declaration).Where(location => location.State != DatasetState.Missing);
        var place = places.OrderByDescending(location => location.Path == job.Entry.Target).FirstOrDefault()
            ?? throw process.Fault(DiagnosticRules.CommandMadeNothing, $"ended without an error, but the dataset is not at '{job.Entry.Target}'.");
        job.AddBytes(ProducedData.SizeOf(place.Path));
        if (place.Path == job.Entry.Target)
        {
            await new EntryCheck(job.WriterOf(job.Entry)).ConfirmAsync(RequireAsync, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await RequireAsync(place.Path, cancellationToken).ConfigureAwait(false);
        }

        return place.Path;
    }

    private async Task RequireAsync(string path, CancellationToken cancellationToken)
    {
        SpecialFile.Refuse(path);
        job.Checksum.Require(await job.Checksum.HashAsync(path, cancellationToken).ConfigureAwait(false), job.Source);
    }
}
