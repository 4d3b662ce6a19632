using System.Text;

namespace DataManifest.Testing;

/// <summary>Reads request heads from a connection; request bodies are not expected.</summary>
internal sealed class RequestReader(Stream stream)
{
    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _filled;

    /// <summary>The next request, or null at the end of the connection.</summary>
    public async Task<LoopbackRequest?> ReadAsync(CancellationToken cancellationToken)
    {
        int end;
        while ((end = _buffer.AsSpan(0, _filled).IndexOf("\r\n\r\n"u8)) < 0)
        {
            var read = await stream.ReadAsync(_buffer.AsMemory(_filled), cancellationToken);
            if (read == 0)
            {
                return null;
            }

            _filled += read;
        }

        var lines = Encoding.Latin1.GetString(_buffer, 0, end).Split("\r\n");
        _filled -= end + 4;
        Buffer.BlockCopy(_buffer, end + 4, _buffer, 0, _filled);
        var start = lines[0].Split(' ');
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in lines.Skip(1))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            headers[line[..colon].Trim()] = line[(colon + 1)..].Trim();
        }

        return new LoopbackRequest(start[0], start[1], headers);
    }
}
