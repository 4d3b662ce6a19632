using System.Reflection;
using System.Text.RegularExpressions;
using DataManifest.Manifest;

namespace DataManifest.Diagnostics;

[TestClass]
public sealed partial class DiagnosticRulesTests
{
    private static readonly List<DiagnosticRule> Rules =
        [.. typeof(DiagnosticRules).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => field.GetValue(null)).OfType<DiagnosticRule>()];

    [TestMethod]
    public void Documentation_describesEveryRuleAndNoOther()
    {
        var page = Page();
        var documented = Section().Matches(page).Select(match => $"{match.Groups[1].Value} {match.Groups[3].Value} {match.Groups[2].Value}").ToList();
        var defined = Rules.Select(rule => $"{rule.Code} {rule.Severity.ToString().ToLowerInvariant()} {rule.Title}").ToList();
        Assert.HasCount(Regex.Count(page, "^## ", RegexOptions.Multiline), documented, "every section begins with its code and then its title");
        CollectionAssert.AreEqual(defined.Order(StringComparer.Ordinal).ToList(), documented);
    }

    [TestMethod]
    public void Codes_areWellFormedAndUnique()
    {
        Assert.IsNotEmpty(Rules);
        foreach (var rule in Rules)
        {
            StringAssert.Matches(rule.Code, Code());
        }

        CollectionAssert.AllItemsAreUnique(Rules.Select(rule => rule.Code).ToList());
    }

    [TestMethod]
    public void Documentation_ofAManifestRule_showsAManifestThatBreaksIt()
    {
        var sections = Page().Split("\n## ").Where(section => section.StartsWith("DM02", StringComparison.Ordinal) && section.Contains("```toml")).ToList();
        Assert.IsGreaterThan(15, sections.Count);
        foreach (var section in sections)
        {
            var manifest = ManifestDocument.Parse(Example().Match(section).Groups[1].Value, "datasets.toml");
            CollectionAssert.Contains(manifest.Diagnostics.Select(diagnostic => diagnostic.Rule.Code).ToList(), section[..6]);
        }
    }

    private static string Page() => DocumentationPage.Read("diagnostics.md");

    [GeneratedRegex(@"```toml\n(.+?)\n```", RegexOptions.Singleline)]
    private static partial Regex Example();

    [GeneratedRegex(@"^## (DM\d{4})\n\n\*\*(.+)\*\* \((error|warning|suggestion)\)\n\n\S", RegexOptions.Multiline)]
    private static partial Regex Section();

    [GeneratedRegex(@"^DM(0[1-9]|1[01])\d\d$")]
    private static partial Regex Code();
}
