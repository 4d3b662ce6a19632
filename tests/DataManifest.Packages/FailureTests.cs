using System.Net;
using System.Net.Sockets;

namespace DataManifest.Packages;

[TestClass]
public sealed class FailureTests
{
    [TestMethod]
    public async Task Type_of_the_users_with_the_generated_classes_name_is_one_error_whose_remedies_work()
    {
        await using var work = new Workspace();
        work.Server.Serve("/a.txt", "the a");
        work.Write("datasets.toml", Text.Dataset("a", work.Server.Url("/a.txt"), "the a"));
        work.WriteProgram("App", "Console.WriteLine(1);");
        work.Write("App/Datasets.cs", "namespace App;\n\npublic class Datasets { public static int Own => 1; }\n");

        var failed = work.Build("App").MustFail();
        Assert.HasCount(1, failed.Errors, failed.Output);
        Assert.Contains("Datasets.cs(3,14): error DM0707: 'Datasets' is the class that DataManifest.Build generates", failed.Errors[0]);

        work.Write("App/Program.cs", "Console.WriteLine(Inputs.A.ReadAllText() + App.Datasets.Own);");
        work.Build("App", "--no-restore", "-p:DataManifestClass=Inputs").MustSucceed();
        work.Write("App/Program.cs", "Console.WriteLine(Datasets.A.ReadAllText() + Datasets.Own);");
        work.Write("App/Datasets.cs", work.Read("App/Datasets.cs").Replace("class", "partial class", StringComparison.Ordinal));
        work.Build("App", "--no-restore").MustSucceed();
        Assert.Contains("the a1", work.Run("App"));
    }

    [TestMethod]
    public async Task Wrong_digest_fails_at_its_line_and_leaves_nothing()
    {
        await using var work = new Workspace();
        work.Server.Serve("/co2.csv", "not what was pinned");
        work.Write("datasets.toml", "# figures\n\n" + Text.Dataset("co2", work.Server.Url("/co2.csv"), "what was pinned"));
        work.WriteProgram("App", "Console.WriteLine(Datasets.Co2.Path);", "net10.0;net8.0");

        var built = work.Build("App").MustFail();
        var error = OneError(built, "DM0501");
        Assert.Contains($"{work.At("datasets.toml")}(5,12", error);
        Assert.Contains(Text.Sha256("not what was pinned")["sha256:".Length..], error);
        Assert.IsFalse(work.StoredFiles().Any(file => !file.EndsWith(".lock", StringComparison.Ordinal)), string.Join('\n', work.StoredFiles()));
        Assert.IsEmpty(Directory.GetFiles(work.At("App/obj"), "*.stamp", SearchOption.AllDirectories));

        work.Server.Serve("/co2.csv", "what was pinned");
        work.Build("App", "--no-restore").MustSucceed();
    }

    [TestMethod]
    public async Task Damaged_archive_fails_at_its_address_and_not_at_its_checksum()
    {
        await using var work = new Workspace();
        work.Server.Serve("/a.zip", "no archive");
        work.Write("datasets.toml", Text.Dataset("a", work.Server.Url("/a.zip"), "no archive") + "extract = true\n");
        work.WriteProgram("App", "Console.WriteLine(Datasets.A.Path);");
        Assert.Contains($"{work.At("datasets.toml")}(2,7", OneError(work.Build("App").MustFail(), "DM0512"));
    }

    [TestMethod]
    public async Task Value_that_a_property_cannot_have_is_one_error_that_names_it_also_when_nothing_else_is_to_do()
    {
        await using var work = new Workspace();
        work.Server.Serve("/co2.csv", "data");
        work.Write("datasets.toml", Text.Dataset("co2", work.Server.Url("/co2.csv"), "data"));
        work.WriteProgram("App", "Console.WriteLine(1);");
        work.Build("App").MustSucceed();

        foreach (var (name, value) in new[] { ("DataManifestLocked", "ture"), ("DataManifestFetchOnBuild", "no"), ("DataManifestVisibility", "pubic"), ("DataManifestStallTimeout", "abc"), ("DataManifestArchiveMaxBytes", "10G") })
        {
            Assert.Contains($"The property {name} is '{value}', and must be ", OneError(work.Build("App", "--no-restore", $"-p:{name}={value}").MustFail(), "DM0606"));
        }

        Assert.Contains("DM0606", OneError(work.Dotnet("App", "build", "--no-restore", "-t:DataList", "-p:DataManifestOffline=1").MustFail(), "DM0606"));
        work.Build("App", "--no-restore", "-p:DataManifestLocked=True", "-p:DataManifestStallTimeout=2.5", "-p:DataManifestArchiveMaxBytes=10000000000").MustSucceed();
    }

    [TestMethod]
    public async Task Bad_toml_is_one_error_at_its_place()
    {
        await using var work = new Workspace();
        work.Write("datasets.toml", "[co2]\nuri = https://example.org\n");
        work.WriteProgram("App", "Console.WriteLine(1);", "net10.0;net8.0");

        Assert.Contains($"{work.At("datasets.toml")}(2,7", OneError(work.Build("App").MustFail(), "DM0101"));
    }

    [TestMethod]
    public async Task No_network_is_one_error_that_names_dataset_and_host()
    {
        await using var work = new Workspace();
        work.Write("datasets.toml", Text.Dataset("co2", $"http://user:secret@127.0.0.1:{ClosedPort()}/co2.csv?token=hidden", "data"));
        work.WriteProgram("App", "Console.WriteLine(1);");

        var built = work.Build("App").MustFail();
        var error = OneError(built, "DM0401");
        Assert.Contains($"{work.At("datasets.toml")}(2,7", error);
        Assert.Contains("127.0.0.1", error);
        Assert.DoesNotContain("secret", built.Output);
        Assert.DoesNotContain("hidden", built.Output);
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public async Task Misspelt_field_that_leaves_nothing_to_fetch_is_named_beside_the_error(bool compiles)
    {
        await using var work = new Workspace();
        work.Write("datasets.toml", $"[co2]\nurl = \"{work.Server.Url("/co2.csv")}\"\n");
        work.WriteProgram("App", "Console.WriteLine(1);");
        if (!compiles)
        {
            work.Write("App/App.csproj", $"""<Project Sdk="DataManifest.Sdk/{PackageFeed.Instance.Version}" />""");
        }

        var built = work.Build("App").MustFail();
        Assert.Contains("co2", OneError(built, "DM0430"));
        Assert.HasCount(1, built.Warnings, built.Output);
        Assert.Contains($"{work.At("datasets.toml")}(2,1", built.Warnings[0]);
        Assert.Contains("did you mean 'uri'?", built.Warnings[0]);
    }

    [TestMethod]
    public async Task Data_that_were_changed_are_found_by_DataVerify_and_put_right_by_the_next_build()
    {
        await using var work = new Workspace();
        work.Server.Serve("/co2.csv", "data");
        work.Write("datasets.toml", Text.Dataset("co2", work.Server.Url("/co2.csv"), "data"));
        work.WriteProgram("App", "Console.WriteLine(Datasets.Co2.ReadAllText());");
        work.Build("App").MustSucceed();
        Assert.Contains("1 verified, 0 wrong", work.Build("App", "--no-restore", "-t:DataVerify").MustSucceed().Output);
        Assert.IsEmpty(work.BuildLogged("App").Tasks);

        var file = Path.Combine(work.Store, "127.0.0.1", "co2.csv");
        File.WriteAllText(file, "edited by hand");
        OneError(work.Build("App", "--no-restore", "-t:DataVerify").MustFail(), "DM0501");
        Assert.AreEqual("edited by hand", File.ReadAllText(file));

        work.Build("App", "--no-restore").MustSucceed();
        Assert.AreEqual("data", File.ReadAllText(file));
        Assert.IsEmpty(work.BuildLogged("App").Tasks);

        // Of the same size, which a build does not see: what the error says to do helps.
        File.WriteAllText(file, "dbta");
        var wrong = OneError(work.Build("App", "--no-restore", "-t:DataVerify").MustFail(), "DM0501");
        Assert.Contains("'dotnet build -t:DataClean -p:DataSet=co2' and a build", wrong);
        work.Build("App", "--no-restore", "-t:DataClean", "-p:DataSet=co2").MustSucceed();
        work.Build("App", "--no-restore").MustSucceed();
        Assert.AreEqual("data", File.ReadAllText(file));
    }

    [TestMethod]
    public async Task Manifest_that_does_not_exist_is_an_error_and_none_at_all_a_warning()
    {
        await using var work = new Workspace();
        work.WriteProgram("App", "Console.WriteLine(1);");

        var none = work.Build("App").MustSucceed();
        Assert.HasCount(1, none.Warnings, none.Output);
        Assert.Contains("DM0601", none.Warnings[0]);
        Assert.IsEmpty(work.Build("App", "--no-restore", "-p:NoWarn=DM0601").MustSucceed().Warnings);
        Assert.Contains("elsewhere.toml", OneError(work.Build("App", "--no-restore", "-p:DataManifestFile=elsewhere.toml").MustFail(), "DM0602"));
        Assert.Contains("is not a file", OneError(work.Build("App", "--no-restore", "-p:DataManifestFile=.").MustFail(), "DM0602"));
    }

    [TestMethod]
    public async Task Target_framework_that_is_too_old_is_one_error_and_nothing_is_fetched()
    {
        await using var work = new Workspace();
        work.Server.Serve("/co2.csv", "data");
        work.Write("datasets.toml", Text.Dataset("co2", work.Server.Url("/co2.csv"), "data"));
        work.WriteProgram("App", "public static class App { }", "net461", "<OutputType>Library</OutputType><ImplicitUsings>disable</ImplicitUsings><Nullable>disable</Nullable>");

        Assert.Contains("targets net461", OneError(work.Build("App").MustFail(), "DM0605"));
        Assert.IsEmpty(work.Server.Requests);
    }

    private static string OneError(CommandResult result, string code)
    {
        Assert.HasCount(1, result.Errors, result.Output);
        Assert.Contains($"error {code}", result.Errors[0]);
        return result.Errors[0];
    }

    private static int ClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
