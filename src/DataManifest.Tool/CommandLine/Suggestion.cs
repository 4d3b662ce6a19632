using System.CommandLine;
using System.Globalization;

namespace DataManifest.Tool.CommandLine;

/// <summary>What a shell asks for while somebody types: <c>datamanifest [suggest:POSITION] LINE</c>.</summary>
internal static class Suggestion
{
    private const string Question = "[suggest:";

    /// <summary>Whether a command line is such a question.</summary>
    /// <param name="arguments">The command line.</param>
    public static bool IsAsked(IReadOnlyList<string> arguments) => arguments.Count == 2 && arguments[0].StartsWith(Question, StringComparison.Ordinal) && arguments[0].EndsWith(']');

    /// <summary>Prints what may stand at the position, one word per line.</summary>
    /// <param name="session">What the commands work with.</param>
    /// <param name="arguments">The question.</param>
    /// <returns>The exit code.</returns>
    public static Task<int> RunAsync(ToolSession session, IReadOnlyList<string> arguments)
    {
        // The line begins with whatever the program is called in that shell.
        var line = arguments[1];
        var program = line.IndexOf(' ', StringComparison.Ordinal) is var blank and >= 0 ? blank + 1 : line.Length;
        var position = int.TryParse(arguments[0].AsSpan(Question.Length, arguments[0].Length - Question.Length - 1), CultureInfo.InvariantCulture, out var given) ? Math.Clamp(given, program, line.Length) : line.Length;
        string[] question = [$"{Question}{(position - program).ToString(CultureInfo.InvariantCulture)}]", line[program..]];
        return ToolCommands.Root(session, []).Parse(question).InvokeAsync(new InvocationConfiguration { Output = session.Console.Out.Writer, Error = session.Console.Error.Writer });
    }
}
