using System.Text.RegularExpressions;

namespace DataManifest.Packages;

/// <summary>What docs/editor.md says of findings, their severities and the command that makes the changes.</summary>
[TestClass]
public sealed partial class EditorTests
{
    private static readonly MarkdownPage Page = new("docs/editor.md");

    [TestMethod]
    public async Task Findings_are_said_once_changed_by_configuration_and_set_right_by_the_command()
    {
        await using var work = new Workspace();
        work.Server.Serve("/co2.csv", "the data");
        work.Write("datasets.toml", Text.Dataset("co2", work.Server.Url("/co2.csv")) + Text.Dataset("sea", work.Server.Url("/sea.csv"), "the sea") + "vresion = \"1\"\n");
        work.WriteProgram(
            "App",
            """
            Console.WriteLine(DataManifest.Database.Open()["co2"].ReadAllText());
            Console.WriteLine(File.Exists("/elsewhere/127.0.0.1/co2.csv"));
            Console.WriteLine(Datasets.Sea.Name);
            """,
            items: "<DatasetReference Include=\"co2\" />");

        var built = work.Build("App").MustSucceed();
        Assert.AreSequenceEqual(["DM0208", "DM0603", "DM0705"], built.Warnings.Select(Code).Order(StringComparer.Ordinal), built.Output);

        var configurations = Page.Blocks("ini").ToArray();
        work.Write("App/.editorconfig", configurations[0]);
        work.Write("App/.globalconfig", configurations[1].Replace("DM0603", "DM0208", StringComparison.Ordinal));
        built = work.Build("App", "--no-restore").MustSucceed();
        Assert.AreSequenceEqual(["DM0703", "DM0705"], built.Warnings.Select(Code).Order(StringComparer.Ordinal), built.Output);

        foreach (var command in Page.Marked("format").Trim().Split('\n'))
        {
            work.Dotnet("App", [.. Readme.Arguments(command), "--no-restore"]).MustSucceed();
        }

        Assert.AreEqual(
            """
            Console.WriteLine(Datasets.Co2.ReadAllText());
            Console.WriteLine(File.Exists(Datasets.Co2.Path));
            Console.WriteLine(Datasets.Sea.Name);
            """,
            work.Read("App/Program.cs"));
        Assert.Contains("the data", work.Run("App"));
    }

    private static string Code(string line) => Codes().Match(line).Value;

    [GeneratedRegex("DM[0-9]{4}")]
    private static partial Regex Codes();
}
