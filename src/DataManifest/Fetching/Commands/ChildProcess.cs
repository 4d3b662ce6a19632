using System.Diagnostics;
using System.Text;
using DataManifest.Diagnostics;

namespace DataManifest.Fetching.Commands;

/// <summary>Runs a program to its end, without a shell and without anybody to answer its questions.</summary>
internal sealed class ChildProcess
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    private readonly CommandSecrets _secrets;
    private readonly OutputTail _tail;
    private readonly IReadOnlyList<string> _command;
    private readonly string _folder;
    private readonly TimeSpan _timeout;

    /// <summary>Prepares a program.</summary>
    /// <param name="command">The program and its arguments. A program with a folder begins at <paramref name="folder"/>, one without is looked for in <c>PATH</c>.</param>
    /// <param name="folder">The program's working folder, absolute.</param>
    /// <param name="timeout">How long it may run; infinite for ever.</param>
    /// <param name="output">Told each line that the program writes, without secrets.</param>
    public ChildProcess(IReadOnlyList<string> command, string folder, TimeSpan timeout, Action<string> output)
    {
        (_command, _folder, _timeout) = (command, folder, timeout);
        _secrets = new CommandSecrets(command);
        _tail = new OutputTail(_secrets, output);
    }

    /// <summary>Environment variables that differ from this process's; a null value removes one.</summary>
    public IReadOnlyDictionary<string, string?> Variables { get; init; } = new Dictionary<string, string?>();

    /// <summary>Runs the program; returns when it has ended without an error.</summary>
    /// <param name="cancellationToken">Kills it and all that it started, within 2 s.</param>
    /// <exception cref="FetchFaultException">It cannot be started, fails, or takes too long; the message has the end of its output.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var process = Start();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_timeout);
        process.StandardInput.Close();
        var reading = Task.WhenAll(_tail.ReadAsync(process.StandardOutput), _tail.ReadAsync(process.StandardError));
        try
        {
            await process.WaitForExitAsync(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            await KillAsync(process).ConfigureAwait(false);
            throw Fault(DiagnosticRules.CommandTooSlow, $"ran longer than {_timeout.TotalSeconds:0.#} s and was ended. Allow it more time, or correct it.");
        }
        catch (OperationCanceledException)
        {
            await KillAsync(process).ConfigureAwait(false);
            throw;
        }

        // What the program leaves running in the background may hold its output open for ever.
        await Task.WhenAny(reading, Task.Delay(Grace, cancellationToken)).ConfigureAwait(false);
        if (process.ExitCode != 0)
        {
            throw Fault(DiagnosticRules.CommandFailed, $"failed with exit code {process.ExitCode}.");
        }
    }

    /// <summary>The fault of a command that did not do what it should.</summary>
    /// <param name="rule">Which finding it is.</param>
    /// <param name="what">What is wrong with it.</param>
    public FetchFaultException Fault(DiagnosticRule rule, string what)
    {
        var tail = _tail.Text;
        return new FetchFaultException(rule, $"The command {Shown} {what}" + (tail.Length > 0 ? $" Its last output: {tail}" : " It wrote no output."));
    }

    private string Shown => "'" + string.Join(' ', _command.Select(_secrets.Mask)) + "'";

    private Process Start()
    {
        var program = ProgramPath.Find(_command[0], _folder, Variables.GetValueOrDefault("PATH"))
            ?? throw new FetchFaultException(
                DiagnosticRules.CommandNotStarted, $"The program '{_secrets.Mask(_command[0])}' of the command {Shown} is not there, or may not be run. Install it, or put its folder into PATH.");
        var start = new ProcessStartInfo(program, _command.Skip(1))
        {
            WorkingDirectory = _folder,
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (var (name, value) in Variables)
        {
            if (value is null)
            {
                start.Environment.Remove(name);
            }
            else
            {
                start.Environment[name] = value;
            }
        }

        try
        {
            return Process.Start(start)!;
        }
        catch (Exception refused) when (refused is System.ComponentModel.Win32Exception or IOException or InvalidOperationException)
        {
            throw new FetchFaultException(DiagnosticRules.CommandNotStarted, $"The command {Shown} cannot be started: {_secrets.Mask(refused.Message)}", refused);
        }
    }

    private static async Task KillAsync(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
            using var patience = new CancellationTokenSource(Grace);
            await process.WaitForExitAsync(patience.Token).ConfigureAwait(false);
        }
        catch (Exception gone) when (gone is InvalidOperationException or AggregateException or System.ComponentModel.Win32Exception or OperationCanceledException)
        {
            // It ended by itself meanwhile, or is not ours to end: nothing that it writes is read any more.
        }
    }
}
