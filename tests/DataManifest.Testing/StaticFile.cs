using System.Globalization;
using System.IO.Compression;

namespace DataManifest.Testing;

/// <summary>Serves one body the way <see cref="ServeOptions"/> says.</summary>
internal static class StaticFile
{
    /// <summary>Answers one request.</summary>
    public static async Task ServeAsync(
        byte[] body, ServeOptions options, LoopbackRequest request, LoopbackResponse response, CancellationToken cancellationToken)
    {
        var sent = options.Encoding is null ? body : Encode(body, options.Encoding);
        List<(string, string)> headers = [("Content-Type", options.ContentType), .. options.Headers];
        AddIf(options.ETag is not null, "ETag", options.ETag);
        AddIf(options.LastModified is not null, "Last-Modified", options.LastModified);
        AddIf(options.Encoding is not null, "Content-Encoding", options.Encoding);
        AddIf(options.Ranges, "Accept-Ranges", "bytes");

        var (first, end) = options.Ranges ? RangeOf(request, options, sent.Length) : (0, sent.Length);
        if (first > 0 && first >= sent.Length)
        {
            AddIf(true, "Content-Range", $"bytes */{sent.Length}");
            await response.SendAsync(416, [], headers, cancellationToken);
            return;
        }

        AddIf(first > 0, "Content-Range", $"bytes {first + options.RangeSkew}-{end - 1}/{sent.Length}");
        AddIf(options.Length, "Content-Length", (end - first).ToString(CultureInfo.InvariantCulture));
        await response.WriteHeadAsync(first > 0 ? 206 : 200, headers, options.Length ? "1.1" : "1.0", cancellationToken);
        if (request.Method == "HEAD")
        {
            return;
        }

        var stop = Math.Min(end, first + Math.Min(options.CutAfter ?? int.MaxValue - first, options.StallAfter ?? int.MaxValue - first));
        for (var at = first; at < stop; at += options.ChunkSize)
        {
            await Task.Delay(options.ChunkDelay, cancellationToken);
            await response.WriteAsync(sent.AsMemory(at, Math.Min(options.ChunkSize, stop - at)), cancellationToken);
        }

        if (stop < end && options.StallAfter is not null)
        {
            await LoopbackResponse.StallAsync(cancellationToken);
        }
        else if (stop < end)
        {
            response.Close();
        }

        void AddIf(bool condition, string name, string? value)
        {
            if (condition)
            {
                headers.Add((name, value!));
            }
        }
    }

    private static (int First, int End) RangeOf(LoopbackRequest request, ServeOptions options, int length)
    {
        var condition = request.Header("If-Range");
        var current = condition is null || condition == options.ETag || condition == options.LastModified || options.IgnoresIfRange;
        if (request.Header("Range") is not { } range || !current)
        {
            return (0, length);
        }

        var ends = range["bytes=".Length..].Split('-');
        return (int.Parse(ends[0], CultureInfo.InvariantCulture), ends[1].Length == 0 ? length : Math.Min(length, int.Parse(ends[1], CultureInfo.InvariantCulture) + 1));
    }

    private static byte[] Encode(byte[] body, string encoding)
    {
        using var target = new MemoryStream();
        using (Stream encoder = encoding switch
        {
            "gzip" => new GZipStream(target, CompressionLevel.Fastest),
            "deflate" => new ZLibStream(target, CompressionLevel.Fastest),
            "br" => new BrotliStream(target, CompressionLevel.Fastest),
            _ => throw new ArgumentException($"no such coding: {encoding}", nameof(encoding)),
        })
        {
            encoder.Write(body);
        }

        return target.ToArray();
    }
}
