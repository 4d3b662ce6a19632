using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace DataManifest.Tool.CommandLine;

/// <summary>The help page of a command, with the examples that it has.</summary>
/// <param name="page">Writes the page without them.</param>
internal sealed class HelpWithExamples(HelpAction page) : SynchronousCommandLineAction
{
    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        var output = parseResult.InvocationConfiguration.Output;
        var code = page.Invoke(parseResult);
        if (parseResult.CommandResult.Command is ToolCommand { Examples: { Count: > 0 } examples })
        {
            output.WriteLine("Examples:");
            foreach (var example in examples)
            {
                output.WriteLine($"  {example}");
            }

            output.WriteLine();
        }

        return code;
    }
}
