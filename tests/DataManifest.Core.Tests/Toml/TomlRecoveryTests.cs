namespace DataManifest.Toml;

[TestClass]
public sealed class TomlRecoveryTests
{
    private const string Good = "[a]\nuri = 'https://h/a'\ndoi = 'd'\n";

    [TestMethod]
    [DataRow(Good, "a b", DisplayName = "nothing broken")]
    [DataRow(Good + "descr", "a b")]
    [DataRow(Good + "description =", "a b")]
    [DataRow(Good + "description = \"open", "a b")]
    [DataRow(Good + "uris = [\n", "a b", DisplayName = "open list")]
    [DataRow(Good + "[", "a b")]
    [DataRow(Good + "[c\nuri = 'https://h/c'\ndoi = 'e'", "a b", DisplayName = "broken header")]
    [DataRow(Good + "[a]\nuri = 'https://h/c'", "a b", DisplayName = "second header of one name")]
    [DataRow(Good + "doi = 'e'\nx y\n!!\n", "a b", DisplayName = "several broken lines")]
    public void Blank_brokenPlace_keepsTheRest(string start, string names)
    {
        var text = start + "\n[b]\nuri = 'https://h/b'\n";

        var blanked = TomlRecovery.Blank(text);
        var root = TomlDocument.Parse(blanked).Root;

        Assert.AreEqual(names, string.Join(" ", root.Select(entry => entry.Key)));
        Assert.AreEqual("d", ((TomlString)((TomlTable)root["a"]!)["doi"]!).Value);
        Assert.AreEqual(2, ((TomlTable)root["a"]!).Count);
        Assert.HasCount(text.Length, blanked);
    }

    [TestMethod]
    public void Blank_moreBrokenPlacesThanItReadsAgain_keepsWhatComesBefore()
    {
        var text = Good + string.Concat(Enumerable.Repeat("!\n", 100)) + "[b]\nuri = 'https://h/b'\n";

        Assert.AreEqual("a", TomlDocument.Parse(TomlRecovery.Blank(text)).Root.Single().Key);
    }

    [TestMethod]
    public void Blank_anyCut_canBeRead()
    {
        const string text = "\ufeff[a]\nuris = [\n  'x',\n  [1]]\n[[b.c]]\nd = { e = 1, f = '''\n[x]\n''' }\r\n[\"g\\u0041\"]\nh = 1979-05-27T07:32:00Z # end\n";
        for (var i = 0; i <= text.Length; i++)
        {
            Assert.IsNotNull(TomlDocument.Parse(TomlRecovery.Blank(text[..i])));
            Assert.IsNotNull(TomlDocument.Parse(TomlRecovery.Blank(text[i..])));
        }
    }
}
