using System.Collections.Concurrent;
using System.Diagnostics;
using System.IO.Enumeration;
using DataManifest.Diagnostics;
using DataManifest.Storage;
using Microsoft.Build.Framework;
using TaskItem = Microsoft.Build.Utilities.TaskItem;

namespace DataManifest.Build;

/// <summary>
/// The common part of the tasks: one engine operation on one manifest, run beside the build, its lines logged from the task's own thread.
/// Nothing here asks for the current folder or writes to the console or the environment, so that tasks can share a process.
/// </summary>
public abstract class DatasetTask : Microsoft.Build.Utilities.Task, ICancelableTask, IDisposable
{
    /// <summary>What stands for every dataset where one has to be named.</summary>
    private const string All = "*";

    private readonly CancellationTokenSource _cancelled = new();
    private long _cancelledAt;

    /// <summary>The manifest's absolute path; a task without one fails.</summary>
    public string Manifest { get; set; } = "";

    /// <summary>The folder that the manifest's relative paths hang on; empty for the manifest's own.</summary>
    public string Root { get; set; } = "";

    /// <summary>The datasets to work on, by anything that finds exactly one each, or by patterns with asterisks; none for all.</summary>
    public string[] Names { get; set; } = [];

    /// <summary>Further names, which must find a dataset each that is not worked on.</summary>
    public string[] OnlyNamed { get; set; } = [];

    /// <summary>Whether no names mean no datasets, instead of all.</summary>
    public bool IsSelection { get; set; }

    /// <summary>Whether some of the names may be those of another manifest's datasets: what finds nothing here is left out.</summary>
    public bool NamesOfSeveral { get; set; }

    /// <summary>
    /// Fields of the storage configuration that the project sets, a line <c>name=value</c> each. They stand in for the <c>DATAMANIFEST_*</c> variables that are not set.
    /// </summary>
    public string Storage { get; set; } = "";

    /// <summary>Those of the names that find a dataset in this manifest.</summary>
    [Output]
    public ITaskItem[] Found { get; private set; } = [];

    /// <inheritdoc />
    public void Cancel()
    {
        _cancelledAt = Stopwatch.GetTimestamp();
        _cancelled.Cancel();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _cancelled.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc />
    public override bool Execute()
    {
        if (Manifest.Length == 0)
        {
            // Not [Required]: a task for several manifests has a list of them instead.
            Log.LogError("The task {0} was not given a value for the parameter \"Manifest\".", GetType().Name);
            return false;
        }

        try
        {
            var database = Open();
            Narrow(database);
            Run(database);
        }
        catch (Exception stopped) when (_cancelled.IsCancellationRequested && stopped is not DataManifestException)
        {
            // The operation's own word, or that of MSBuild, which gives a cancelled task no turn.
            Log.LogMessage(MessageImportance.Normal, "  {0}: cancelled, and ended {1:0} ms later. ({2}: {3})",
                Path.GetFileName(Manifest), Stopwatch.GetElapsedTime(_cancelledAt).TotalMilliseconds, stopped.GetType().Name, stopped.Message);
            return false;
        }
        catch (ManifestException unreadable)
        {
            ReportError(unreadable.Diagnostic, unreadable.Path);
        }
        catch (DataManifestException failed)
        {
            Log.LogError(null, failed.Code, null, failed.Rule.HelpLink, Manifest, 0, 0, 0, 0, "{0}", failed.Rule == DiagnosticRules.DatasetNotFound ? $"{failed.Message} {NamedBy}" : failed.Message);
        }

        return !Log.HasLoggedErrors;
    }

    /// <summary>Where a name that finds nothing is written, which is not in the manifest: a sentence.</summary>
    private protected virtual string NamedBy => "The property DataSet names it.";

    /// <summary>Opens the manifest.</summary>
    private protected virtual Database Open() => Database.Open(Manifest, Options());

    /// <summary>How the manifest is opened.</summary>
    private protected DatabaseOptions Options() => new() { ProjectRoot = Root.Length > 0 ? Root : null, Host = HostEnvironment.Capture().WithStorage(StorageFields()) };

    private IEnumerable<KeyValuePair<string, string>> StorageFields() =>
        Storage.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(field => field.Split('=', 2)).Select(parts => new KeyValuePair<string, string>(parts[0], parts[^1]));

    /// <summary>The task's work; what fails is logged or thrown.</summary>
    /// <param name="database">The opened manifest.</param>
    private protected abstract void Run(Database database);

    /// <summary>The datasets to work on, for an engine operation: null for all.</summary>
    private protected IReadOnlyList<string>? Selection => IsSelection ? Names : null;

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
        try
        {
            while (TakeWhileYielding(lines, out var line))
            {
                Log.LogMessage(MessageImportance.High, "{0}", line);
            }
        }
        finally
        {
            // Whatever ends this, the task does not end before the operation, which has locks to release.
            closing.Wait();
        }

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
    /// <param name="file">The file that it is in; empty for the task's manifest.</param>
    private protected void ReportError(ManifestDiagnostic found, string file = "") =>
        Log.LogError(null, found.Rule.Code, null, found.Rule.HelpLink, file.Length > 0 ? file : Manifest, found.Start.Line, found.Start.Column, found.End.Line, found.End.Column, "{0}", found.Message);

    /// <summary>Logs what did not keep an engine operation from its end.</summary>
    /// <param name="diagnostics">What it was.</param>
    private protected void Warn(IEnumerable<StorageDiagnostic> diagnostics)
    {
        foreach (var found in diagnostics)
        {
            Log.LogWarning(null, found.Rule.Code, null, found.Rule.HelpLink, found.File, found.Position.Line, found.Position.Column, 0, 0, "{0}", found.Message);
        }
    }

    /// <summary>Leaves of the names those that concern this manifest, and puts the datasets that they match in the place of patterns.</summary>
    private void Narrow(Database database)
    {
        IsSelection |= Names.Length > 0;
        if (NamesOfSeveral)
        {
            Names = [.. Names.Where(name => name == All || Find(database, name).Length > 0)];
            OnlyNamed = [.. OnlyNamed.Where(name => Find(database, name).Length > 0)];
        }

        foreach (var name in OnlyNamed)
        {
            _ = database[name];
        }

        Found = [.. Names.Concat(OnlyNamed).Select(name => new TaskItem(MSBuildText.Escape(name)))];
        IsSelection &= !Names.Contains(All);
        Names = IsSelection ? [.. Names.SelectMany(name => Find(database, name) is { Length: > 0 } found ? found : [name]).Distinct()] : [];
    }

    /// <summary>The name itself when it finds something; or else the names of the datasets that it matches as a pattern, in which an asterisk stands for any text.</summary>
    private static string[] Find(Database database, string name) =>
        database.Manifest.Find(name).Rule != DiagnosticRules.DatasetNotFound ? [name]
        : name.Contains('*', StringComparison.Ordinal) ? [.. database.Datasets.Select(dataset => dataset.Name).Where(known => FileSystemName.MatchesSimpleExpression(name, known, ignoreCase: false))]
        : [];

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
