using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace DataManifest.Fetching;

/// <summary>What the machine's environment decides: proxies and trusted authorities. The platform reads it once per process, so each case has one of its own.</summary>
[TestClass]
public sealed class HttpMachineTests : IDisposable
{
    private const string Host = "data.invalid";

    private readonly FetchScene _scene = new();

    public TestContext TestContext { get; set; } = null!;

    public void Dispose() => _scene.Dispose();

    [TestMethod]
    public async Task A_fetch_asks_the_proxy_that_the_environment_names()
    {
        _scene.Server.Serve($"http://{Host}/a.csv", "through the proxy");
        var output = await FetchAsync($"http://{Host}/a.csv", 0, ("http_proxy", _scene.Server.Url("")), ("HTTP_PROXY", _scene.Server.Url("")));
        StringAssert.StartsWith(output, "Fetched");
        Assert.AreEqual($"http://{Host}/a.csv", _scene.Server.Requests.Single().Path);
    }

    [TestMethod]
    [DataRow("no_proxy", "example.org,127.0.0.1")]
    [DataRow("NO_PROXY", "*")]
    [DataRow("NO_PROXY", "127.0.0.0/8")]
    public async Task A_fetch_asks_no_proxy_for_hosts_that_need_none(string variable, string hosts)
    {
        _scene.Server.Serve("/a.csv", "directly");
        StringAssert.StartsWith(
            await FetchAsync(_scene.Server.Url("/a.csv"), 0, ("http_proxy", "http://127.0.0.1:9"), (variable, hosts)), "Fetched");
        Assert.AreEqual("/a.csv", _scene.Server.Requests.Single().Path);
    }

    [TestMethod]
    public async Task A_fetch_gives_the_proxy_its_password_and_tells_nobody_else()
    {
        var proxy = _scene.Server.Url("").Replace("//", "//me:hush@", StringComparison.Ordinal);
        _scene.Server.On($"http://{Host}/a.csv", (request, response, token) => request.Header("Proxy-Authorization") is null
            ? response.SendAsync(407, null, [("Proxy-Authenticate", "Basic realm=\"x\"")], token)
            : response.SendAsync(200, "data"u8.ToArray(), cancellationToken: token));
        StringAssert.StartsWith(await FetchAsync($"http://{Host}/a.csv", 0, ("HTTP_PROXY", proxy), ("no_proxy", "example.org")), "Fetched");
        Assert.AreEqual("Basic " + Convert.ToBase64String("me:hush"u8), _scene.Server.Requests[^1].Header("Proxy-Authorization"));

        // Its tunnel leads nowhere.
        var output = await FetchAsync($"https://{Host}/b.csv", 1, ("HTTPS_PROXY", proxy));
        StringAssert.Contains(output, "proxy");
        Assert.DoesNotContain("hush", output);
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("example.org")]
    public async Task A_fetch_through_a_proxy_that_is_gone_names_it_without_its_password(string exceptions)
    {
        var output = await FetchAsync($"http://{Host}/a.csv", 1, ("http_proxy", "http://me:hush@127.0.0.1:9"), ("no_proxy", exceptions));
        StringAssert.Contains(output, "could not be downloaded through the proxy 127.0.0.1:9 in 5 attempts");
        StringAssert.Contains(output, "the proxy variables");
        Assert.DoesNotContain("hush", output);
        Assert.DoesNotContain("proxy", await FetchAsync("http://127.0.0.1:9/a.csv", 1, ("http_proxy", _scene.Server.Url("")), ("no_proxy", "127.0.0.1")));
    }

    [TestMethod]
    public async Task A_fetch_tells_that_the_proxy_wants_credentials()
    {
        _scene.Server.On($"http://{Host}/a.csv", (_, response, token) => response.SendAsync(407, null, [("Proxy-Authenticate", "Basic realm=\"x\"")], token));
        StringAssert.Contains(await FetchAsync($"http://{Host}/a.csv", 1, ("http_proxy", _scene.Server.Url(""))), "HTTP_PROXY");
    }

    [TestMethod]
    [DataRow(403)]
    [DataRow(407)]
    public async Task A_fetch_over_TLS_that_the_proxy_refuses_is_not_repeated(int status)
    {
        _scene.Server.On($"{Host}:443", (_, response, token) => response.SendAsync(status, cancellationToken: token));
        var output = await FetchAsync($"https://{Host}/a.csv", 1, ("HTTPS_PROXY", _scene.Server.Url("")));
        StringAssert.Contains(output, $"The proxy answered {status}");
        StringAssert.Contains(output, "HTTPS_PROXY");
        Assert.HasCount(1, _scene.Server.Requests);
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    public async Task A_fetch_over_TLS_goes_through_the_proxys_tunnel_and_trusts_an_authority_of_the_machines_own()
    {
        using var certificate = Certify(out var authority);
        await using var secure = LoopbackServer.Start(certificate);
        secure.Serve("/a.csv", "secret data");
        _scene.Server.On($"{Host}:443", (_, response, token) => response.TunnelAsync(secure.Port, token));
        StringAssert.StartsWith(await FetchAsync($"https://{Host}/a.csv", 0, ("https_proxy", _scene.Server.Url("")), ("SSL_CERT_FILE", authority)), "Fetched");
        Assert.AreEqual("CONNECT", _scene.Server.Requests.Single().Method);
        Assert.AreEqual(1, secure.Count("/a.csv"));
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    public async Task A_fetch_over_TLS_trusts_no_other_authority()
    {
        using var certificate = Certify(out _);
        await using var secure = LoopbackServer.Start(certificate);
        secure.Serve("/a.csv", "secret data");
        StringAssert.Contains(await FetchAsync(secure.Url("/a.csv"), 1), "is not trusted");
        Assert.IsEmpty(secure.Requests);
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    [DataRow("", 1)]
    [DataRow("plain data", 0)]
    public async Task A_redirect_from_TLS_to_an_open_connection_is_followed_only_for_data_that_are_pinned(string pinned, int exitCode)
    {
        using var certificate = Certify(out var authority);
        await using var secure = LoopbackServer.Start(certificate);
        secure.On("/a.csv", (_, response, token) => response.SendAsync(302, null, [("Location", _scene.Server.Url("/plain.csv"))], token));
        _scene.Server.Serve("/plain.csv", "plain data");
        var output = await FetchAsync(secure.Url("/a.csv"), exitCode, pinned.Length > 0 ? FetchScene.Sha256(pinned) : "", ("SSL_CERT_FILE", authority));
        StringAssert.Contains(output, exitCode == 0 ? "Fetched" : "from https to http");
        Assert.HasCount(exitCode == 0 ? 1 : 0, _scene.Server.Requests);
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    [DataRow(true)]
    [DataRow(false)]
    public async Task A_redirect_from_TLS_to_an_open_connection_carries_no_credentials(bool isInNetrc)
    {
        using var certificate = Certify(out var authority);
        await using var secure = LoopbackServer.Start(certificate);
        secure.On("/a.csv", (_, response, token) => response.SendAsync(302, null, [("Location", _scene.Server.Url("/plain.csv"))], token));
        _scene.Server.Serve("/plain.csv", "plain data");
        _scene.Folder.Write(isInNetrc ? "store/no-home/.netrc" : "unused", "machine 127.0.0.1 login me password hush\ndefault login me password hush\n");
        var uri = isInNetrc ? secure.Url("/a.csv") : secure.Url("/a.csv").Replace("//", "//me:hush@", StringComparison.Ordinal);
        await FetchAsync(uri, 0, FetchScene.Sha256("plain data"), ("SSL_CERT_FILE", authority));
        Assert.AreEqual("Basic " + Convert.ToBase64String("me:hush"u8), secure.Requests.Single().Header("Authorization"));
        Assert.IsNull(_scene.Server.Requests.Single().Header("Authorization"));
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    [DataRow(true)]
    [DataRow(false)]
    public async Task A_redirect_to_another_port_of_the_host_carries_no_credentials(bool isInNetrc)
    {
        using var certificate = Certify(out var authority);
        await using var secure = LoopbackServer.Start(certificate);
        await using var other = LoopbackServer.Start(certificate);
        secure.On("/a.csv", (_, response, token) => response.SendAsync(302, null, [("Location", other.Url("/b.csv"))], token));
        other.Serve("/b.csv", "data");
        _scene.Folder.Write(isInNetrc ? "store/no-home/.netrc" : "unused", "machine 127.0.0.1 login me password hush\n");
        await FetchAsync(isInNetrc ? secure.Url("/a.csv") : secure.Url("/a.csv").Replace("//", "//me:hush@", StringComparison.Ordinal), 0, ("SSL_CERT_FILE", authority));
        Assert.IsNotNull(secure.Requests.Single().Header("Authorization"));
        Assert.IsNull(other.Requests.Single().Header("Authorization"));
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    public async Task A_redirect_to_another_host_has_the_credentials_that_the_users_file_has_for_that_one()
    {
        using var certificate = Certify(out var authority);
        await using var secure = LoopbackServer.Start(certificate);
        _scene.Server.On("/a.csv", (_, response, token) => response.SendAsync(302, null, [("Location", $"https://{Host}/b.csv")], token));
        _scene.Server.On($"{Host}:443", (_, response, token) => response.TunnelAsync(secure.Port, token));
        secure.Serve("/b.csv", "data");
        _scene.Folder.Write("store/no-home/.netrc", $"machine {Host} login me password hush\nmachine 127.0.0.1 login other password other\n");
        await FetchAsync(_scene.Server.Url("/a.csv"), 0, ("SSL_CERT_FILE", authority), ("https_proxy", _scene.Server.Url("")));
        Assert.AreEqual("Basic " + Convert.ToBase64String("me:hush"u8), secure.Requests.Single().Header("Authorization"));
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    public async Task A_fetch_over_HTTP_2_whose_stream_is_reset_goes_on_with_the_rest()
    {
        var body = RandomNumberGenerator.GetBytes(3_000_000);
        using var certificate = Certify(out var authority);
        var asked = new ConcurrentQueue<string>();
        await using var server = await StartHttp2Async(certificate, async context =>
        {
            asked.Enqueue($"{context.Request.Protocol} {context.Request.Headers.Range}");
            var isRest = context.Request.Headers.Range.Count > 0;
            var first = isRest ? int.Parse(context.Request.Headers.Range.ToString()["bytes=".Length..^1], System.Globalization.CultureInfo.InvariantCulture) : 0;
            context.Response.StatusCode = isRest ? 206 : 200;
            context.Response.Headers.ETag = "\"v1\"";
            context.Response.Headers.ContentRange = isRest ? $"bytes {first}-{body.Length - 1}/{body.Length}" : default;
            context.Response.ContentLength = body.Length - first;
            await context.Response.Body.WriteAsync(body.AsMemory(first, isRest ? body.Length - first : 2_000_000), TestContext.CancellationToken);
            if (!isRest)
            {
                await context.Response.Body.FlushAsync(TestContext.CancellationToken);
                await Task.Delay(200, TestContext.CancellationToken);
                context.Abort();
            }
        });
        await FetchAsync(server.Urls.Single() + "/a.bin", 0, FetchScene.Sha256(body), ("SSL_CERT_FILE", authority));
        Assert.HasCount(2, asked);
        StringAssert.StartsWith(asked.Last(), "HTTP/2 bytes=");
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    public async Task A_fetch_of_many_small_files_uses_one_connection_where_the_server_offers_HTTP_2()
    {
        const int files = 200;
        using var certificate = Certify(out var authority);
        var connections = new ConcurrentDictionary<string, string>();
        await using var server = await StartHttp2Async(certificate, async context =>
        {
            connections.TryAdd(context.Connection.Id, context.Request.Protocol);
            await context.Response.WriteAsync(context.Request.Path, TestContext.CancellationToken);
        });
        var manifest = string.Concat(Enumerable.Range(0, files).Select(i => $"[d{i}]\nuri = \"{server.Urls.Single()}/f{i}\"\nchecksum = \"{FetchScene.Sha256($"/f{i}")}\"\n"));
        _scene.Folder.Write("project/datasets.toml", manifest);
        using var process = await FetchProcess.StartAsync(_scene, TestContext.CancellationToken, ("SSL_CERT_FILE", authority));
        var (exitCode, output) = await process.EndAsync(TestContext.CancellationToken);
        Assert.AreEqual(0, exitCode, output);
        Assert.AreEqual("HTTP/2", connections.Values.Distinct().Single());

        // Requests that come before the first connection has told what it can do may open another.
        Assert.IsLessThanOrEqualTo(2, connections.Count);
    }

    private async Task<WebApplication> StartHttp2Async(X509Certificate2 certificate, RequestDelegate answer)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = HttpProtocols.Http1AndHttp2;
            listen.UseHttps(certificate);
        }));
        var server = builder.Build();
        server.Run(answer);
        await server.StartAsync(TestContext.CancellationToken);
        return server;
    }

    private Task<string> FetchAsync(string uri, int exitCode, params (string, string)[] variables) => FetchAsync(uri, exitCode, "", variables);

    private async Task<string> FetchAsync(string uri, int exitCode, string checksum, params (string, string)[] variables)
    {
        _scene.Folder.Write("project/datasets.toml", $"[x]\nuri = \"{uri}\"\n" + (checksum.Length > 0 ? $"checksum = \"{checksum}\"\n" : ""));
        using var process = await FetchProcess.StartAsync(_scene, TestContext.CancellationToken, variables);
        var (code, output) = await process.EndAsync(TestContext.CancellationToken);
        Assert.AreEqual(exitCode, code, output);
        return output;
    }

    /// <summary>A certificate for the names that are used here, by an authority whose own is written to a file.</summary>
    private X509Certificate2 Certify(out string authorityFile)
    {
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var authorityRequest = new CertificateRequest("CN=Authority of a test", authorityKey, HashAlgorithmName.SHA256);
        authorityRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var authority = authorityRequest.CreateSelfSigned(DateTimeOffset.Now.AddDays(-2), DateTimeOffset.Now.AddDays(2));
        authorityFile = _scene.Folder.Write("authority.pem", authority.ExportCertificatePem());

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=" + Host, key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(Host);
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var bare = request.Create(authority, DateTimeOffset.Now.AddDays(-1), DateTimeOffset.Now.AddDays(1), [1, 2, 3]);
        using var whole = bare.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), null);
    }
}
