using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using DataManifest.Diagnostics;
using DataManifest.Fetching.Http;
using DataManifest.Hashing;
using DataManifest.Storage;

namespace DataManifest.Fetching;

[TestClass]
public sealed class HttpTransportTests : HttpTestBase
{
    [TestMethod]
    public async Task FetchAsync_stores_the_body_and_its_digest()
    {
        Server.Serve("/data.bin", Body);
        var done = await FetchAsync("/data.bin");
        Assert.AreEqual(BodyDigest, done.Checksum);
        Assert.AreEqual(Body.Length, done.Bytes);
        CollectionAssert.AreEqual(Body, File.ReadAllBytes(Target));
        Assert.AreEqual("identity", Server.Requests[0].Header("Accept-Encoding"));
        StringAssert.StartsWith(Server.Requests[0].Header("User-Agent"), "DataManifest.Build/");
        Assert.HasCount(1, Folder.Entries());
    }

    [TestMethod]
    [DataRow("gzip")]
    [DataRow("deflate")]
    [DataRow("br")]
    public async Task FetchAsync_decodes_a_coding_exactly_once(string coding)
    {
        var coded = new ServeOptions { Encoding = coding, ETag = "\"v1\"" };
        Serve("/data.csv", coded with { CutAfter = 1_000_000 }, coded);
        Assert.AreEqual(BodyDigest, (await FetchAsync("/data.csv", format: "csv")).Checksum);
        Assert.IsNull(Server.Requests[1].Header("Range"));
    }

    [TestMethod]
    [DataRow("gzip")]
    [DataRow("deflate")]
    [DataRow("br")]
    public async Task FetchAsync_refuses_a_coded_body_whose_end_is_missing(string coding)
    {
        Server.Serve("/whole.csv", Body, new ServeOptions { Encoding = coding });
        await FetchAsync("/whole.csv", format: "csv");
        var length = (int)Server.Requests[0].BytesSent;
        File.Delete(Target);
        foreach (var missing in new[] { 1, 2, 4, 7, 8, 9, 1000 })
        {
            Server.Serve("/data.csv", Body, new ServeOptions { Encoding = coding, Length = false, CutAfter = length - missing });
            await FailsAsync("/data.csv", DiagnosticRules.DownloadFailed, new HttpOptions { Attempts = 1, Time = Time }, "csv");
        }
    }

    [TestMethod]
    public async Task FetchAsync_of_nothing_is_an_empty_file()
    {
        Server.Serve("/empty", []);
        var done = await FetchAsync("/empty");
        Assert.AreEqual("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", done.Checksum!.Hex);
        Assert.AreEqual(0, new FileInfo(Target).Length);
    }

    [TestMethod]
    [DataRow("text/html", "<p>please sign in</p>")]
    [DataRow("application/octet-stream", "\n<!DOCTYPE html><p>please sign in</p>")]
    [DataRow("Text/HTML; charset=\"utf", "<p>please sign in</p>")]
    [DataRow("text/html, text/html", "<p>please sign in</p>")]
    [DataRow("application/octet-stream", "\uFEFF<?xml version=\"1.0\"?>\n<!-- portal -->\n<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Strict//EN\"><p>please sign in</p>")]
    [DataRow("application/octet-stream", "<!-- portal --><html><p>please sign in</p>")]
    public async Task FetchAsync_refuses_a_web_page_unless_it_is_wanted(string type, string page)
    {
        Server.Serve("/data.zip", page, new ServeOptions { ContentType = type });
        var fault = await FailsAsync("/data.zip", DiagnosticRules.WebPageInsteadOfData, format: "zip");
        StringAssert.Contains(fault.Message, "looks like a web page");
        Assert.IsEmpty(Folder.Entries());
        await FetchAsync("/data.zip", expected: DigestOf(Encoding.UTF8.GetBytes(page)), format: "zip");
        await FetchAsync("/data.zip", format: "HTML");
    }

    [TestMethod]
    [DataRow("<?xml version=\"1.0\"?><!-- <html> --><table/>")]
    [DataRow("<?xml version=\"1.0\"")]
    [DataRow("<!-- <html>")]
    public async Task FetchAsync_takes_no_other_markup_for_a_web_page(string data)
    {
        Server.Serve("/data.xml", data);
        await FetchAsync("/data.xml", format: "xml");
        Assert.AreEqual(data, File.ReadAllText(Target));
    }

    [TestMethod]
    public async Task FetchAsync_ends_a_redirect_loop_and_shows_it()
    {
        Redirect("/a", Server.Url("/b?token=hush"));
        Redirect("/b", "/a");
        var fault = await FailsAsync("/a", DiagnosticRules.BadRedirect);
        StringAssert.Contains(fault.Message, "/a -> ");
        Assert.IsFalse(fault.Message.Contains("hush", StringComparison.Ordinal), fault.Message);
        Assert.HasCount(21, Server.Requests);
    }

    [TestMethod]
    public async Task FetchAsync_sends_credentials_only_where_they_belong()
    {
        Server.Serve("/data.bin", Body);
        Redirect("/here", "/data.bin");
        Redirect("/there", Server.Url("/data.bin", "localhost"));
        await FetchUrlAsync(Server.Url("/here").Replace("//", "//me:p%40ss@", StringComparison.Ordinal));
        await FetchUrlAsync(Server.Url("/there").Replace("//", "//me:p%40ss@", StringComparison.Ordinal));
        var basic = "Basic " + Convert.ToBase64String("me:p@ss"u8);
        CollectionAssert.AreEqual(new[] { basic, basic, basic, null }, Server.Requests.Select(request => request.Header("Authorization")).ToArray());
    }

    [TestMethod]
    public async Task FetchAsync_sends_further_fields_anew_at_each_attempt_and_to_no_otherServer()
    {
        Redirect("/data.bin", Server.Url("/moved", "localhost"));
        Server.On("/moved", (_, response, token) => response.SendAsync(502, cancellationToken: token), LoopbackServer.Static(Body));
        var asked = 0;
        using var transport = new HttpTransport(new HttpOptions { Time = Time });
        await transport.FetchAsync(
            NewTransfer(Server.Url("/data.bin").Replace("//", "//me:pw@", StringComparison.Ordinal), null, "bin") with
            {
                Headers = _ => new([new("Authorization", $"Bearer {++asked}"), new("X-Kind", "a")]),
            }, TestContext.CancellationToken);
        CollectionAssert.AreEqual(new[] { "Bearer 1", null, "Bearer 2", null }, Server.Requests.Select(request => request.Header("Authorization")).ToArray());
        CollectionAssert.AreEqual(new[] { "a", null, "a", null }, Server.Requests.Select(request => request.Header("X-Kind")).ToArray());
    }

    [TestMethod]
    public async Task FetchAsync_never_shows_user_names_and_passwords()
    {
        var fault = await FailsUrlAsync(Server.Url("/none").Replace("//", "//me:secret@", StringComparison.Ordinal), DiagnosticRules.DownloadRefused);
        Assert.IsFalse(fault.ToString().Contains("secret", StringComparison.Ordinal), fault.ToString());
    }

    [TestMethod]
    public async Task FetchAsync_trusts_no_self_signed_certificate()
    {
        using var key = ECDsa.Create();
        using var bare = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.Now.AddDays(-1), DateTimeOffset.Now.AddDays(1));
        using var certificate = X509CertificateLoader.LoadPkcs12(bare.Export(X509ContentType.Pkcs12), null);
        await using var secure = LoopbackServer.Start(certificate);
        secure.Serve("/data.bin", Body);
        var fault = await FailsUrlAsync(secure.Url("/data.bin"), DiagnosticRules.UntrustedServer);
        StringAssert.Contains(fault.Message, "127.0.0.1");
        Assert.IsEmpty(Time.Waits);
        Assert.IsEmpty(secure.Requests);
    }

    [TestMethod]
    public void From_a_full_disk_tells_needed_and_free_bytes_and_the_volume()
    {
        var fault = StoreFault.From(new IOException("full", 28), Folder["data"], 123_456);
        Assert.AreEqual(DiagnosticRules.DiskFull, fault.Rule);
        StringAssert.Matches(fault.Message, new System.Text.RegularExpressions.Regex(@"123456 bytes are needed, \d+ bytes are free on /"));
    }

    [TestMethod]
    [DataRow("https://me:pw@host/x?a=1", "https://host/x?a=1")]
    [DataRow("https://host/x?X-Amz-Signature=abc&b=2", "https://host/x?X-Amz-Signature=***&b=2")]
    [DataRow("https://host/x?access_token=abc#t", "https://host/x?access_token=***#t")]
    public void Of_hides_secrets(string url, string shown) => Assert.AreEqual(shown, SafeUrl.Of(url));
}
