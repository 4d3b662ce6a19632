using DataManifest.Diagnostics;

namespace DataManifest.Fetching.Commands;

/// <summary>Runs the programs that bring data, and takes over what they leave.</summary>
/// <param name="folder">The programs' working folder: the project's root.</param>
/// <param name="timeout">How long a program may run; infinite for ever.</param>
internal sealed class CommandRunner(string folder, TimeSpan timeout)
{
    /// <summary>The programs' working folder.</summary>
    public string Folder { get; } = folder;

    /// <summary>Prepares a program.</summary>
    /// <param name="command">The program and its arguments.</param>
    /// <param name="transfer">What it is run for; is told what it writes.</param>
    /// <param name="variables">Environment variables that differ from this process's.</param>
    public ChildProcess Prepare(IReadOnlyList<string> command, Transfer transfer, IReadOnlyDictionary<string, string?>? variables = null) =>
        new(command, Folder, timeout, transfer.Output) { Variables = variables ?? new Dictionary<string, string?>() };

    /// <summary>Looks at the data that a program left at the target.</summary>
    /// <param name="transfer">What was fetched.</param>
    /// <param name="process">The program, which has ended.</param>
    /// <param name="source">Where the data came from, as it may be shown.</param>
    /// <param name="cancellationToken">Stops within one buffer.</param>
    /// <exception cref="FetchFaultException">There are none, or they are only a link to others.</exception>
    public static Task<Transferred> TakeAsync(Transfer transfer, ChildProcess process, string source, CancellationToken cancellationToken) => ProducedData.TakeAsync(
        transfer,
        source,
        () => process.Fault(DiagnosticRules.CommandMadeNothing, "ended without an error, but left no file or folder at the place that it was given ($download_path)."),
        cancellationToken);
}
