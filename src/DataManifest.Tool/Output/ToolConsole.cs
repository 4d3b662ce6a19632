using System.Text;

namespace DataManifest.Tool.Output;

/// <summary>
/// Where a command writes: results to standard output, everything else to standard error. Output is UTF-8 with LF on every system, so that scripts read the same bytes.
/// </summary>
internal sealed class ToolConsole : IDisposable
{
    private const int PipedWidth = 80;

    private readonly Func<int> _width;

    /// <summary>Makes a console.</summary>
    /// <param name="output">For results.</param>
    /// <param name="error">For messages and progress.</param>
    /// <param name="isTerminal">Whether a person sees the results as they are written.</param>
    /// <param name="isErrorTerminal">Whether a person sees the messages as they are written.</param>
    /// <param name="width">The number of columns.</param>
    public ToolConsole(TextOutput output, TextOutput error, bool isTerminal, bool isErrorTerminal, Func<int> width) =>
        (Out, Error, IsTerminal, IsErrorTerminal, _width) = (output, error, isTerminal, isErrorTerminal, width);

    /// <summary>For results.</summary>
    public TextOutput Out { get; }

    /// <summary>For messages.</summary>
    public TextOutput Error { get; }

    /// <summary>Whether results may have colours and links: they go to a terminal, and <c>NO_COLOR</c> is not set.</summary>
    public bool IsTerminal { get; }

    /// <summary>Whether messages may have colours, links and moving parts.</summary>
    public bool IsErrorTerminal { get; }

    /// <summary>The number of columns; 80 when the output is piped and <c>COLUMNS</c> is not set.</summary>
    public int Width => _width();

    /// <summary>This process's own console.</summary>
    public static ToolConsole Open()
    {
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        var mayStyle = !IsSet("NO_COLOR") && !IsSet("DATAMANIFEST_NO_COLOR") && Environment.GetEnvironmentVariable("TERM") != "dumb";
        return new ToolConsole(
            new TextOutput(new StreamWriter(Console.OpenStandardOutput(), utf8, 16 * 1024) { NewLine = "\n" }, isForPeople: !Console.IsOutputRedirected),
            new TextOutput(new StreamWriter(new MessageStream(Console.OpenStandardError()), utf8, 256) { NewLine = "\n", AutoFlush = true }, isForPeople: true),
            mayStyle && !Console.IsOutputRedirected,
            mayStyle && !Console.IsErrorRedirected,
            () => int.TryParse(Environment.GetEnvironmentVariable("COLUMNS"), out var columns) && columns > 0 ? columns
                : Console.IsOutputRedirected || Console.WindowWidth <= 0 ? PipedWidth : Console.WindowWidth);
    }

    /// <summary>Closes both; what is still buffered and cannot be written is lost.</summary>
    public void Dispose()
    {
        foreach (var output in new[] { Out, Error })
        {
            try
            {
                output.Writer.Dispose();
            }
            catch (IOException)
            {
                // Whoever wrote has flushed, and told of it.
            }
        }
    }

    private static bool IsSet(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 };
}
