using System.CommandLine;
using DataManifest.Diagnostics;
using DataManifest.Manifest;

namespace DataManifest.Tool.CommandLine;

/// <summary>Finds what is wrong with a command line, and what was probably meant.</summary>
internal static class UsageErrors
{
    /// <summary>What other tools' commands are called here.</summary>
    private static readonly Dictionary<string, string[]> OtherWords = new(StringComparer.OrdinalIgnoreCase)
    {
        ["ls"] = ["list"], ["ll"] = ["list"], ["dir"] = ["list"], ["search"] = ["list"], ["find"] = ["list"],
        ["rm"] = ["remove", "delete"], ["del"] = ["remove", "delete"], ["uninstall"] = ["remove", "delete"], ["clean"] = ["delete"], ["prune"] = ["delete"], ["gc"] = ["delete"],
        ["get"] = ["download"], ["pull"] = ["download"], ["sync"] = ["download"], ["install"] = ["download"], ["restore"] = ["download"], ["checkout"] = ["download"],
        ["mv"] = ["move"], ["rename"] = ["move"], ["cp"] = ["export"], ["copy"] = ["export"],
        ["info"] = ["show"], ["inspect"] = ["show"], ["cat"] = ["show"], ["check"] = ["verify", "doctor"], ["fsck"] = ["verify", "repair"],
        ["new"] = ["init"], ["create"] = ["init", "add"], ["update"] = ["outdated", "update-checksums"], ["upgrade"] = ["outdated"], ["pin"] = ["update-checksums"], ["lock"] = ["update-checksums"],
    };

    /// <summary>
    /// The first word that nothing is known of: no command, an argument too many, or something like an option in the place of an argument, unless <c>--</c> stands
    /// before it.
    /// </summary>
    /// <param name="parsed">The command line as read.</param>
    /// <param name="line">The command line.</param>
    /// <returns>Null when everything is known.</returns>
    public static string? UnknownIn(ParseResult parsed, IReadOnlyList<string> line) => parsed.UnmatchedTokens is [var first, ..] ? first
        : parsed.CommandResult.Tokens.Select(token => token.Value).FirstOrDefault(word => word.Length > 1 && word[0] == '-' && !line.SkipWhile(each => each != "--").Contains(word));

    /// <summary>What is wrong with a command line.</summary>
    /// <param name="parsed">The command line as read.</param>
    /// <param name="unknown">The word that nothing is known of; null when something else is wrong.</param>
    public static DataManifestException Of(ParseResult parsed, string? unknown)
    {
        var command = parsed.CommandResult.Command;
        var line = string.Join(' ', Names(command));
        var problem = unknown is null ? OneLine(parsed.Errors[0].Message)
            : unknown.StartsWith('-') ? $"'{line}' has no option '{unknown}'"
            : command.Subcommands.Count > 0 ? $"There is no command '{line} {unknown}'"
            : $"'{line}' takes no further argument '{unknown}'";
        var meant = unknown is null ? null
            : command is RootCommand && OtherWords.TryGetValue(unknown, out var words) ? string.Join("' or '", words)
            : Spelling.Closest(unknown, Candidates(command, unknown));
        return new DataManifestException(
            DiagnosticRules.CommandLineInvalid,
            meant is not null ? $"{problem.TrimEnd('.')}; did you mean '{meant}'?" : problem.EndsWith('?') ? problem : problem.TrimEnd('.') + ".",
            "",
            $"See '{line} --help'.");
    }

    // The parser lists permitted values one per line; an error is one line, which a log can be searched for.
    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Replace("' '", "', '", StringComparison.Ordinal);

    private static IEnumerable<string> Candidates(Command command, string unknown) => unknown.StartsWith('-')
        ? command.Options.Where(option => !option.Hidden).SelectMany(option => option.Aliases.Prepend(option.Name))
        : command.Subcommands.Where(sub => !sub.Hidden).Select(sub => sub.Name);

    private static IEnumerable<string> Names(Command command) =>
        command is RootCommand ? ["datamanifest"] : command.Parents.OfType<Command>().Take(1).SelectMany(Names).Append(command.Name);
}
