namespace DataManifest.Hashing;

[TestClass]
public sealed class ChecksumTests
{
    private const string EmptySha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    [TestMethod]
    [DataRow(EmptySha256, "sha256:" + EmptySha256)]
    [DataRow(" SHA256:E3B0 ", "sha256:e3b0")]
    [DataRow("md5:AB", "md5:ab")]
    public void Parse_anySpelling_givesAlgorithmAndLowerCaseHex(string text, string expected) =>
        Assert.AreEqual(expected, Checksum.Parse(text).ToString());

    [TestMethod]
    [DataRow(EmptySha256, null)]
    [DataRow("sha1:da39a3ee5e6b4b0d3255bfef95601890afd80709", null)]
    [DataRow("blake3:zz", null)]
    [DataRow("sha256:abc", "has 3 hexadecimal digits where sha256 has 64")]
    [DataRow("sha256:", "has 0 hexadecimal digits where sha256 has 64")]
    [DataRow("md5:" + EmptySha256, "has 64 hexadecimal digits where md5 has 32")]
    [DataRow("md5:zz39a3ee5e6b4b0d3255bfef95601890", "is not hexadecimal")]
    public void Problem_saysWhatIsWrongWithADigest(string text, string? expected) => Assert.AreEqual(expected, Checksum.Parse(text).Problem);

    [TestMethod]
    public void Matches_ignoresCase()
    {
        var checksum = Checksum.Parse("sha256:" + EmptySha256);
        Assert.IsTrue(checksum.Matches(EmptySha256.ToUpperInvariant()));
        Assert.IsFalse(checksum.Matches(EmptySha256.Replace('e', 'f')));
    }

    [TestMethod]
    public void Algorithms_allHaveALength()
    {
        Assert.AreEqual(Checksum.DefaultAlgorithm, Checksum.Algorithms[0]);
        foreach (var algorithm in Checksum.Algorithms)
        {
            Assert.IsNotNull(Checksum.HexLength(algorithm), algorithm);
            Assert.IsTrue(new Checksum(algorithm, "").IsSupported, algorithm);
        }
    }
}
