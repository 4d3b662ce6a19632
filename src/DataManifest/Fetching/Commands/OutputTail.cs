using System.Text;

namespace DataManifest.Fetching.Commands;

/// <summary>Passes the lines of a program's output on and keeps the last ones for an error message. Thread-safe.</summary>
/// <param name="secrets">What is left out.</param>
/// <param name="told">Told each line, without secrets.</param>
internal sealed class OutputTail(CommandSecrets secrets, Action<string> told)
{
    private const int Lines = 12;
    private const int LongestLine = 400;

    private readonly Queue<string> _last = new();

    /// <summary>The last lines, one after the other.</summary>
    public string Text
    {
        get
        {
            lock (_last)
            {
                return string.Join(" | ", _last);
            }
        }
    }

    /// <summary>Reads one stream to its end. A line without end does not fill the memory.</summary>
    /// <param name="reader">The stream.</param>
    public async Task ReadAsync(StreamReader reader)
    {
        var line = new StringBuilder();
        var buffer = new char[4096];
        try
        {
            for (int read; (read = await reader.ReadAsync(buffer).ConfigureAwait(false)) > 0;)
            {
                foreach (var c in buffer.AsSpan(0, read))
                {
                    if (c is '\n' or '\r')
                    {
                        Add(line);
                    }
                    else if (line.Length < LongestLine)
                    {
                        line.Append(c);
                    }
                }
            }
        }
        catch (Exception closed) when (closed is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The program was ended; what it wrote until then is known.
        }

        Add(line);
    }

    private void Add(StringBuilder line)
    {
        var text = secrets.Mask(line.ToString()).Trim();
        line.Clear();
        if (text.Length == 0)
        {
            return;
        }

        lock (_last)
        {
            _last.Enqueue(text);
            if (_last.Count > Lines)
            {
                _last.Dequeue();
            }
        }

        told(text);
    }
}
