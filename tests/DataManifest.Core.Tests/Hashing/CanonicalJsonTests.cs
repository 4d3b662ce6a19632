using DataManifest.Toml;

namespace DataManifest.Hashing;

[TestClass]
public sealed class CanonicalJsonTests
{
    [TestMethod]
    [DataRow("", "{}")]
    [DataRow("b = 1\na = 'x'", """{"a":"x","b":1}""")]
    [DataRow("x = [1, 1.0, true, 1e16, 1e-7, -0.0]", """{"x":[1,1.0,true,1e+16,1e-07,-0.0]}""")]
    [DataRow("[o.z]\nq = []\n[o.a]", """{"o":{"a":{},"z":{"q":[]}}}""")]
    [DataRow("s = \"\\u0001\\\"\\\\\\n\\t/é\\u007f\"", "{\"s\":\"\\u0001\\\"\\\\\\n\\t/é\u007f\"}")]
    [DataRow("'\uFF21' = 1\n'\U0001F600' = 2", "{\"\uFF21\":1,\"\U0001F600\":2}")]
    [DataRow("n = 123456789012345678901234567890", """{"n":123456789012345678901234567890}""")]
    public void Write_gives_the_one_text_of_a_table(string toml, string json) => Assert.AreEqual(json, CanonicalJson.Write(TomlDocument.Parse(toml).Root));

    [TestMethod]
    [DataRow("a.b = [1, nan]", "'a.b[1]'")]
    [DataRow("x = -inf", "'x'")]
    [DataRow("day = 2024-01-01", "'day'")]
    public void Write_refuses_what_has_no_text_and_says_where(string toml, string place) =>
        Assert.Contains(place, Assert.ThrowsExactly<ArgumentException>(() => CanonicalJson.Write(TomlDocument.Parse(toml).Root)).Message);

    [TestMethod]
    public void Compute_gives_the_specifications_own_example() => Assert.AreEqual(
        "83425a30d111562d46c1fce9de7618ea7f1f54e1be72e086cba0ac63c6f2ce9b",
        ParameterHash.Compute(TomlDocument.Parse("skip_models = ['CESM.*', 'FGOALS.*']\ngrid = '5x5'").Root));
}
