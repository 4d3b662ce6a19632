using System.CommandLine;
using DataManifest.Maintenance;
using DataManifest.Tool.Commands;

namespace DataManifest.Tool.CommandLine;

/// <summary>
/// <c>list FILTERS --delete …</c> and <c>list FILTERS --move DEST …</c>: what stands behind the action belongs to it, so the line is read in two parts.
/// </summary>
internal static class ListActions
{
    /// <summary>The option that deletes.</summary>
    public const string Delete = "--delete";

    /// <summary>The option that moves.</summary>
    public const string Move = "--move";

    /// <summary>Takes a command line apart.</summary>
    /// <param name="session">What the action works with.</param>
    /// <param name="arguments">The command line.</param>
    /// <returns>The command of the action and its arguments; null when the line has no action.</returns>
    public static (RootCommand Root, IReadOnlyList<string> Arguments)? Split(ToolSession session, IReadOnlyList<string> arguments)
    {
        var at = 0;
        while (at < arguments.Count && !IsAction(arguments[at]))
        {
            at++;
        }

        if (at == arguments.Count || arguments[0] != "list" || arguments.Take(at).Contains("--"))
        {
            return null;
        }

        var isDelete = arguments[at] == Delete;
        var filter = new FilterOptions();
        var command = new ToolCommand("list", "Lists what a filter leaves, and deletes or moves it.");
        var action = new ToolCommand(isDelete ? Delete : Move, "What is done with what is listed.");
        filter.AddAllTo(command);
        command.Add(action);
        if (isDelete)
        {
            DeleteCommand.AddAction(session, action, parsed => ObjectSelection.Of(filter.Read(parsed)));
        }
        else
        {
            MoveCommand.AddAction(session, action, parsed => ObjectSelection.Of(filter.Read(parsed)));
        }

        var root = new RootCommand { command };
        string[] rest = arguments[at].Contains('=', StringComparison.Ordinal) ? [arguments[at][(Move.Length + 1)..]] : [];
        return (root, [.. arguments.Take(at), action.Name, .. rest, .. arguments.Skip(at + 1)]);
    }

    private static bool IsAction(string argument) => argument is Delete or Move || argument.StartsWith(Move + "=", StringComparison.Ordinal);
}
