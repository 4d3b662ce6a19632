using System.CommandLine;
using System.Text.Json.Nodes;
using DataManifest.Tool.CommandLine;
using DataManifest.Tool.Output;
using DataManifest.Toml;

namespace DataManifest.Tool.Commands;

/// <summary>Prints what the manifest says of a dataset.</summary>
internal static class ShowCommand
{
    /// <summary>Makes the command.</summary>
    /// <param name="session">What it works with.</param>
    public static Command Create(ToolSession session)
    {
        var name = Parameters.Dataset();
        var json = Parameters.Json();
        var command = new ToolCommand(
            "show", "Prints every field of a dataset, and on a terminal what is in its folder.",
            "datamanifest show co2", "datamanifest show 10.5281/zenodo.1234 --json") { name, json };
        command.SetAction(parsed => Run(session, parsed.GetValue(name)!, parsed.GetValue(json)));
        return command;
    }

    private static int Run(ToolSession session, string identifier, bool asJson)
    {
        var database = session.Open();
        var dataset = database[identifier];
        if (asJson)
        {
            session.Console.WriteJson(DatasetJson.Of(database, dataset));
            return ExitCode.Done;
        }

        session.Out.WriteLine($"[{dataset.Name}]");
        foreach (var (field, value) in DatasetFields.Of(database.Manifest, dataset.Name))
        {
            session.Out.WriteLine($"{field} = {Text(value)}");
        }

        // Scripts get the family's lines and nothing else.
        if (session.Out.IsForPeople && database.Locator.Trees.Find(dataset.Declaration) is { } tree && dataset.Exists)
        {
            session.Out.WriteLine("");
            FileTreeView.Print(session.Console, dataset.Path, FileTree.Of(tree.Files));
        }

        return ExitCode.Done;
    }

    /// <summary>The family's form: quoted texts without escapes, everything that TOML and Python write alike; for reading, not for parsing.</summary>
    private static string Text(TomlValue value) => value switch
    {
        TomlString text => $"\"{text.Value}\"",
        TomlBoolean flag => flag.Value ? "true" : "false",
        TomlArray list => $"[{string.Join(", ", list.Items.Select(item => $"\"{(item is TomlString text ? text.Value : PythonText.Of(item))}\""))}]",
        _ => PythonText.Of(value),
    };
}
