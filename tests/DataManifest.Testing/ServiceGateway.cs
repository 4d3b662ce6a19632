using System.Collections.Concurrent;
using System.Text;

namespace DataManifest.Testing;

/// <summary>Lets a server stand before all repository services: <c>https://host/path</c> is asked for as <c>/host/path</c>.</summary>
/// <param name="server">The server.</param>
public sealed class ServiceGateway(LoopbackServer server)
{
    private readonly ConcurrentDictionary<string, string> _answers = new(StringComparer.Ordinal);

    /// <summary>Answers the question for an address with a text; other queries of its path are not found.</summary>
    /// <param name="url">The service's own address, query included.</param>
    /// <param name="text">The answer.</param>
    public void Answer(string url, string text)
    {
        var uri = new Uri(url);
        var path = $"/{uri.Authority}{uri.AbsolutePath}";
        _answers[path + uri.Query] = text;
        server.On(path, (request, response, token) => _answers.TryGetValue(request.Path + request.Query, out var answer)
            ? response.SendAsync(200, Encoding.UTF8.GetBytes(answer), [("Content-Type", "application/json")], token)
            : response.SendAsync(404, "{}"u8.ToArray(), cancellationToken: token));
    }

    /// <summary>Answers every question for a record.</summary>
    /// <param name="record">The record.</param>
    public void Answer(ServiceRecord record)
    {
        foreach (var (url, text) in record.Answers)
        {
            Answer(url, text);
        }
    }
}
