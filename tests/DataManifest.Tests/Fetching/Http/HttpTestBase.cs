using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using DataManifest.Diagnostics;
using DataManifest.Fetching.Http;
using DataManifest.Hashing;
using DataManifest.Storage;

namespace DataManifest.Fetching;

/// <summary>A server, a folder to fetch into, and a clock on which nobody waits.</summary>
public abstract class HttpTestBase : IDisposable
{
    private protected static readonly byte[] Body = RandomNumberGenerator.GetBytes(3_000_000);
    private protected static readonly Checksum BodyDigest = DigestOf(Body);

    public TestContext TestContext { get; set; } = null!;

    private protected ScratchFolder Folder { get; } = new();

    private protected LoopbackServer Server { get; } = LoopbackServer.Start();

    private protected InstantTime Time { get; } = new();

    private protected string Target => Folder["data"];

    private protected string Partial => Folder["data.tmp.download"];

    public void Dispose()
    {
        Folder.Dispose();
        Server.DisposeAsync().AsTask().Wait(TimeSpan.FromSeconds(10));
        GC.SuppressFinalize(this);
    }

    private protected static Checksum DigestOf(byte[] bytes) => new("sha256", Convert.ToHexString(SHA256.HashData(bytes)).ToLowerInvariant());

    private protected void Serve(string path, params ServeOptions[] answers) =>
        Server.On(path, [.. answers.Select(options => LoopbackServer.Static(Body, options))]);

    private protected void Redirect(string path, string location) =>
        Server.On(path, (_, response, token) => response.SendAsync(302, headers: [("Location", location)], cancellationToken: token));

    private protected void LeavePartial(string path, byte[] content, string validator, long total)
    {
        File.WriteAllBytes(Partial, content);
        var source = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(Server.Url(path))));
        File.WriteAllText(Partial + ".resume", $"{source}\n{validator}\n{total}\n");
    }

    private protected Transfer NewTransfer(string url, Checksum? expected, string format) => new(url, Target, Partial, "sha256", expected, format);

    private protected Task<Transferred> FetchAsync(string path, Checksum? expected = null, string format = "bin", HttpOptions? options = null) =>
        FetchUrlAsync(Server.Url(path), expected, format, options);

    private protected async Task<Transferred> FetchUrlAsync(string url, Checksum? expected = null, string format = "bin", HttpOptions? options = null)
    {
        using var transport = new HttpTransport(options ?? new HttpOptions { Time = Time });
        return await transport.FetchAsync(NewTransfer(url, expected, format), TestContext.CancellationToken);
    }

    private protected Task<FetchFaultException> FailsAsync(string path, DiagnosticRule rule, HttpOptions? options = null, string format = "bin") =>
        FailsUrlAsync(Server.Url(path), rule, options, format);

    private protected async Task<FetchFaultException> FailsUrlAsync(string url, DiagnosticRule rule, HttpOptions? options = null, string format = "bin")
    {
        var fault = await Assert.ThrowsExactlyAsync<FetchFaultException>(() => FetchUrlAsync(url, null, format, options));
        Assert.AreEqual(rule, fault.Rule, fault.Message);
        Assert.IsFalse(File.Exists(Target));
        return fault;
    }
}
