using System.CommandLine;
using System.CommandLine.Parsing;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using DataManifest.Maintenance;
using DataManifest.Manifest;
using DataManifest.Tool.CommandLine;
using DataManifest.Tool.Output;

namespace DataManifest.Tool.Commands;

/// <summary>Lists datasets and produced artifacts, or does something with all that a filter leaves.</summary>
internal static class ListCommand
{
    /// <summary>Makes the command.</summary>
    /// <param name="session">What it works with.</param>
    public static Command Create(ToolSession session)
    {
        var filter = new FilterOptions();
        var bare = new Option<bool>("--bare", "--names") { Description = "Names only, one per line" };
        var fields = Parameters.List("--fields", "FIELD", $"These columns, separated by tabs: {string.Join(" ", ObjectFields.Names)}");
        fields.CompletionSources.Add([.. ObjectFields.Names]);
        fields.Validators.Add(result => RefuseUnknown(result));
        var json = Parameters.Json();
        var delete = Parameters.Switch(ListActions.Delete, "Delete what is listed; the rest of the line is for delete: --dry-run, --prune");
        var move = Parameters.Text(ListActions.Move, "DEST", "Move what is listed below DEST; the rest of the line is for move: --dry-run");
        var command = new ToolCommand(
            "list", "Lists datasets and the artifacts that programs have produced, there or not, and how the records of them agree with the disk.",
            "datamanifest list", "datamanifest list climate --missing --bare", "datamanifest list --fields name size location", "datamanifest list --older-than 90d --delete --dry-run");
        filter.AddAllTo(command);
        foreach (var option in new Option[] { bare, fields, json, delete, move })
        {
            command.Add(option);
        }

        command.SetAction(async (parsed, cancellationToken) =>
        {
            var columns = parsed.GetValue(fields) is { Length: > 0 } chosen ? chosen : null;
            var isBare = parsed.GetValue(bare);
            var isJson = parsed.GetValue(json);
            var detail = columns is null ? isBare ? InspectionDetail.None : isJson ? InspectionDetail.Size | InspectionDetail.Created : InspectionDetail.Size
                : (columns.Contains("size") ? InspectionDetail.Size : 0) | (columns.Contains("created") ? InspectionDetail.Created : 0);
            var inventory = await session.Open().InspectNowAsync(filter.Read(parsed), detail, cancellationToken).ConfigureAwait(false);
            if (isJson)
            {
                PrintJson(session.Console, inventory);
            }
            else if (columns is not null)
            {
                foreach (var found in inventory.Objects)
                {
                    session.Out.WriteLine(string.Join('\t', columns.Select(column => session.Out.Shown(ObjectFields.Of(found, column)))));
                }
            }
            else if (isBare)
            {
                foreach (var name in inventory.Objects.Select(found => found.Name).Distinct())
                {
                    session.Out.WriteLine($"{name}");
                }
            }
            else
            {
                new ObjectListing(session.Console).Print(inventory);
            }

            foreach (var warning in isBare ? [] : inventory.Warnings)
            {
                session.Messages.Tell(warning);
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static void RefuseUnknown(OptionResult fields)
    {
        if (fields.Tokens.Select(token => token.Value).FirstOrDefault(column => !ObjectFields.IsKnown(column)) is { } unknown)
        {
            var meant = Spelling.Closest(unknown, ObjectFields.Names);
            fields.AddError($"There is no column '{unknown}'; {(meant is null ? $"there are {string.Join(", ", ObjectFields.Names)}" : $"did you mean '{meant}'?")}");
        }
    }

    /// <summary>In a method of its own, so that other listings do not wait for the JSON library to be loaded.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void PrintJson(ToolConsole console, Inventory inventory) => console.WriteJson(new JsonArray([.. inventory.Objects.Select(ObjectJson.Of)]));
}
