using System.CommandLine;
using DataManifest.Diagnostics;
using DataManifest.Storage;
using DataManifest.Tool.CommandLine;
using DataManifest.Tool.Output;
using DataManifest.Toml;

namespace DataManifest.Tool.Commands;

/// <summary>Shows and changes the storage configuration.</summary>
internal static class ConfigCommand
{
    /// <summary>Makes the command.</summary>
    /// <param name="session">What it works with.</param>
    public static Command Create(ToolSession session) => Create(session, "config");

    /// <summary>Makes the command under its older name, which other tools of the family still know.</summary>
    /// <param name="session">What it works with.</param>
    public static Command CreateStorage(ToolSession session)
    {
        var command = Create(session, "storage");
        command.Hidden = true;
        return command;
    }

    private static ToolCommand Create(ToolSession session, string name)
    {
        var json = Parameters.Json();
        var show = new ToolCommand("show", "Shows the configuration of this machine, and every rule that it comes from.", "datamanifest config show --json") { json };
        show.SetAction(parsed => Show(session, parsed.GetValue(json), name));
        var bareJson = Parameters.Json();
        var command = new ToolCommand(
            name, "Shows or changes where data are stored: for this checkout (--local, the default), for everybody (--project), or for all projects of this user (--global).",
            "datamanifest config", "datamanifest config set datasets_dir /scratch/$USER/data", "datamanifest config set datasets_dir /work/data --host 'hpc*'", "datamanifest config unset datasets_dir")
            { bareJson, show, CreateSet(session, name), CreateUnset(session, name) };
        command.SetAction(parsed => Show(session, parsed.GetValue(bareJson), name));
        return command;
    }

    private static ToolCommand CreateSet(ToolSession session, string name)
    {
        var field = new Argument<string>("FIELD") { Description = "datasets_dir, datacache_dir, datasets_pools, datacache_pools, project, canonical, lock_stale_age, default_remote, or a symbol" };
        var values = new Argument<string[]>("VALUE") { Description = "Its value, which may have symbols ($user_data_dir, $repo, $project, $USER, …); for pools any number", Arity = ArgumentArity.ZeroOrMore };
        var dryRun = Parameters.DryRun();
        var scope = new ScopeOptions();
        var command = new ToolCommand("set", "Sets a field or symbol.", "datamanifest config set datasets_pools /pool/a /pool/b --global") { field, values, dryRun };
        scope.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            WarnOfOldName(session, name);
            var (file, host, label) = scope.Read(parsed, session);
            var value = StorageField.Parse(parsed.GetValue(field)!, parsed.GetValue(values)!);
            if (!parsed.GetValue(dryRun))
            {
                await file.SetAsync(parsed.GetValue(field)!, value, host, cancellationToken).ConfigureAwait(false);
            }

            if (StorageField.Doubt(parsed.GetValue(field)!, value) is { } doubt)
            {
                session.Messages.Tell(DiagnosticRules.SettingDoubtful, doubt, $"'datamanifest config unset {parsed.GetValue(field)}' takes it back.");
            }

            session.Out.WriteLine($"{(parsed.GetValue(dryRun) ? "Would set" : "Set")} {parsed.GetValue(field)} = {PythonText.Of(value)} [{label}].");
        });
        return command;
    }

    private static ToolCommand CreateUnset(ToolSession session, string name)
    {
        var field = new Argument<string>("FIELD") { Description = "The field or symbol" };
        var dryRun = Parameters.DryRun();
        var scope = new ScopeOptions();
        var command = new ToolCommand("unset", "Removes a field or symbol.", "datamanifest config unset datasets_dir") { field, dryRun };
        scope.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            WarnOfOldName(session, name);
            var (file, host, label) = scope.Read(parsed, session);
            if (parsed.GetValue(dryRun))
            {
                session.Out.WriteLine($"Would unset {parsed.GetValue(field)} [{label}].");
                return;
            }

            session.Out.WriteLine(await file.UnsetAsync(parsed.GetValue(field)!, host, cancellationToken).ConfigureAwait(false)
                ? $"Unset {parsed.GetValue(field)} [{label}]."
                : $"Nothing to unset: {parsed.GetValue(field)} not set [{label}].");
        });
        return command;
    }

    private static int Show(ToolSession session, bool asJson, string name)
    {
        WarnOfOldName(session, name);
        ConfigurationView.Print(session.Console, session.Open(), asJson);
        return ExitCode.Done;
    }

    private static void WarnOfOldName(ToolSession session, string name)
    {
        if (name == "storage")
        {
            session.Console.Error.WriteLine("Warning: `datamanifest storage` is deprecated; use `datamanifest config`.");
        }
    }
}
