using System.CommandLine;
using DataManifest.Tool.CommandLine;

namespace DataManifest.Tool.Commands;

/// <summary>Lists datasets.</summary>
internal static class ListCommand
{
    /// <summary>Makes the command.</summary>
    /// <param name="session">What it works with.</param>
    public static Command Create(ToolSession session)
    {
        var bare = new Option<bool>("--bare", "--names") { Description = "Names only, one per line" };
        var command = new ToolCommand("list", "Lists datasets.", "datamanifest list --bare") { bare };
        command.SetAction(parsed =>
        {
            foreach (var dataset in session.Open().Datasets)
            {
                session.Print(dataset.Name);
            }
        });
        return command;
    }
}
