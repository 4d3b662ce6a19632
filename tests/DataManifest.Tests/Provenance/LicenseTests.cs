using DataManifest.Diagnostics;
using DataManifest.Manifest;

namespace DataManifest.Provenance;

/// <summary>Licences of data, and which are accepted.</summary>
[TestClass]
public sealed class LicenseTests
{
    [TestMethod]
    [DataRow("CC-BY-4.0", "CC-BY-4.0")]
    [DataRow("cc-by-4.0", "CC-BY-4.0")]
    [DataRow("CC BY 4.0", "CC-BY-4.0")]
    [DataRow("https://creativecommons.org/licenses/by/4.0/", "CC-BY-4.0")]
    [DataRow("mit or apache-2.0 and CC0-1.0", "MIT OR Apache-2.0 AND CC0-1.0")]
    [DataRow("(MIT OR Apache-2.0) AND CC0-1.0", "(MIT OR Apache-2.0) AND CC0-1.0")]
    [DataRow("((MIT))", "MIT")]
    [DataRow("GPL-2.0-only WITH Classpath-exception-2.0", "GPL-2.0-only WITH Classpath-exception-2.0")]
    [DataRow("Apache-2.0+", "Apache-2.0+")]
    [DataRow("LicenseRef-Own.1", "LicenseRef-Own.1")]
    public void Expression_isReadAndWrittenAsSpdxDoes(string text, string written) => Assert.AreEqual(written, LicenseExpression.Parse(text).ToString());

    [TestMethod]
    [DataRow("CC-BY-4", "did you mean 'CC-BY-4.0'?")]
    [DataRow("MIT OR Apache2.0", "did you mean 'Apache-2.0'?")]
    [DataRow("MIT OR", "a licence is missing")]
    [DataRow("(MIT", "a parenthesis is not closed")]
    [DataRow("MIT)", "')' is where AND, OR or the end should be")]
    [DataRow("MIT Apache-2.0", "'Apache-2.0' is where AND, OR or the end should be")]
    [DataRow("", "a licence is missing")]
    [DataRow("CC-BY-4.0/MIT", "no SPDX licence identifier")]
    [DataRow("CC BY 4.0 (code: MIT)", "no SPDX")]
    [DataRow("CC0-1", "did you mean 'CC0-1.0'?")]
    public void Text_thatIsNone_saysWhyAndWhatWasMeant(string text, string reason) => Assert.Contains(reason, Assert.ThrowsExactly<FormatException>(() => LicenseExpression.Parse(text)).Message);

    [TestMethod]
    public void Nesting_hasALimit() => Assert.ThrowsExactly<FormatException>(() => LicenseExpression.Parse(new string('(', 100_000) + "MIT"));

    [TestMethod]
    [DataRow("MIT", "MIT", true)]
    [DataRow("MIT;CC-BY-4.0", "cc by 4.0", true)]
    [DataRow("MIT", "CC-BY-4.0", false)]
    [DataRow("MIT", "CC-BY-4.0 OR MIT", true)]
    [DataRow("MIT", "CC-BY-4.0 AND MIT", false)]
    [DataRow("MIT OR CC-BY-4.0", "CC-BY-4.0 AND MIT", true)]
    [DataRow("GPL-2.0-only", "GPL-2.0-only WITH Classpath-exception-2.0", true)]
    [DataRow("GPL-2.0-only WITH Classpath-exception-2.0", "GPL-2.0-only", false)]
    [DataRow("Apache-2.0", "Apache-2.0+", true)]
    [DataRow("LicenseRef-Own", "LicenseRef-Own", true)]
    [DataRow("MIT", "(CC-BY-4.0 OR MIT) AND (MIT OR ODbL-1.0)", true)]
    public void Policy_acceptsWhatMayBeUsedUnderIt(string allowed, string license, bool isAccepted) =>
        Assert.AreEqual(isAccepted, new LicensePolicy(allowed.Split(';')).Allows(LicenseExpression.Parse(license)));

    [TestMethod]
    [DataRow("", "is empty")]
    [DataRow("MIT;CC-BY-4", "did you mean 'CC-BY-4.0'?")]
    [DataRow("MIT AND CC-BY-4.0", "has AND in it")]
    public void Policy_thatIsWrong_isAnErrorOfItsOwn(string allowed, string reason)
    {
        var error = Assert.ThrowsExactly<DataManifestException>(() => new LicensePolicy(allowed.Split(';')));
        Assert.AreEqual(DiagnosticRules.LicensePolicyInvalid, error.Rule);
        Assert.Contains(reason, error.Message);
    }

    [TestMethod]
    public void Check_pointsAtTheLicence_orAtTheDatasetWithoutOne()
    {
        var database = new Database(ManifestDocument.Parse(
            """
            [good]
            uri = "https://h.example/good.csv"
            requires = ["closed"]
            _DOTNET = { license = "CC0-1.0" }

            [closed]
            uri = "https://h.example/closed.csv"
            [closed._DOTNET]
            license = "CC-BY-NC-4.0"

            [misspelt]
            uri = "https://h.example/misspelt.csv"
            _DOTNET.license = "CC0-1"

            [silent]
            uri = "https://h.example/silent.csv"
            """, ""));
        var policy = new LicensePolicy(["CC0-1.0"]);

        string[] all = [.. database.CheckLicenses(policy).Select(found => $"{found.Rule.Code} {found.Dataset} {found.Start.Line},{found.Start.Column}")];
        CollectionAssert.AreEqual(new[] { "DM0640 closed 9,11", "DM0641 misspelt 13,19", "DM0641 silent 15,2" }, all);
        Assert.Contains("did you mean 'CC0-1.0'?", database.CheckLicenses(policy, ["misspelt"]).Single().Message);
        Assert.AreEqual("closed", database.CheckLicenses(policy, ["good"]).Single().Dataset, "What a dataset requires is used too.");
        Assert.IsEmpty(database.CheckLicenses(new LicensePolicy(["CC0-1.0", "CC-BY-NC-4.0"]), ["good"]));
    }
}
