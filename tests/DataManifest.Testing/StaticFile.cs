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

        var first = options.Ranges ? FirstByte(request, options) : 0;
        if (first > 0 && first >= sent.Length)
        {
            AddIf(true, "Content-Range", $"bytes */{sent.Length}");
            await response.SendAsync(416, [], headers, cancellationToken);
            return;
        }

        AddIf(first > 0, "Content-Range", $"bytes {first + options.RangeSkew}-{sent.Length - 1}/{sent.Length}");
        AddIf(options.Length, "Content-Length", (sent.Length - first).ToString(CultureInfo.InvariantCulture));
        await response.WriteHeadAsync(first > 0 ? 206 : 200, headers, options.Length ? "1.1" : "1.0", cancellationToken);
        if (request.Method == "HEAD")
        {
            return;
        }

        var stop = Math.Min(sent.Length, first + Math.Min(options.CutAfter ?? int.MaxValue - first, options.StallAfter ?? int.MaxValue - first));
        for (var at = first; at < stop; at += options.ChunkSize)
        {
            await Task.Delay(options.ChunkDelay, cancellationToken);
            await response.WriteAsync(sent.AsMemory(at, Math.Min(options.ChunkSize, stop - at)), cancellationToken);
        }

        if (stop < sent.Length && options.StallAfter is not null)
        {
            await LoopbackResponse.StallAsync(cancellationToken);
        }
        else if (stop < sent.Length)
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

    private static int FirstByte(LoopbackRequest request, ServeOptions options)
    {
        var range = request.Header("Range");
        var condition = request.Header("If-Range");
        var current = condition is null || condition == options.ETag || condition == options.LastModified;
        return range is not null && current ? int.Parse(range["bytes=".Length..].Split('-')[0], CultureInfo.InvariantCulture) : 0;
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
