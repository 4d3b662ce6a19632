using System.Text;

namespace DataManifest.Toml;

[TestClass]
public sealed class TomlLimitsTests
{
    private const int SmallStack = 256 * 1024;

    [TestMethod]
    [DataRow("a = ", "[", "")]
    [DataRow("a = ", "{a = ", "")]
    [DataRow("a", ".a", " = 1")]
    [DataRow("[a", ".a", "]")]
    [DataRow("[[a", ".a", "]]")]
    [DataRow("a = ", "[{a = ", "")]
    public void Parse_of_deep_nesting_fails_clearly_on_a_small_stack(string before, string repeated, string after)
    {
        var text = before + string.Concat(Enumerable.Repeat(repeated, 10_000)) + after;
        Exception? error = null;
        RunOnSmallStack(() => error = Assert.ThrowsExactly<TomlException>(() => TomlDocument.Parse(text)));
        Assert.Contains($"nested {TomlDocument.MaxDepth} levels deep at most", error!.Message);
    }

    [TestMethod]
    [DataRow("a = ", "[", "1", "]", "")]
    [DataRow("a = ", "{ a = ", "1", " }", "")]
    [DataRow("a", ".a", " = 1", "", "")]
    [DataRow("[a", ".a", "]", "", "\nb = 1")]
    public void Parse_edit_and_write_of_the_deepest_nesting_work_on_a_small_stack(string before, string opening, string middle, string closing, string after)
    {
        var depth = closing.Length > 0 || after.Length == 0 ? TomlDocument.MaxDepth : TomlDocument.MaxDepth - 1;
        var text = before + string.Concat(Enumerable.Repeat(opening, depth)) + middle + string.Concat(Enumerable.Repeat(closing, depth)) + after + "\n";
        string? edited = null;
        var canonical = "";
        RunOnSmallStack(() =>
        {
            var document = TomlDocument.Parse(text);
            canonical = TomlWriter.ToCanonical(document.Root);
            var editor = new TomlEditor(document);
            editor.Set(["z"], "k", new TomlInteger(1));
            edited = editor.ToText();
        });
        Assert.AreEqual(text + "\n[z]\nk = 1\n", edited);
        Assert.AreEqual(canonical, TomlWriter.ToCanonical(TomlDocument.Parse(canonical).Root));
    }

    [TestMethod]
    public void Parse_of_too_many_digits_fails()
    {
        var error = Assert.ThrowsExactly<TomlException>(() => TomlDocument.Parse($"a = {new string('9', 5000)}"));
        Assert.AreEqual("An integer can have 4300 digits at most; this one has 5000.", error.Reason);
    }

    [TestMethod]
    [Timeout(120_000, CooperativeCancellation = true)]
    public void Parse_of_fifty_megabytes_reads_all_of_it()
    {
        const int Size = 50_000_000;
        var text = new StringBuilder(Size + 1000);
        var tables = 0;
        while (text.Length < Size / 2)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"[dataset_{tables}]\nuri = \"https://example.org/data/{tables}.nc\"\naliases = [\"a{tables}\", 'b']\nx.y = {tables}\n\n");
            tables++;
        }

        text.Append("[last]\nkeys = [\n");
        var items = 0;
        while (text.Length < Size * 3 / 4)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"  {{ n = {items} }}, # comment\n");
            items++;
        }

        text.Append("]\nlong = \"\"\"\n");
        var line = string.Concat(Enumerable.Repeat("long \\\" text ", 10)) + "\n";
        while (text.Length < Size)
        {
            text.Append(line);
        }

        text.Append("\"\"\"\n");
        var root = TomlDocument.Parse(text.ToString()).Root;
        Assert.AreEqual(tables + 1, root.Count);
        var last = (TomlTable)root["last"]!;
        Assert.HasCount(items, ((TomlArray)last["keys"]!).Items);
        Assert.IsGreaterThan(Size / 5, ((TomlString)last["long"]!).Value.Length);
    }

    private static void RunOnSmallStack(Action action)
    {
        Exception? failure = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    action();
                }
                catch (Exception e) when (e is not OutOfMemoryException)
                {
                    failure = e;
                }
            },
            SmallStack);
        thread.Start();
        thread.Join();
        Assert.IsNull(failure, failure?.ToString());
    }
}
