using Spectre.Console;

namespace DataManifest.Tool.Output;

/// <summary>What is in a folder, as a tree that fits on a screen: upper folders are opened first, and what has no room any more is counted.</summary>
internal static class FileTreeView
{
    private const int MostRows = 30;

    /// <summary>Prints a tree.</summary>
    /// <param name="console">Where it goes; a terminal.</param>
    /// <param name="folder">The folder's absolute path.</param>
    /// <param name="files">What is in it.</param>
    public static void Print(ToolConsole console, string folder, FileTree files)
    {
        var tree = new Tree(Label(Paths.Short(folder), files));
        var room = MostRows;
        var closed = new Queue<(IHasTreeNodes Node, FileTree Content)>([(tree, files)]);
        while (room > 0 && closed.TryDequeue(out var next))
        {
            // Where not all has room, the last row says how many there are besides.
            var shown = next.Content.Entries.Count <= room ? next.Content.Entries.Count : room - 1;
            foreach (var (name, entry) in next.Content.Entries.Take(shown))
            {
                closed.Enqueue((next.Node.AddNode(Label(name, entry)), entry));
            }

            if (shown < next.Content.Entries.Count)
            {
                next.Node.AddNode($"[dim]… {next.Content.Entries.Count - shown} more[/]");
                room--;
            }

            room -= shown;
        }

        var terminal = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = console.IsTerminal ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = console.IsTerminal ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Out = new AnsiConsoleOutput(console.Out.Writer),
        });
        terminal.Profile.Width = console.Width;
        terminal.Profile.Capabilities.Unicode = true;
        terminal.Write(tree);
    }

    private static string Label(string name, FileTree content)
    {
        var count = content.Entries.Count > 0 ? $"{content.Files} file{(content.Files == 1 ? "" : "s")}, " : "";
        return $"{Markup.Escape(ControlCharacters.MakeVisible(name))} [dim]{count}{ByteSize.Format(content.Bytes)}[/]";
    }
}
