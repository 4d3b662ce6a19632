using DataManifest.Fetching;
using Spectre.Console;

namespace DataManifest.Tool.Output;

/// <summary>Progress for people: a bar per dataset with rate and remaining time, gone when all is done.</summary>
internal sealed class ProgressBars : IProgress<FetchProgress>
{
    private readonly Dictionary<string, ProgressTask> _tasks = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private readonly ProgressContext _context;
    private readonly IAnsiConsole _console;

    private ProgressBars(ProgressContext context, IAnsiConsole console) => (_context, _console) = (context, console);

    /// <summary>Runs an operation and shows its progress.</summary>
    /// <typeparam name="T">What the operation gives.</typeparam>
    /// <param name="output">The terminal.</param>
    /// <param name="operation">The operation.</param>
    /// <returns>What it gave.</returns>
    public static Task<T> ShowAsync<T>(TextWriter output, Func<IProgress<FetchProgress>, Task<T>> operation)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.Yes, Out = new AnsiConsoleOutput(output) });
        return console.Progress()
            .AutoClear(true)
            .HideCompleted(true)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new DownloadedColumn(), new TransferSpeedColumn(), new RemainingTimeColumn())
            .StartAsync(context => operation(new ProgressBars(context, console)));
    }

    /// <inheritdoc/>
    public void Report(FetchProgress value)
    {
        lock (_gate)
        {
            if (value.Output.Length > 0)
            {
                _console.MarkupLineInterpolated($"[dim]{ControlCharacters.MakeVisible(value.Dataset)}: {ControlCharacters.MakeVisible(value.Output)}[/]");
                return;
            }

            if (value.Phase == FetchPhase.Finished)
            {
                if (_tasks.Remove(value.Dataset, out var finished))
                {
                    finished.StopTask();
                }

                return;
            }

            if (!_tasks.TryGetValue(value.Dataset, out var task))
            {
                _tasks.Add(value.Dataset, task = _context.AddTask(Visible(value.Dataset)));
            }

            var doing = value.Phase switch
            {
                FetchPhase.Waiting => $"waiting for {value.Source}",
                FetchPhase.Extracting => "unpacking",
                FetchPhase.Copying => "copying",
                FetchPhase.Verifying => "verifying",
                _ => value.Source,
            };
            task.Description = $"{Visible(value.Dataset)} [dim]{Visible(doing)}[/]";
            task.IsIndeterminate = value.Total is null;
            task.MaxValue = value.Total ?? Math.Max(1, value.Bytes);
            task.Value = value.Bytes;
        }
    }

    private static string Visible(string text) => Markup.Escape(ControlCharacters.MakeVisible(text));
}
