namespace DataManifest.Fetching;

[TestClass]
public sealed class FileClashTests
{
    [TestMethod]
    [DataRow("a b c", true, null, DisplayName = "none")]
    [DataRow("a A", false, null, DisplayName = "two files where case counts")]
    [DataRow("b a A", true, "1 2", DisplayName = "one file where it does not")]
    [DataRow("A a b a", false, "1 3", DisplayName = "the same beside one that differs by its case")]
    public void Find_namesTwoPathsOfOneFile(string paths, bool ignoresCase, string? expected) =>
        Assert.AreEqual(expected, FileClash.Find(paths.Split(' '), () => ignoresCase) is var (first, second) ? $"{first} {second}" : null);
}
