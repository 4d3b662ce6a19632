using DataManifest.Maintenance;
using Spectre.Console;

namespace DataManifest.Tool.Output;

/// <summary>How a manifest stands: a table on a terminal, aligned lines elsewhere.</summary>
internal static class StatusView
{
    private const int MostNames = 8;

    /// <summary>Prints it.</summary>
    /// <param name="console">Where it goes.</param>
    /// <param name="database">The opened manifest.</param>
    /// <param name="status">How it stands.</param>
    public static void Print(ToolConsole console, Database database, DatabaseStatus status)
    {
        var rows = Rows(status).ToArray();
        if (console.IsTerminal)
        {
            PrintTable(console, database, rows);
            return;
        }

        console.Out.WriteLine($"{Paths.Short(database.Manifest.Path)}: {status.Inventory.Datasets.Count} dataset{(status.Inventory.Datasets.Count == 1 ? "" : "s")}");
        foreach (var row in rows)
        {
            console.Out.WriteLine($"  {$"{row.Label,-10}  {row.Count,6}  {row.Size,10}  {row.Detail}".TrimEnd()}");
        }
    }

    private static IEnumerable<Row> Rows(DatabaseStatus status)
    {
        yield return new Row("present", status.Usable.Count, ByteSize.Format(status.DatasetBytes), "", "green");
        yield return new Row("missing", status.Missing.Count, "", Names(status.Missing, "datamanifest download"), "red");
        if (status.Incomplete.Count > 0)
        {
            yield return new Row("incomplete", status.Incomplete.Count, "", Names(status.Incomplete, "datamanifest download"), "red");
        }

        yield return new Row("unpinned", status.Unpinned.Count, "", Names(status.Unpinned, "datamanifest download"), "yellow");
        yield return new Row("dirty", status.Dirty.Count, "", Names(status.Dirty, "datamanifest refresh"), "yellow");
        if (status.Inventory.Produced.Count > 0)
        {
            yield return new Row("produced", status.Inventory.Produced.Count, ByteSize.Format(status.ProducedBytes), status.Orphans.Count > 0 ? $"{status.Orphans.Count} orphaned: datamanifest list --orphan" : "", "cyan");
        }
    }

    private static string Names(IReadOnlyList<StoredObject> objects, string remedy) => objects.Count == 0 ? ""
        : $"{string.Join(", ", objects.Take(MostNames).Select(found => found.Name))}{(objects.Count > MostNames ? ", …" : "")} ({remedy})";

    private static void PrintTable(ToolConsole console, Database database, Row[] rows)
    {
        // A title has a light grey of its own otherwise, which nobody reads on a light terminal.
        var table = new Table().RoundedBorder().Title(Visible(Paths.Short(database.Manifest.Path)), new Spectre.Console.Style(decoration: Decoration.Bold))
            .AddColumn("").AddColumn(new TableColumn("datasets").RightAligned()).AddColumn(new TableColumn("size").RightAligned()).AddColumn("");
        foreach (var row in rows)
        {
            table.AddRow($"[{(row.Count > 0 ? row.Colour : "dim")}]{row.Label}[/]", $"{row.Count}", row.Size, $"[dim]{Visible(row.Detail)}[/]");
        }

        var terminal = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.Yes, Out = new AnsiConsoleOutput(console.Out.Writer) });
        terminal.Profile.Width = console.Width;
        terminal.Write(table);
    }

    private static string Visible(string text) => Markup.Escape(ControlCharacters.MakeVisible(text));

    private sealed record Row(string Label, int Count, string Size, string Detail, string Colour);
}
