using System.Text.RegularExpressions;
using DataManifest.Bindings;
using DataManifest.Manifest;

namespace DataManifest;

[TestClass]
public sealed partial class FormatPackagesTests
{
    /// <summary>The packages of the page were installed and its methods compiled; the code names the same ones.</summary>
    [TestMethod]
    public void Of_everyFormatOfTheDocumentation_isThePackageThere()
    {
        var rows = Row().Matches(DocumentationPage.Read("loading.md"));
        Assert.HasCount(10, rows);
        foreach (Match row in rows)
        {
            foreach (var format in row.Groups[1].Value.Split(", ").Select(name => name.Trim('`')))
            {
                Assert.AreEqual(row.Groups[2].Value, FormatPackages.Of(format), format);
                Assert.AreEqual(BuiltInFormat.None, BuiltInFormats.Of(new DatasetDeclaration { Name = "x", Key = "x", Format = format }), format);
            }
        }
    }

    [GeneratedRegex(@"^\| (`[^|]+`) \| ([\w.]+) \| `[^|]+ Open\(", RegexOptions.Multiline)]
    private static partial Regex Row();
}
