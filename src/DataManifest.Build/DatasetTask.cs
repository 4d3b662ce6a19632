using System.Collections.Concurrent;
using DataManifest.Diagnostics;
using Microsoft.Build.Framework;

namespace DataManifest.Build;

/// <summary>
/// The common part of the tasks: one engine operation on one manifest, run beside the build, its lines logged from the task's own thread.
/// Nothing here asks for the current folder or writes to the console or the environment, so that tasks can share a process.
/// </summary>
public abstract class DatasetTask : Microsoft.Build.Utilities.Task, ICancelableTask, IDisposable
{
    private readonly CancellationTokenSource _cancelled = new();

    /// <summary>The manifest's absolute path.</summary>
    [Required]
    public string Manifest { get; set; } = "";

    /// <summary>The datasets to work on, by anything that finds exactly one each; none for all.</summary>
    public string[] Names { get; set; } = [];

    /// <inheritdoc />
    public void Cancel() => _cancelled.Cancel();

    /// <inheritdoc />
    public void Dispose()
    {
        _cancelled.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc />
    public override bool Execute()
    {
        try
        {
            Run(Open());
        }
        catch (OperationCanceledException) when (_cancelled.IsCancellationRequested)
        {
            return false;
        }
        catch (ManifestException unreadable)
        {
            ReportError(unreadable.Diagnostic);
        }
        catch (DataManifestException failed)
        {
            Log.LogError(null, failed.Code, null, failed.Rule.HelpLink, Manifest, 0, 0, 0, 0, "{0}", failed.Message);
        }

        return !Log.HasLoggedErrors;
    }

    /// <summary>Opens the manifest.</summary>
    private protected virtual Database Open() => Database.Open(Manifest);

    /// <summary>The task's work; what fails is logged or thrown.</summary>
    /// <param name="database">The opened manifest.</param>
    private protected abstract void Run(Database database);

    /// <summary>The datasets to work on, for an engine operation: null for all.</summary>
    private protected IReadOnlyList<string>? Selection => Names.Length > 0 ? Names : null;

    /// <summary>The datasets to work on.</summary>
    /// <param name="database">The opened manifest.</param>
    /// <exception cref="DataManifestException">A name finds no dataset, or several.</exception>
    private protected IEnumerable<Dataset> Select(Database database) => Selection?.Select(name => database[name]).Distinct() ?? database.Datasets;

    /// <summary>
    /// Waits for an engine operation. Meanwhile this node builds other projects, except for the moments in which a line is logged.
    /// </summary>
    /// <param name="operation">The operation; it writes lines for people into the collection.</param>
    private protected T Await<T>(Func<BlockingCollection<string>, CancellationToken, Task<T>> operation)
    {
        using var lines = new BlockingCollection<string>();
        var work = Task.Run(() => operation(lines, _cancelled.Token));
        var closing = work.ContinueWith(_ => lines.CompleteAdding(), TaskScheduler.Default);
        while (TakeWhileYielding(lines, out var line))
        {
            Log.LogMessage(MessageImportance.High, "{0}", line);
        }

        closing.Wait();
        return work.GetAwaiter().GetResult();
    }

    /// <summary>Logs a finding at its place in the manifest.</summary>
    /// <param name="found">The finding.</param>
    private protected void Report(ManifestDiagnostic found)
    {
        if (found.Rule.Severity == DiagnosticSeverity.Error)
        {
            ReportError(found);
        }
        else
        {
            Log.LogWarning(null, found.Rule.Code, null, found.Rule.HelpLink, Manifest, found.Start.Line, found.Start.Column, found.End.Line, found.End.Column, "{0}", found.Message);
        }
    }

    /// <summary>Logs the warnings about a manifest.</summary>
    /// <param name="database">The opened manifest.</param>
    private protected void ReportWarnings(Database database)
    {
        foreach (var found in database.Manifest.Diagnostics.Where(found => found.Rule.Severity == DiagnosticSeverity.Warning))
        {
            Report(found);
        }
    }

    /// <summary>Logs a finding as an error, whatever its rule says.</summary>
    /// <param name="found">The finding.</param>
    private protected void ReportError(ManifestDiagnostic found) =>
        Log.LogError(null, found.Rule.Code, null, found.Rule.HelpLink, Manifest, found.Start.Line, found.Start.Column, found.End.Line, found.End.Column, "{0}", found.Message);

    private bool TakeWhileYielding(BlockingCollection<string> lines, out string? line)
    {
        BuildEngine3.Yield();
        try
        {
            return lines.TryTake(out line, Timeout.Infinite);
        }
        finally
        {
            BuildEngine3.Reacquire();
        }
    }
}
