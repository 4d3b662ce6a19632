using DataManifest.Toml;

namespace DataManifest.Manifest;

/// <summary>The rules of identity at a glance; the shared vectors have the whole of them.</summary>
[TestClass]
public sealed class DatasetDeclarationTests
{
    [TestMethod]
    public void Read_ofABatch_keepsItsFormatAsWritten() =>
        Assert.AreEqual(".csv", DatasetDeclaration.Read("d", TomlDocument.Parse("uris = ['https://h/a.csv']\nformat = '.csv'").Root).Format);

    [TestMethod]
    [DataRow("uri = 'https://h/d/x.csv'", "h/d/x.csv", "csv")]
    [DataRow("uri = 'https://h/d/x.tar.gz#v2'", "h/d/x.tar.gz#v2", "tar.gz")]
    [DataRow("uri = 'https://h/d/x.csv'\nversion = '2'", "h/d/x.csv#2", "csv")]
    [DataRow("uri = 'https://h#v1'", "h/#v1", "")]
    [DataRow("uri = 'https://h/x?format=.zip'\nformat = 'csv'", "h/x", "zip")]
    [DataRow("uri = 'https://h/x.csv'\nkey = 'mine/y.nc'\nversion = '2'", "mine/y.nc", "nc")]
    [DataRow("uris = ['https://h/d/a/x.csv', 'https://g/d/b/y.csv']", "h/d", "")]
    [DataRow("uri = ['https://h/d/x.csv', 'https://h/d/y.csv']", "h/d", "")]
    [DataRow("downloads = ['https://h/x.csv']", "h/x.csv", "csv")]
    [DataRow("uri = 'https://h/x.csv'\nref = '9'", "h/x.csv#9", "csv")]
    [DataRow("scheme = 'https'\nhost = 'h'\npath = '/x.csv'\nversion = '2'", "h/x.csv#2", "csv")]
    [DataRow("shell = 'make'", "name", "")]
    [DataRow("shell = 'make'\nversion = '2'", "name#2", "")]
    public void Read_aDataset_derivesKeyAndFormat(string fields, string key, string format)
    {
        var dataset = Read(fields);
        Assert.AreEqual((key, format), (dataset.Key, dataset.Format));
        Assert.AreEqual(fields.StartsWith("shell", StringComparison.Ordinal), dataset.IsKeyFromName);
    }

    [TestMethod]
    [DataRow("x.zip", "zip", "h/x")]
    [DataRow("x.tar.gz", "tar.gz", "h/x")]
    [DataRow("x.zip#v1", "zip", "h/x.zip#v1.d")]
    [DataRow("x.tgz", "tar.gz", "h/x.tgz.d")]
    [DataRow("x.ZIP", "zip", "h/x.ZIP.d")]
    [DataRow("x.Tar.GZ", "tar.gz", "h/x.Tar.GZ.d")]
    [DataRow("x.tar.bz2", "tar.bz2", "h/x.tar.bz2.d")]
    [DataRow("x.csv.gz", "gz", "h/x.csv.gz.d")]
    [DataRow("x.csv.bz2", "", null)]
    [DataRow("x.tar.xz", "", null)]
    public void Read_anArchive_knowsWhatItIsAndWhereItGoes(string file, string archive, string? folder)
    {
        var dataset = Read($"uri = 'https://h/{file}'\nextract = true");
        Assert.AreEqual((archive, folder is not null), (dataset.ArchiveFormat, dataset.Extract));
        Assert.AreEqual(folder, dataset.Extract ? dataset.ExtractionName : null);
    }

    [TestMethod]
    [DataRow("sha256 = 'AB'", "sha256:AB")]
    [DataRow("checksum = 'ab'\nsha256 = 'cd'", "sha256:ab")]
    [DataRow("checksum = ''\nsha256 = 'cd'", "sha256:cd")]
    [DataRow("checksum = 'md5:ab'", "md5:ab")]
    public void Read_aChecksum_hasItsAlgorithm(string fields, string expected) => Assert.AreEqual(expected, Read(fields).Checksum);

    [TestMethod]
    public void MemberPaths_ofABatch_areBelowTheCommonFolders() =>
        CollectionAssert.AreEqual(
            new[] { "a/x.csv", "y.csv" }, Read("uris = ['https://h/d/a/x.csv', 'https://h/d//y.csv?z=1']").MemberPaths.ToArray());

    [TestMethod]
    [DataRow("https://github.com/owner/repo.git", "owner/repo")]
    [DataRow("https://gitlab.example.org/owner/repo/raw/x.csv", "owner/repo")]
    [DataRow("https://example.org/d/x.csv", "example.org/d/x")]
    [DataRow("https://example.org/d/.hidden", "example.org/d/.hidden")]
    public void DefaultName_isTheRepositoryOrTheKey(string uri, string expected)
    {
        var dataset = Read($"uri = '{uri}'");
        Assert.AreEqual(expected, DatasetKey.DefaultName(dataset.Source, dataset.Key));
    }

    [TestMethod]
    public void Read_bindings_areKeptAsWritten()
    {
        var dataset = Read("fetcher = 'M:f'\nloader = { ref = 'M:l' }\n_LANG.csharp.loader = 'N:l'");
        Assert.AreEqual("M:f", ((TomlString)dataset.Fetcher!).Value);
        Assert.IsInstanceOfType<TomlTable>(dataset.Loader);
        Assert.IsNotNull(dataset.Languages!["csharp"]);
    }

    private static DatasetDeclaration Read(string fields) => DatasetDeclaration.Read("name", TomlDocument.Parse(fields).Root);

    [TestMethod]
    [DataRow("h/x.csv.gz", "x.csv")]
    [DataRow("h/x.csv.GZ#v1", "x.csv")]
    [DataRow("h/table", "table")]
    [DataRow("h/.gz#1", "content")]
    [DataRow("h/...gz", "content")]
    [DataRow("h/a.gz/", "a")]
    public void ExtractedFileName_ofACompressedFile_isTheNameThatGunzipGives(string key, string name) => Assert.AreEqual(name, DatasetKey.ExtractedFileName(key));
}
