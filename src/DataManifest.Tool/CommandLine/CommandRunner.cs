using System.CommandLine;
using DataManifest.Diagnostics;
using DataManifest.Tool.Commands;
using DataManifest.Tool.Output;

namespace DataManifest.Tool.CommandLine;

/// <summary>Reads a command line, runs its command, and turns whatever comes of it into messages and an exit code.</summary>
internal static class CommandRunner
{
    private static readonly TimeSpan EndWithin = TimeSpan.FromSeconds(2);

    /// <summary>Runs a command line.</summary>
    /// <param name="console">Where the command writes.</param>
    /// <param name="arguments">The command line, without the program's name.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(ToolConsole console, string[] arguments)
    {
        var session = new ToolSession(console);
        try
        {
            // Scripts call this one for each file that they open, so it does not pay for the reading of command lines.
            var exitCode = arguments is ["path", var name] && !name.StartsWith('-')
                ? PathCommand.Run(session, name)
                : await ParseAndRunAsync(session, arguments).ConfigureAwait(false);
            console.Out.Writer.Flush();
            return exitCode;
        }
        catch (OperationCanceledException)
        {
            const string Cancelled = "Cancelled. What was downloaded so far is kept for the next run.";
            console.Error.WriteLine(Cancelled);
            return End(ExitCode.Cancelled, "", Cancelled, "");
        }
        catch (DataManifestException failure)
        {
            session.Messages.Tell(failure, session.Database);
            return End(failure.Rule == DiagnosticRules.CommandLineInvalid ? ExitCode.Usage : ExitCode.Failed, failure.Code, failure.Problem, failure.Remedy);
        }
        catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException)
        {
            session.Messages.Tell(DiagnosticRules.FileNotUsable, unusable.Message);
            return End(ExitCode.Failed, DiagnosticRules.FileNotUsable.Code, unusable.Message, "");
        }
#pragma warning disable CA1031 // The last line of defence: nobody who calls a command should see a stack trace.
        catch (Exception unexpected)
#pragma warning restore CA1031
        {
            var problem = $"{unexpected.GetType().Name}: {unexpected.Message}";
            session.Messages.Tell(DiagnosticRules.UnexpectedError, problem, "This is a mistake of the tool; please report it with the output of DATAMANIFEST_TRACE=1.");
            if (Environment.GetEnvironmentVariable("DATAMANIFEST_TRACE") is { Length: > 0 })
            {
                console.Error.WriteLine(unexpected.ToString());
            }

            return End(ExitCode.Failed, DiagnosticRules.UnexpectedError.Code, problem, "");
        }

        // Who asks for JSON reads it from standard output whatever happens.
        int End(int exitCode, string code, string error, string remedy)
        {
            if (arguments.TakeWhile(argument => argument != "--").Contains("--json"))
            {
                JsonOutput.WriteError(console, code, error, remedy);
            }

            return exitCode;
        }
    }

    private static async Task<int> ParseAndRunAsync(ToolSession session, string[] arguments)
    {
        if (Suggestion.IsAsked(arguments))
        {
            return await Suggestion.RunAsync(session, arguments).ConfigureAwait(false);
        }

        var (root, line) = ListActions.Split(session, arguments) ?? (ToolCommands.Root(session, arguments), arguments);
        var parsed = root.Parse(OptionPrefixes.Expand(root, line), new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (UsageErrors.UnknownIn(parsed, line) is var unknown && (unknown is not null || parsed.Errors.Count > 0))
        {
            throw UsageErrors.Of(parsed, unknown);
        }

        return await parsed.InvokeAsync(new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = EndWithin,
            Output = session.Console.Out.Writer,
            Error = session.Console.Error.Writer,
        }).ConfigureAwait(false);
    }
}
