using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace DataManifest.Diagnostics;

[TestClass]
public sealed partial class DiagnosticRulesTests
{
    private static readonly List<DiagnosticRule> Rules =
        [.. typeof(DiagnosticRules).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => field.GetValue(null)).OfType<DiagnosticRule>()];

    [TestMethod]
    public void Documentation_describesEveryRuleAndNoOther()
    {
        var page = File.ReadAllText(Path.Combine(RepositoryRoot(), "docs", "diagnostics.md")).ReplaceLineEndings("\n");
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

    private static string RepositoryRoot([CallerFilePath] string file = "")
    {
        var folder = Path.GetDirectoryName(file)!;
        while (!File.Exists(Path.Combine(folder, "DataManifest.Build.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException(file);
        }

        return folder;
    }

    [GeneratedRegex(@"^## (DM\d{4})\n\n\*\*(.+)\*\* \((error|warning)\)\n\n\S", RegexOptions.Multiline)]
    private static partial Regex Section();

    [GeneratedRegex(@"^DM0[1-9]\d\d$")]
    private static partial Regex Code();
}
