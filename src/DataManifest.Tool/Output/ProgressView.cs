using DataManifest.Fetching;

namespace DataManifest.Tool.Output;

/// <summary>Shows how far an operation is: moving bars on a terminal, a line per event elsewhere; on standard error, so that results stay clean.</summary>
internal static class ProgressView
{
    /// <summary>Runs an operation and shows its progress.</summary>
    /// <typeparam name="T">What the operation gives.</typeparam>
    /// <param name="console">Where it is shown.</param>
    /// <param name="operation">The operation.</param>
    /// <returns>What it gave.</returns>
    public static async Task<T> ShowAsync<T>(ToolConsole console, Func<IProgress<FetchProgress>, Task<T>> operation)
    {
        if (console.IsErrorTerminal)
        {
            return await ProgressBars.ShowAsync(console.Error.Writer, operation).ConfigureAwait(false);
        }

        using var lines = new ProgressLines(console.Error);
        return await operation(lines).ConfigureAwait(false);
    }
}
