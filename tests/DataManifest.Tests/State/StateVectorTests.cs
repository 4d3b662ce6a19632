using System.Text.Json;
using DataManifest.Storage;

namespace DataManifest.State;

[TestClass]
public sealed class StateVectorTests
{
    // Cases in which the other tools drop what they do not know, and we keep it.
    private static readonly Dictionary<string, string> Kept = new()
    {
        ["m01"] = """
            title = "x"

            [_META]
            extra = 1
            schema = 5

            [_OTHER]
            k = 1

            [datacache."m.ok"]
            format = ""
            ref = ""

            [datacache."m.ok".instances]
            000000000000000000000000000000000000000000000000000000000000a1b2 = "p"

            [datasets."h/temp"]
            more = 7
            storage_path = ""

            [stuff]
            z = 1

            """,
        ["m13"] = """
            [_META]
            schema = 9

            [datasets.temp]
            newfield = "lost"
            storage_path = "p"

            """,
    };

    [TestMethod]
    public void Parse_ofEveryMigrationVector_writesTheSameText()
    {
        var checkedCases = 0;
        foreach (var vector in StateVectors.Cases("migrate.json").Where(vector => vector.GetProperty("expect").TryGetProperty("state", out _)))
        {
            var id = vector.Text("id");
            var expected = Kept.TryGetValue(id, out var kept) ? kept.ReplaceLineEndings("\n") : vector.GetProperty("expect").Text("state");
            var text = StateDocument.Parse(vector.Text("text")).ToText();
            Assert.AreEqual(expected, text, id);
            Assert.AreEqual(text, StateDocument.Parse(text).ToText(), id);
            checkedCases++;
        }

        Assert.IsGreaterThan(15, checkedCases);
    }

    [TestMethod]
    public async Task Update_ofEveryMigrationVector_leavesTheSameFiles()
    {
        foreach (var vector in StateVectors.Cases("migrate.json").Where(vector => vector.GetProperty("expect").TryGetProperty("state", out _)))
        {
            using var project = new ScratchFolder();
            project.Write(vector.Text("file"), vector.Text("text"));
            foreach (var other in vector.GetProperty("other_files").EnumerateObject())
            {
                project.Write(other.Name, other.Value.GetString()!);
            }

            // Adding and removing gives the old content, but asks for a write.
            var problem = await new StateFile(new StorageConfiguration(project.Path, null)).UpdateAsync(
                document =>
                {
                    document.RegisterDataset("probe", "probe");
                    document.RemoveDataset("probe");
                },
                CancellationToken.None);

            Assert.IsNull(problem, vector.Text("id"));
            var expected = vector.GetProperty("expect");
            var files = expected.GetProperty("files_after").EnumerateArray().Select(file => file.GetString()!).Append(".datamanifest").Order(StringComparer.Ordinal).ToList();
            CollectionAssert.AreEqual(files, project.Entries().ToList(), vector.Text("id"));
            Assert.AreEqual(Kept.TryGetValue(vector.Text("id"), out var kept) ? kept.ReplaceLineEndings("\n") : expected.Text("state"), File.ReadAllText(project[expected.Text("written_to")]));
            var ignore = vector.GetProperty("other_files").Text(".datamanifest/.gitignore");
            Assert.AreEqual(ignore.Length > 0 ? ignore : "*\n", File.ReadAllText(project[".datamanifest/.gitignore"]));
        }
    }

    [TestMethod]
    public void Operations_ofEveryVector_giveTheSameResultsAndText()
    {
        foreach (var vector in StateVectors.Cases("operations.json"))
        {
            var document = new StateDocument();
            var results = vector.GetProperty("results").EnumerateArray().ToList();
            foreach (var (operation, index) in vector.GetProperty("operations").EnumerateArray().Select((operation, index) => (operation, index)))
            {
                var message = $"{vector.Text("id")} {index}";
                if (results[index].ValueKind == JsonValueKind.Object)
                {
                    Assert.ThrowsExactly<ArgumentException>(() => Run(document, operation[0].GetString()!, operation[1]), message);
                }
                else
                {
                    Assert.AreEqual(results[index].ToString(), Run(document, operation[0].GetString()!, operation[1])?.ToString() ?? "", message);
                }
            }

            Assert.AreEqual(vector.Text("state"), document.ToText(), vector.Text("id"));
        }
    }

    private static bool? Run(StateDocument document, string operation, JsonElement arguments)
    {
        var hash = arguments.Text("hash");
        var path = arguments.Text("storage_path");
        switch (operation)
        {
            case "register_dataset":
                document.RegisterDataset(arguments.Text("key"), path, arguments.Text("sha256"));
                return null;
            case "register":
                document.RegisterInstance(Recipe(), hash, arguments.Text("ref"), arguments.Text("format"), path);
                return null;
            case "remove_dataset":
                return document.RemoveDataset(arguments.Text("key"));
            case "remove_instance":
                return document.RemoveInstance(Recipe(), hash);
            case "set_instance_path":
                return document.MoveInstance(Recipe(), hash, path);
            default:
                throw new ArgumentOutOfRangeException(nameof(operation), operation, "unknown operation");
        }

        string Recipe() => StateDocument.RecipeKey(arguments.Text("cachetype"), arguments.Text("version"));
    }
}
