namespace DataManifest.Toml;

[TestClass]
public sealed class TomlEditorTests
{
    private static readonly TomlString New = new("new");

    [TestMethod]
    [DataRow("[a]\nuri = \"x\"\n", "a", "uri", "[a]\nuri = \"new\"\n", DisplayName = "value replaced")]
    [DataRow("[a]\nuri   =   'x'   # why\nb=1\n", "a", "uri", "[a]\nuri   =   'new'   # why\nb=1\n", DisplayName = "comment, blanks and single quotes stay")]
    [DataRow("[a]\nuri = \"x\"\n\n# b\n[b]\nuri = 1\n", "a", "key", "[a]\nuri = \"x\"\nkey = \"new\"\n\n# b\n[b]\nuri = 1\n", DisplayName = "before blank lines and comments")]
    [DataRow("[a]\nuri         = \"x\"\nx           = 1\n", "a", "key", "[a]\nuri         = \"x\"\nx           = 1\nkey         = \"new\"\n", DisplayName = "aligned with its siblings")]
    [DataRow("[a]\nuri = \"x\"\nkey = \"y\"\n", "a", "z", "[a]\nuri = \"x\"\nkey = \"y\"\nz = \"new\"\n", DisplayName = "no alignment where there is none")]
    [DataRow("[a]\nu=1\n", "a", "k", "[a]\nu=1\nk=\"new\"\n", DisplayName = "no blanks around the equals sign")]
    [DataRow("  [a]\n    u = 1\n", "a", "k", "  [a]\n    u = 1\n    k = \"new\"\n", DisplayName = "indented")]
    [DataRow("[a]\nu = 1", "a", "k", "[a]\nu = 1\nk = \"new\"", DisplayName = "last line without line end")]
    [DataRow("[a]\r\nu = 1\r\n[b]\r\n", "a", "k", "[a]\r\nu = 1\r\nk = \"new\"\r\n[b]\r\n", DisplayName = "CRLF")]
    [DataRow("[a]\n[a._LANG.python]\nx = 1\n", "a", "k", "[a]\nk = \"new\"\n[a._LANG.python]\nx = 1\n", DisplayName = "empty table before its sub-table")]
    [DataRow("[a]\nu = 1\n[a._LANG.python]\nx = 1\n", "a", "k", "[a]\nu = 1\nk = \"new\"\n[a._LANG.python]\nx = 1\n", DisplayName = "before a sub-table")]
    [DataRow("x = 1\n\n[a.b]\ny = 1\n", "a", "k", "x = 1\n\n[a]\nk = \"new\"\n\n[a.b]\ny = 1\n", DisplayName = "table known through a sub-table only")]
    [DataRow("a.uri = \"x\"\nb.uri = \"y\"\n", "a", "k", "a.uri = \"x\"\na.k = \"new\"\nb.uri = \"y\"\n", DisplayName = "dotted keys")]
    [DataRow("a = { uri = \"x\" }\n", "a", "k", "a = { uri = \"x\", k = \"new\" }\n", DisplayName = "inline table")]
    [DataRow("a = {}\n", "a", "k", "a = { k = \"new\" }\n", DisplayName = "empty inline table")]
    [DataRow("a = { b.c = 1 }\n", "a/b", "k", "a = { b.c = 1, b.k = \"new\" }\n", DisplayName = "dotted keys in an inline table")]
    [DataRow("a = { u = 1 }\n", "a/b", "k", "a = { u = 1, b = { k = \"new\" } }\n", DisplayName = "new table in an inline table")]
    [DataRow("a.u = 1\n", "a/b", "k", "a.u = 1\na.b = { k = \"new\" }\n", DisplayName = "new table among dotted keys")]
    [DataRow("[a]\nu = [\n  1, # one\n  2,\n]\nv = \"\"\"\n[x]\n\"\"\"\n\n[b]\n", "a", "k", "[a]\nu = [\n  1, # one\n  2,\n]\nv = \"\"\"\n[x]\n\"\"\"\nk = \"new\"\n\n[b]\n", DisplayName = "behind values of several lines")]
    [DataRow("[a]\nu = 1\n", "n", "k", "[a]\nu = 1\n\n[n]\nk = \"new\"\n", DisplayName = "new table")]
    [DataRow("[a]\nu = 1\n\n[b]\nv = 1\n", "a/n", "k", "[a]\nu = 1\n\n[a.n]\nk = \"new\"\n\n[b]\nv = 1\n", DisplayName = "new sub-table")]
    [DataRow("[[l]]\nu = 1\n", "n", "k", "[[l]]\nu = 1\n\n[n]\nk = \"new\"\n", DisplayName = "behind an array of tables")]
    [DataRow("", "", "k", "k = \"new\"\n", DisplayName = "empty text")]
    [DataRow("# only\n", "", "k", "# only\nk = \"new\"\n", DisplayName = "comments only")]
    [DataRow("# head\n[a]\nu = 1\n", "", "k", "# head\n\nk = \"new\"\n\n[a]\nu = 1\n", DisplayName = "first key of the root")]
    [DataRow("\ufeff[a]\nu = 1\n", "", "k", "\ufeffk = \"new\"\n\n[a]\nu = 1\n", DisplayName = "behind a byte order mark")]
    [DataRow("[\"x y\"]\n\"a b\" = 1\n", "x y", "c d", "[\"x y\"]\n\"a b\" = 1\n\"c d\" = \"new\"\n", DisplayName = "quoted names")]
    [DataRow("[a]\nu = 1\n[a.b]\nx = 1\n[c]\n", "", "a", "a = \"new\"\n\n[c]\n", DisplayName = "a value in place of a table")]
    public void Set_changes_as_little_as_possible(string text, string path, string key, string expected)
    {
        var editor = new TomlEditor(TomlDocument.Parse(text));
        editor.Set(Split(path), key, New);
        Assert.AreEqual(expected, editor.ToText());
    }

    [TestMethod]
    [DataRow("[a]\nu = 1 # one\nv = 2\n", "a", "u", "[a]\nv = 2\n", DisplayName = "line with its comment")]
    [DataRow("[a]\nu = [\n 1,\n]\nv = 2\n", "a", "u", "[a]\nv = 2\n", DisplayName = "value of several lines")]
    [DataRow("[a]\nu = 1\nv = 2", "a", "v", "[a]\nu = 1", DisplayName = "last line without line end")]
    [DataRow("a = { u = 1, v = 2, w = 3 }\n", "a", "u", "a = { v = 2, w = 3 }\n", DisplayName = "first of an inline table")]
    [DataRow("a = { u = 1, v = 2, w = 3 }\n", "a", "w", "a = { u = 1, v = 2 }\n", DisplayName = "last of an inline table")]
    [DataRow("a = { u = 1 }\n", "a", "u", "a = {}\n", DisplayName = "only one of an inline table")]
    [DataRow("a.u = 1\nb = 1\na.v = 2\n", "", "a", "b = 1\n", DisplayName = "table of dotted keys")]
    [DataRow("# head\n\n# of a\n[a]\nu = 1\n\n[a.s]\nx = 1\n\n# of b\n[b]\n", "", "a", "# head\n\n# of b\n[b]\n", DisplayName = "table with comment and sub-table")]
    [DataRow("# head\n[a]\nu = 1\n\n[b]\nx = 1\n", "", "a", "# head\n[b]\nx = 1\n", DisplayName = "heading of the file stays")]
    [DataRow("[a]\nu = 1\n\n[b]\nx = 1\n", "", "b", "[a]\nu = 1\n", DisplayName = "last table")]
    [DataRow("x = '''\n#y'''\n[a]\nu = 1\n", "", "a", "x = '''\n#y'''\n", DisplayName = "end of a string that looks like a comment")]
    [DataRow("[[l]]\nu = 1\n[[l]]\nu = 2\n[b]\n", "", "l", "[b]\n", DisplayName = "array of tables")]
    [DataRow("[a]\nu = 1\n", "a", "v", "[a]\nu = 1\n", DisplayName = "no such key")]
    [DataRow("[a]\nu = 1\n", "b/c", "v", "[a]\nu = 1\n", DisplayName = "no such table")]
    public void Remove_takes_out_the_key_and_nothing_else(string text, string path, string key, string expected)
    {
        var editor = new TomlEditor(TomlDocument.Parse(text));
        editor.Remove(Split(path), key);
        Assert.AreEqual(expected, editor.ToText());
    }

    [TestMethod]
    public void Set_of_an_array_over_several_lines_keeps_its_lines()
    {
        var editor = new TomlEditor(TomlDocument.Parse("[a]\n  uris = [\n    \"x\",\n    \"y\" ]\n"));
        editor.Set(["a"], "uris", new TomlArray([new TomlString("p"), new TomlString("q")]));
        Assert.AreEqual("[a]\n  uris = [\n    \"p\",\n    \"q\",\n]\n", editor.ToText());
    }

    [TestMethod]
    public void Set_of_the_same_value_changes_nothing()
    {
        const string Text = "[a]\nu = 'new' # c\nn = 0x10\n";
        var editor = new TomlEditor(TomlDocument.Parse(Text));
        editor.Set(["a"], "u", New);
        editor.Set(["a"], "n", new TomlInteger(16));
        Assert.AreEqual(Text, editor.ToText());
    }

    [TestMethod]
    public void Later_changes_of_a_key_replace_earlier_ones()
    {
        var editor = new TomlEditor(TomlDocument.Parse("[a]\nu = 1\nv = 2\n\n[b]\nx = 1\n"));
        editor.Set(["a"], "u", new TomlInteger(5));
        editor.Remove(["a"], "u");
        editor.RemoveTable(["b"]);
        editor.Set(["b"], "y", New);
        editor.Set(["b", "c"], "z", new TomlInteger(1));
        Assert.AreEqual("[a]\nv = 2\n\n[b]\ny = \"new\"\n\n[b.c]\nz = 1\n", editor.ToText());
    }

    [TestMethod]
    [DataRow("[a]\n  old   = 'x'  # why\n", "[a]\n  \"new key\".b   = 'x'  # why\n")]
    [DataRow("a.old = 'x'\n", "a.\"new key\".b = 'x'\n")]
    [DataRow("a = { p = 1, \"old\" = 'x' }\n", "a = { p = 1, \"new key\".b = 'x' }\n")]
    [DataRow("[a]\nother = 1\n", "[a]\nother = 1\n")]
    [DataRow("", "")]
    public void Rename_changes_the_key_alone(string text, string expected)
    {
        var editor = new TomlEditor(TomlDocument.Parse(text));
        editor.Rename(["a"], "old", ["new key", "b"]);
        Assert.AreEqual(expected, editor.ToText());
    }

    [TestMethod]
    public void Rename_can_change_the_value_too_but_no_header()
    {
        var editor = new TomlEditor(TomlDocument.Parse("[a]\nold = 'x' # c\n"));
        editor.Rename(["a"], "old", ["new"], new TomlString("y"));
        Assert.AreEqual("[a]\nnew = 'y' # c\n", editor.ToText());
        Assert.ThrowsExactly<InvalidOperationException>(() => new TomlEditor(TomlDocument.Parse("[a]\n")).Rename([], "a", ["b"]));
    }

    [TestMethod]
    public void AddTable_of_a_new_name_adds_a_header()
    {
        var editor = new TomlEditor(TomlDocument.Parse("x = 1\n"));
        editor.AddTable(["a", "b/c"]);
        Assert.AreEqual("x = 1\n\n[a.\"b/c\"]\n", editor.ToText());
    }

    [TestMethod]
    [DataRow("a = 1\n")]
    [DataRow("[[a]]\nx = 1\n")]
    [DataRow("a = [{ x = 1 }]\n")]
    public void Set_through_something_that_is_no_table_fails(string text)
    {
        var editor = new TomlEditor(TomlDocument.Parse(text));
        Assert.ThrowsExactly<InvalidOperationException>(() => editor.Set(["a"], "k", New));
    }

    [TestMethod]
    public void Set_of_many_tables_gives_each_its_key()
    {
        const int Count = 20_000;
        var editor = new TomlEditor(TomlDocument.Parse(string.Concat(Enumerable.Range(0, Count).Select(i => $"[d{i}]\nuri = \"u{i}\"\n\n"))));
        for (var i = 0; i < Count; i++)
        {
            editor.Set([$"d{i}"], "checksum", new TomlString($"sha256:{i}"));
        }

        var expected = string.Concat(Enumerable.Range(0, Count).Select(i => $"[d{i}]\nuri = \"u{i}\"\nchecksum = \"sha256:{i}\"\n\n"));
        Assert.AreEqual(expected, editor.ToText());
    }

    private static string[] Split(string path) => path.Length == 0 ? [] : path.Split('/');
}
