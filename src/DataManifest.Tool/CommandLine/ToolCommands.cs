using System.CommandLine;
using System.CommandLine.Help;
using DataManifest.Tool.Commands;

namespace DataManifest.Tool.CommandLine;

/// <summary>All commands of the tool.</summary>
internal static class ToolCommands
{
    private static readonly (string Name, Func<ToolSession, Command> Create)[] All =
    [
        ("init", InitCommand.Create),
        ("add", AddCommand.Create),
        ("import", ImportCommand.Create),
        ("download", DownloadCommand.Create),
        ("path", PathCommand.Create),
        ("list", ListCommand.Create),
        ("status", StatusCommand.Create),
        ("show", ShowCommand.Create),
        ("verify", VerifyCommand.Create),
        ("repair", RepairCommand.Create),
        ("update-checksums", UpdateChecksumsCommand.Create),
        ("outdated", OutdatedCommand.Create),
        ("cite", CiteCommand.Create),
        ("remove", RemoveCommand.Create),
        ("where", WhereCommand.Create),
        ("config", ConfigCommand.Create),
        ("storage", ConfigCommand.CreateStorage),
        ("refresh", RefreshCommand.Create),
        ("normalize", NormalizeCommand.Create),
        ("delete", DeleteCommand.Create),
        ("move", MoveCommand.Create),
        ("export", ExportCommand.Create),
        ("format", FormatCommand.Create),
        ("migrate", MigrateCommand.Create),
        ("doctor", DoctorCommand.Create),
        ("fetch", FetchCommand.Create),
        ("completion", CompletionCommand.Create),
    ];

    /// <summary>The root of the command line.</summary>
    /// <param name="session">What the commands work with.</param>
    /// <param name="arguments">The command line: when it begins with the name of a command, no other is made.</param>
    public static RootCommand Root(ToolSession session, IReadOnlyList<string> arguments)
    {
        var root = new RootCommand("Declares, fetches, verifies and maintains the data that a project depends on (datasets.toml / datamanifest.toml).");
        var named = All.Where(command => arguments.Count > 0 && command.Name == arguments[0]).ToArray();
        foreach (var (_, create) in named.Length > 0 ? named : All)
        {
            root.Add(create(session));
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
}
