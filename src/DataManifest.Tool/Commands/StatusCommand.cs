using System.CommandLine;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using DataManifest.Maintenance;
using DataManifest.Tool.CommandLine;
using DataManifest.Tool.Output;

namespace DataManifest.Tool.Commands;

/// <summary>Says on one screen how things stand.</summary>
internal static class StatusCommand
{
    /// <summary>Makes the command.</summary>
    /// <param name="session">What it works with.</param>
    public static Command Create(ToolSession session)
    {
        var json = Parameters.Json();
        var command = new ToolCommand(
            "status", "Says on one screen what is here, what is missing, what is not pinned, and which records disagree with the disk.",
            "datamanifest status", "datamanifest status --json") { json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var status = await session.Open().StatusNowAsync(cancellationToken).ConfigureAwait(false);
            if (parsed.GetValue(json))
            {
                PrintJson(session.Console, status);
            }
            else
            {
                StatusView.Print(session.Console, session.Open(), status);
            }

            foreach (var warning in status.Inventory.Warnings)
            {
                session.Messages.Tell(warning);
            }

            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>In a method of its own, so that the screen does not wait for the JSON library to be loaded.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void PrintJson(ToolConsole console, DatabaseStatus status) => console.WriteJson(Json(status));

    private static JsonObject Json(DatabaseStatus status) => new()
    {
        ["datasets"] = status.Inventory.Datasets.Count,
        ["datasetBytes"] = status.DatasetBytes,
        ["produced"] = status.Inventory.Produced.Count,
        ["producedBytes"] = status.ProducedBytes,
        ["present"] = Names(status.Usable),
        ["missing"] = Names(status.Missing),
        ["incomplete"] = Names(status.Incomplete),
        ["unpinned"] = Names(status.Unpinned),
        ["dirty"] = new JsonArray([.. status.Dirty.Select(found => new JsonObject { ["name"] = found.Name, ["key"] = found.StorageKey, ["state"] = ObjectFields.Dirty(found) })]),
        ["orphans"] = JsonOutput.Array(status.Orphans.Select(artifact => artifact.StorageKey)),
    };

    private static JsonArray Names(IEnumerable<StoredDataset> datasets) => JsonOutput.Array(datasets.Select(dataset => dataset.Name));
}
