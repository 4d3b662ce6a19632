using DataManifest.Diagnostics;
using DataManifest.Fetching.Http;

namespace DataManifest.Fetching;

/// <summary>Redirects as servers that log in, sign addresses or are wrongly set up send them.</summary>
[TestClass]
public sealed class HttpRedirectTests : HttpTestBase
{
    [TestMethod]
    [DataRow(301)]
    [DataRow(302)]
    [DataRow(303)]
    [DataRow(307)]
    [DataRow(308)]
    public async Task FetchAsync_follows_a_relative_address_without_its_fragment(int status)
    {
        Server.On("/a/data.bin", (_, response, token) => response.SendAsync(status, null, [("Location", "../b/x.bin?y=1#part")], token));
        Server.Serve("/b/x.bin", Body);
        Assert.AreEqual(BodyDigest, (await FetchAsync("/a/data.bin")).Checksum);
        Assert.AreEqual("?y=1", Server.Requests[1].Query);
    }

    [TestMethod]
    [DataRow(null)]
    [DataRow("")]
    [DataRow("http://[bad")]
    [DataRow("http://127.0.0.1:99999/x")]
    [DataRow("http:///x")]
    public async Task FetchAsync_of_a_redirect_to_nowhere_says_so_at_once(string? location)
    {
        Server.On("/data.bin", (_, response, token) => response.SendAsync(302, null, location is null ? [] : [("Location", location)], token));
        StringAssert.Contains((await FailsAsync("/data.bin", DiagnosticRules.BadRedirect)).Message, Server.Url("/data.bin"));
        Assert.HasCount(1, Server.Requests);
    }

    [TestMethod]
    public async Task FetchAsync_keeps_the_cookies_of_a_login_for_their_server_and_this_chain()
    {
        await using var login = LoopbackServer.Start();
        Server.On("/data.bin", (request, response, token) => request.Header("Cookie") == "session=1"
            ? response.SendAsync(200, Body, cancellationToken: token)
            : response.SendAsync(302, null, [("Location", login.Url("/login", "localhost")), ("Set-Cookie", "hint=x; Max-Age=0"), ("Set-Cookie", "=;=malformed")], token));
        login.On("/login", (_, response, token) => response.SendAsync(302, null, [("Location", Server.Url("/callback")), ("Set-Cookie", "mine=2")], token));
        Server.On("/callback", (_, response, token) => response.SendAsync(302, null, [("Location", "/data.bin"), ("Set-Cookie", "session=1; Path=/; HttpOnly")], token));
        using var transport = new HttpTransport(new HttpOptions { Time = Time });
        for (var attempt = 0; attempt < 2; attempt++)
        {
            Assert.AreEqual(BodyDigest, (await transport.FetchAsync(NewTransfer(Server.Url("/data.bin"), null, "bin"), TestContext.CancellationToken)).Checksum);
        }

        Assert.IsTrue(login.Requests.All(request => request.Header("Cookie") is null));
        CollectionAssert.AreEqual(new[] { null, null, "session=1", null, null, "session=1" }, Server.Requests.Select(request => request.Header("Cookie")).ToArray());
    }

    [TestMethod]
    public async Task FetchAsync_that_goes_on_asks_for_a_new_signature()
    {
        await using var store = LoopbackServer.Start();
        var signatures = 0;
        Server.On("/data.bin", (_, response, token) => response.SendAsync(302, null, [("Location", store.Url($"/x?sig={++signatures}"))], token));
        var whole = new ServeOptions { ETag = "\"v1\"" };
        store.On(
            "/x", LoopbackServer.Static(Body, whole with { CutAfter = 2_000_000 }),
            (request, response, token) => request.Query == "?sig=2" ? LoopbackServer.Static(Body, whole)(request, response, token) : response.SendAsync(403, cancellationToken: token));
        Assert.AreEqual(BodyDigest, (await FetchAsync("/data.bin")).Checksum);
        Assert.AreEqual(206, store.Requests[1].Status);
    }
}
