using DataManifest.Fetching.Http;

namespace DataManifest.Fetching;

[TestClass]
public sealed class NetrcTests
{
    private const string File = """
        # machine commented.org login no password no
        machine data.example.org login ada password "pass word#1"
        machine b.example.org
            login bob
            account ignored
            password \"b\\x
        macdef init
        machine macro.example.org login no password no

        machine data.example.org login second password second
        default login anonymous password guest
        """;

    [TestMethod]
    [DataRow("data.example.org", "ada", "pass word#1")]
    [DataRow("DATA.example.org", "ada", "pass word#1")]
    [DataRow("b.example.org", "bob", "\"b\\x")]
    [DataRow("macro.example.org", "anonymous", "guest")]
    [DataRow("commented.org", "anonymous", "guest")]
    public void Find_takes_the_first_entry_of_the_host_or_else_the_default(string host, string login, string password)
    {
        using var folder = new ScratchFolder();
        Assert.AreEqual((login, password), Netrc.Read(folder.Write("netrc", File)).Find(host));
    }

    [TestMethod]
    public void Find_without_a_file_or_entry_has_nothing()
    {
        using var folder = new ScratchFolder();
        Assert.IsNull(Netrc.Read(folder["none"]).Find("a.org"));
        Assert.IsNull(Netrc.Read(folder.Write("netrc", "machine b.org login")).Find("a.org"));
    }

    [TestMethod]
    [DataRow("http://data.example.org/a", "https://data.example.org/a", true)]
    [DataRow("http://data.example.org:8080/a", "https://data.example.org/a", false)]
    [DataRow("https://data.example.org/a", "http://data.example.org/a", false)]
    [DataRow("https://data.example.org/a", "https://data.example.org:8443/a", false)]
    public void A_redirect_within_the_host_has_its_credentials_from_the_usual_port_to_the_encrypted_one(string from, string to, bool hasCredentials)
    {
        using var folder = new ScratchFolder();
        using var request = new HttpQuery(new Uri(from), 0, null, false, Netrc.Read(folder.Write("netrc", File))).At(new Uri(to));
        Assert.AreEqual(hasCredentials, request.Headers.Authorization is not null);
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public async Task FetchAsync_takes_credentials_from_the_users_file_and_sends_them_nowhere_else(bool isNamed)
    {
        using var scene = new FetchScene();
        var file = scene.Folder.Write(isNamed ? "secret" : "home/.netrc", "machine 127.0.0.1 login ada password hush\n");
        if (isNamed)
        {
            scene.Variables["NETRC"] = file;
        }

        scene.Server.On("/a.csv", (_, response, token) => response.SendAsync(302, headers: [("Location", scene.Server.Url("/b.csv", "localhost"))], cancellationToken: token));
        scene.Server.On("/b.csv", (_, response, token) => response.SendAsync(401, cancellationToken: token));
        var report = await scene.FetchAsync($"[a]\nuri = \"{scene.Server.Url("/a.csv")}\"\n");
        var basic = "Basic " + Convert.ToBase64String("ada:hush"u8);
        CollectionAssert.AreEqual(new[] { basic, null }, scene.Server.Requests.Select(request => request.Header("Authorization")).ToArray());
        StringAssert.Contains(report.Results[0].Error!.Message, ".netrc");
        Assert.IsFalse(report.Results[0].Error!.ToString().Contains("hush", StringComparison.Ordinal));
    }
}
