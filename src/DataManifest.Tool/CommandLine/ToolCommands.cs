using System.CommandLine;
using System.CommandLine.Help;
using DataManifest.Tool.Commands;

namespace DataManifest.Tool.CommandLine;

/// <summary>All commands of the tool.</summary>
internal static class ToolCommands
{
    private static readonly Entry[] All =
    [
        new("init", InitCommand.Create),
        new("add", AddCommand.Create),
        new("import", ImportCommand.Create),
        new("download", DownloadCommand.Create),
        new("path", PathCommand.Create),
        new("list", ListCommand.Create),
        new("status", StatusCommand.Create),
        new("show", ShowCommand.Create),
        new("verify", VerifyCommand.Create),
        new("repair", RepairCommand.Create),
        new("update-checksums", UpdateChecksumsCommand.Create),
        new("outdated", OutdatedCommand.Create),
        new("cite", CiteCommand.Create),
        new("remove", RemoveCommand.Create),
        new("where", WhereCommand.Create),
        new("config", ConfigCommand.Create),
        new("storage", ConfigCommand.CreateStorage),
        new("refresh", RefreshCommand.Create),
        new("normalize", NormalizeCommand.Create),
        new("delete", DeleteCommand.Create),
        new("move", MoveCommand.Create),
        new("export", ExportCommand.Create),
        new("format", FormatCommand.Create),
        new("migrate", MigrateCommand.Create),
        new("doctor", DoctorCommand.Create),
        new("fetch", FetchCommand.Create),
        new("completion", CompletionCommand.Create),
    ];

    /// <summary>The root of the command line.</summary>
    /// <param name="session">What the commands work with.</param>
    /// <param name="arguments">The command line: when it begins with the name of a command, no other is made.</param>
    public static RootCommand Root(ToolSession session, IReadOnlyList<string> arguments)
    {
        var root = new RootCommand("Declares, fetches, verifies and maintains the data that a project depends on (datasets.toml / datamanifest.toml).");
        var named = arguments.Count > 0 ? Array.FindAll(All, command => command.Name == arguments[0]) : [];
        foreach (var command in named.Length > 0 ? named : All)
        {
            root.Add(command.Create(session));
        }

        root.HelpName = "datamanifest";
        root.Options.Single(option => option is VersionOption).Action = new VersionAction();

        // The usual aliases /h and /? would take paths for help.
        var help = new HelpOption("--help", "-h");
        help.Action = new HelpWithExamples((HelpAction)help.Action!);
        root.Options.Remove(root.Options.OfType<HelpOption>().Single());
        root.Options.Add(help);
        root.SetAction(parsed => help.Action is HelpWithExamples page ? page.Invoke(parsed) : ExitCode.Done);
        return root;
    }

    /// <summary>A command by its name. A class: what generic code makes of a structure would be compiled at every start.</summary>
    private sealed record Entry(string Name, Func<ToolSession, Command> Create);
}
