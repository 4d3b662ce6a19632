using DataManifest.Generator.Naming;
using Microsoft.CodeAnalysis.CSharp;

namespace DataManifest.Generator;

[TestClass]
public sealed class IdentifierTests
{
    [TestMethod]
    [DataRow("co2_annual", "Co2Annual")]
    [DataRow("herzschuh2023", "Herzschuh2023")]
    [DataRow("lgmDA", "LgmDA")]
    [DataRow("kebab-case.and space", "KebabCaseAndSpace")]
    [DataRow("_private_", "Private")]
    [DataRow("2023", "_2023")]
    [DataRow("era5-2m", "Era5_2m")]
    [DataRow("v1.2.3", "V1_2_3")]
    [DataRow("class", "Class")]
    [DataRow("ärger", "Ärger")]
    [DataRow("a\u0308rger", "Ärger")]
    [DataRow("\u0308x", "_\u0308x")]
    [DataRow("数据", "数据")]
    [DataRow("\ufa6cx", "X")]
    [DataRow("x²", "X")]
    [DataRow("Ⅷ", "Dataset")]
    [DataRow("🌊wave🌊", "Wave")]
    [DataRow("\ud800", "Dataset")]
    [DataRow("", "Dataset")]
    public void ToPascalCase_anyName_isTheExpectedIdentifier(string name, string expected)
    {
        Assert.AreEqual(expected, Identifier.ToPascalCase(name));
        Assert.IsTrue(SyntaxFacts.IsValidIdentifier(expected));
    }

    [TestMethod]
    public void ToPascalCase_everyCharacter_givesAValidIdentifierThatIsNoKeyword()
    {
        for (var c = 0; c <= char.MaxValue; c++)
        {
            var identifier = Identifier.ToPascalCase($"{(char)c}a{(char)c}");
            Assert.IsTrue(SyntaxFacts.IsValidIdentifier(identifier), $"U+{c:X4}: {identifier}");
            Assert.IsFalse(char.IsAsciiLetterLower(identifier[0]), $"U+{c:X4}: {identifier}");
        }
    }

    [TestMethod]
    [DataRow("MyApp", "MyApp")]
    [DataRow("my-app", "my_app")]
    [DataRow("2d", "_2d")]
    [DataRow("", "_")]
    [DataRow("a b", "a_b")]
    public void Replace_anyText_isTheExpectedIdentifier(string text, string expected) => Assert.AreEqual(expected, Identifier.Replace(text));
}
