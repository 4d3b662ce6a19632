using System.Numerics;
using System.Text;

namespace DataManifest.Toml;

[TestClass]
public sealed class TomlDocumentTests
{
    [TestMethod]
    [DataRow("url \"x\"", 1, 5, "Expected `=` after the key `url`, found `\"`.")]
    [DataRow("url", 1, 4, "Expected `=` after the key `url`, found the end of the file.")]
    [DataRow("= 1", 1, 1, "Expected a key, found `=`.")]
    [DataRow("a. = 1", 1, 4, "Expected a key, found `=`.")]
    [DataRow("é = 1", 1, 1, "A key with `é` must be quoted.")]
    [DataRow("\"\"\"a\"\"\" = 1", 1, 1, "A key cannot be a multi-line string; quote it once.")]
    [DataRow("a =\n", 1, 4, "Expected a value, found the end of the line.")]
    [DataRow("a = hello\n", 1, 5, "Expected a value, found `hello`; a string needs quotes, and `true` and `false` are lower case.")]
    [DataRow("a = 1 b = 2", 1, 7, "Expected the end of the line after the value, found `b`.")]
    [DataRow("[a] b = 2", 1, 5, "Expected the end of the line after the header, found `b`.")]
    [DataRow("[a\nb = 2", 1, 3, "Expected `]` after the name of the table, found the end of the line.")]
    [DataRow("[[a]\n", 1, 4, "Expected `]]` after the name of the array of tables, found `]`.")]
    [DataRow("\na = \"x\n", 2, 5, "The string is not closed: expected `\"` before the end of the line.")]
    [DataRow("a = '''x\n", 1, 5, "The multi-line string is not closed: expected `'''` before the end of the file.")]
    [DataRow("a = \"\\e\"", 1, 6, "A backslash must not be followed by `e`: write `\\\\` for a backslash, or use single quotes.")]
    [DataRow("a = \"\\u12\"", 1, 6, "`\\u` needs 4 hexadecimal digits.")]
    [DataRow("a = \"\\uD800\"", 1, 6, "U+D800 is not a Unicode character.")]
    [DataRow("a = \"\u0001\"", 1, 6, "A string must not contain U+0001; write it as an escape in double quotes.")]
    [DataRow("# \u007f", 1, 3, "A comment must not contain the control character U+007F.")]
    [DataRow("a = 1\rb = 2", 1, 6, "Expected the end of the line after the value, found a carriage return without a line feed.")]
    [DataRow("a = 01", 1, 5, "The number `01` must not begin with a zero.")]
    [DataRow("a = 1__0", 1, 5, "`1__0` is not a valid number or date; a string needs quotes.")]
    [DataRow("a = +0x1", 1, 5, "A hexadecimal, octal or binary number has no sign.")]
    [DataRow("a = 2023-02-29", 1, 5, "There is no date `2023-02-29`.")]
    [DataRow("a = 24:00:00", 1, 5, "There is no time of day 24:00:00.")]
    [DataRow("a = 2023-01-01T00:00:00+25:00", 1, 5, "There is no offset +25:00.")]
    [DataRow("a = 07:32", 1, 5, "`07:32` is not a date or time; write 2024-01-31, 23:59:59 or 2024-01-31T23:59:59Z.")]
    [DataRow("a = [1\n, 2", 1, 5, "The array is not closed: expected `]` before the end of the file.")]
    [DataRow("a = [1 2]", 1, 8, "Expected `,` or `]` after the element of the array, found `2`.")]
    [DataRow("a = { b = 1\n}", 1, 5, "An inline table must end on the line where it begins; write a `[table]` instead.")]
    [DataRow("a = { b = 1", 1, 5, "The inline table is not closed: expected `}` before the end of the file.")]
    [DataRow("a = { b = 1, }", 1, 12, "An inline table must not end with a comma.")]
    [DataRow("a = { b = 1 c = 2 }", 1, 13, "Expected `,` or `}` after the value in the inline table, found `c`.")]
    [DataRow("x = 1\n\"a\" = 1\na = 2", 3, 1, "`a` is already defined (line 2).")]
    [DataRow("[a.b]\n[a]\nx = 1\n[a]", 4, 2, "`a` is a table already (line 2).")]
    [DataRow("a.b = 1\n[a]", 2, 2, "`a` is a table already, made by dotted keys (line 1).")]
    [DataRow("a = 1\n[a]", 2, 2, "`a` has a value already and cannot be a table as well (line 1).")]
    [DataRow("a = 1\na.b = 2", 2, 1, "`a` has a value already and cannot be a table as well (line 1).")]
    [DataRow("a = {}\na.b = 2", 2, 1, "`a` is an inline table, which cannot be extended (line 1).")]
    [DataRow("a = {}\n[a.b]", 2, 2, "`a` is an inline table, which cannot be extended (line 1).")]
    [DataRow("a = []\n[a.b]", 2, 2, "`a` is an array, which cannot be extended (line 1).")]
    [DataRow("a = []\n[[a]]", 2, 3, "`a` is an array written in brackets, to which `[[…]]` cannot add (line 1).")]
    [DataRow("[[a]]\n[a]", 2, 2, "`a` is an array of tables already; write `[[…]]` for another element (line 1).")]
    [DataRow("[a]\n[[a]]", 2, 3, "`a` is a table already, not an array of tables (line 1).")]
    [DataRow("[a.b]\n[a]\nb.c = 1", 3, 1, "`b` is a table with a header of its own, which dotted keys cannot extend (line 1).")]
    [DataRow("[[a.b]]\n[a]\nb.c = 1", 3, 1, "`b` is an array, not a table (line 1).")]
    public void Parse_of_a_fault_names_place_and_reason(string text, int line, int column, string reason)
    {
        var error = Assert.ThrowsExactly<TomlException>(() => TomlDocument.Parse(text));
        Assert.AreEqual($"({line},{column}): {reason}", error.Message);
        Assert.AreEqual(new Text.LinePosition(line, column), error.Position);
    }

    [TestMethod]
    public void Parse_gives_every_key_and_value_its_span()
    {
        const string Text = "[\"a b\"]\nx.'y' = 'é' # c\nl = [1, {k = 2.5}]\n[[t]]\n";
        var root = TomlDocument.Parse(Text).Root;
        var table = Entry(root, "a b");
        Assert.AreEqual("\"a b\"", table.KeySpan.Of(Text));
        Assert.AreEqual("[\"a b\"]", table.Value.Span.Of(Text));
        var dotted = Entry((TomlTable)table.Value, "x");
        Assert.AreEqual("x", dotted.Value.Span.Of(Text));
        var inner = Entry((TomlTable)dotted.Value, "y");
        Assert.AreEqual("'y'", inner.KeySpan.Of(Text));
        Assert.AreEqual("'é'", inner.Value.Span.Of(Text));
        var list = (TomlArray)((TomlTable)table.Value)["l"]!;
        Assert.AreEqual("[1, {k = 2.5}]", list.Span.Of(Text));
        Assert.AreEqual("{k = 2.5}", list.Items[1].Span.Of(Text));
        Assert.AreEqual("2.5", ((TomlTable)list.Items[1])["k"]!.Span.Of(Text));
        Assert.AreEqual("[[t]]", ((TomlArray)root["t"]!).Items[0].Span.Of(Text));
    }

    [TestMethod]
    public void Parse_of_a_parent_written_later_gives_its_own_header_as_span()
    {
        const string Text = "[a.b]\n[a]\n";
        Assert.AreEqual(6, TomlDocument.Parse(Text).Root["a"]!.Span.Start);
    }

    [TestMethod]
    [DataRow("123456789012345678901234567890", "123456789012345678901234567890")]
    [DataRow("-9_223_372_036_854_775_809", "-9223372036854775809")]
    [DataRow("0xFFFF_FFFF_FFFF_FFFF_FF", "4722366482869645213695")]
    [DataRow("0b101", "5")]
    [DataRow("-0", "0")]
    public void Parse_reads_integers_of_any_size(string written, string expected)
    {
        var value = (TomlInteger)TomlDocument.Parse($"a = {written}").Root["a"]!;
        Assert.AreEqual(BigInteger.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), value.Value);
    }

    [TestMethod]
    public void Parse_cuts_fractions_of_seconds_at_microseconds()
    {
        var value = (TomlDateTime)TomlDocument.Parse("a = 00:00:01.1234569999").Root["a"]!;
        Assert.AreEqual(TimeSpan.FromTicks(11_234_560), value.Time);
    }

    [TestMethod]
    public void Parse_reads_line_ends_in_strings_as_LF()
    {
        var value = (TomlString)TomlDocument.Parse("a = \"\"\"\r\nx\r\ny \\\r\n  z\"\"\"\r\n").Root["a"]!;
        Assert.AreEqual("x\ny z", value.Value);
    }

    [TestMethod]
    public void Decode_keeps_a_byte_order_mark_and_Encode_gives_it_back()
    {
        byte[] bytes = [0xEF, 0xBB, 0xBF, (byte)'a', (byte)'=', (byte)'1'];
        var text = TomlText.Decode(bytes);
        Assert.AreEqual(1, TomlDocument.Parse(text).Root.Count);
        CollectionAssert.AreEqual(bytes, TomlText.Encode(text));
    }

    [TestMethod]
    public void Decode_of_invalid_bytes_names_place_and_byte()
    {
        var error = Assert.ThrowsExactly<TomlException>(() => TomlText.Decode([.. Encoding.UTF8.GetBytes("é = 1\nb = \""), 0xFF, (byte)'"']));
        Assert.AreEqual("(2,6): The byte 0xFF at offset 12 is not UTF-8; save the file as UTF-8.", error.Message);
    }

    [TestMethod]
    public void Decode_of_UTF16_says_so()
    {
        var error = Assert.ThrowsExactly<TomlException>(() => TomlText.Decode(Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes("a = 1")).ToArray()));
        Assert.AreEqual("The file is UTF-16 text; save it as UTF-8.", error.Reason);
    }

    private static TomlEntry Entry(TomlTable table, string key) => table.Single(e => e.Key == key);
}
