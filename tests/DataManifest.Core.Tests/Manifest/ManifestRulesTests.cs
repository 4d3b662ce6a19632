using DataManifest.Diagnostics;

namespace DataManifest.Manifest;

/// <summary>What is wrong with a manifest, each with the text that the finding points at.</summary>
[TestClass]
public sealed class ManifestRulesTests
{
    private const string A = "[a]\nuri = 'https://example.org/a.csv'\n";

    [TestMethod]
    [DataRow("[a]\nuri = 'https://h/a'\nuris = ['https://h/b/c']", "DM0202 'https://h/a'")]
    [DataRow("[a]\nuri = ['https://h/b/d']\nuris = ['https://h/b/c']", "DM0202 ['https://h/b/d']")]
    [DataRow("[a]\nuri = 'http://[x/y'\nkey = 'y'", "DM0203 'http://[x/y'")]
    [DataRow("[a]\nuris = ['https://h/x/y', 'https://h\uFF03x/z']", "DM0203 'https://h\uFF03x/z'")]
    [DataRow("[a]\nuri = 'https://u:p@h/x'", "DM0223 'https://u:p@h/x'")]
    [DataRow("[a]\nuris = ['https://h/x/a', 'https://h/x/b?sig=1']", "DM0223 'https://h/x/b?sig=1'")]
    [DataRow(A + "version = 2", "DM0204 2")]
    [DataRow(A + "requires = 'a_b'\n[a_b]\nuri = 'https://h/b'", "DM0204 'a_b'")]
    [DataRow(A + "skip_checksum = 'no'", "DM0204 'no'")]
    [DataRow(A + "checksum = ['x']", "DM0204 ['x']")]
    [DataRow(A + "aliases = 'abc'", "DM0205 'abc'")]
    [DataRow(A + "description = 1979-05-27", "DM0205 1979-05-27")]
    [DataRow(A + "checksum = 'sha256:abc'", "DM0206 'sha256:abc'")]
    [DataRow(A + "sha256 = 'abc'", "DM0206 'abc'")]
    [DataRow(A + "checksum = 'blake3:abc'", "DM0207 'blake3:abc'")]
    [DataRow("[a]\nurl = 'https://h/a'", "DM0208 url")]
    [DataRow(A + "cheksum = ''", "DM0208 cheksum")]
    [DataRow("[a]\nur1 = 'https://h/a'\nkey = 'a'", "DM0208 ur1")]
    [DataRow(A + "[a._LNAG]\nx = 1", "DM0208 _LNAG")]
    [DataRow(A + "[a._DOTNET]\nlicence = 'MIT'", "DM0208 licence")]
    [DataRow(A + "[a._DOTNET]\nauthors = ['A, B']", "DM0208 authors")]
    [DataRow(A + "[a._DOTNET]\nobsolete = 3", "DM0205 3")]
    [DataRow(A + "[_STORGE]\ndatasets_dir = 'd'", "DM0208 _STORGE")]
    [DataRow("[a.b]\nuri = 'https://h/a'", "DM0208 b")]
    [DataRow(A + "local_path = 'x'", "DM0209 local_path")]
    [DataRow("[a]\ndownloads = ['https://h/x', 'https://h/y']", "DM0209 ['https://h/x', 'https://h/y']")]
    [DataRow(A + "python = 'm:f'\ncallable = 'm:g'", "DM0209 python | DM0209 callable")]
    [DataRow(A + "store = 'x'\njulia_modules = []\npython_includes = []\njulia_includes = []\njulia = 'f()'", "DM0209 store | DM0209 julia_modules | DM0209 python_includes | DM0209 julia_includes | DM0209 julia")]
    [DataRow("[a]\nuri = 'http://h/a'", "DM0226 'http://h/a'")]
    [DataRow("[a]\nuri = 'http://h/a'\nchecksum = 'md5:1'\nskip_checksum = true", "DM0226 'http://h/a'")]
    [DataRow("[a]\nuris = ['https://h/a/b', 'http://h/a/c']", "DM0226 ['https://h/a/b', 'http://h/a/c']")]
    [DataRow(A + "aliases = ['x']\n[b]\nuri = 'https://h/b'\naliases = ['X']", "DM0224 'X'")]
    [DataRow(A + "[_STORAGE]\ndataset_dir = 'd'", "DM0208 dataset_dir")]
    [DataRow(A + "[_STORAGE._HOST.'login*']\ndatasets_pool = ['d']", "DM0208 datasets_pool")]
    [DataRow(A + "[_STORAGE]\nscope = 'd'\n_PROFILE = 'x'", "DM0209 scope | DM0209 _PROFILE")]
    [DataRow(A + "lazy_access = true", "DM0243 true")]
    [DataRow(A + "[a]", "DM0101 a")]
    [DataRow(A + "extract = true", "DM0210 true")]
    [DataRow("[a]\nuri = 'https://h/a.tar.xz'\nextract = true", "DM0210 true")]
    [DataRow("[a]\nuris = ['https://h/b/c.zip']\nextract = true", "DM0210 true")]
    [DataRow("[a]\nuri = 'http://'", "DM0211 'http://'")]
    [DataRow("[a]\nuris = ['x.csv', 'y.csv']", "DM0211 ['x.csv', 'y.csv']")]
    [DataRow("[a]\nuri = 'https://h/x'\nkey = './'", "DM0211 './'")]
    [DataRow("[a]\nuri = 'https://h/../../x'", "DM0212 'https://h/../../x'")]
    [DataRow("[a]\nuri = 'https://h/x#../../y'", "DM0212 'https://h/x#../../y'")]
    [DataRow("[a]\nuri = 'https://h/x'\nkey = '/etc/x'", "DM0212 '/etc/x'")]
    [DataRow("[a]\nuri = 'https://h/x'\nkey = 'C:x'", "DM0212 'C:x'")]
    [DataRow("[a]\nuri = 'https://h/x'\nkey = '..\\x'", "DM0212 '..\\x'")]
    [DataRow("[a]\nuri = 'https://h/x'\nkey = '\\\\server\\x'", "DM0212 '\\\\server\\x'")]
    [DataRow("['..']\nshell = 'make x'", "DM0212 '..'")]
    [DataRow("[a]\nuri = 'https://h/x?m=1'\n[b]\nuri = 'https://h/x?m=2'", "DM0213 'https://h/x?m=2'")]
    [DataRow("[a]\nuri = 'https://h/x'\n[b]\nuri = 'https://g/y'\nkey = './h//x/'", "DM0213 './h//x/'")]
    [DataRow("[a]\nuri = 'https://h/x.zip'\nextract = true\n[b]\nuri = 'https://h/x.tar'\nextract = true", "DM0213 'https://h/x.tar'")]
    [DataRow("[a]\nuri = 'https://h/x.git'\nbranch = 'v1'\n[b]\nuri = 'https://h/x.git'\nbranch = 'v2'", "DM0213 'https://h/x.git'")]
    [DataRow("[b]\nuri = 'https://h/x/y/z'\n[a]\nuri = 'https://h/x'", "DM0214 'https://h/x/y/z'")]
    [DataRow("[a]\nuri = 'https://h/x.zip'\nextract = true\n[b]\nuri = 'https://h/x/y'", "DM0214 'https://h/x/y'")]
    [DataRow("[a]\nuri = 'https://h/x'\n[b]\nuri = 'https://h/x.complete'", "DM0214 'https://h/x.complete'")]
    [DataRow("[a]\nuri = 'https://h/CON.csv'", "DM0215 'https://h/CON.csv'")]
    [DataRow("[a]\nuri = 'https://h/x.'", "DM0215 'https://h/x.'")]
    [DataRow("[a]\nuri = 'https://h/x'\n[b]\nuri = 'https://h/X'", "DM0215 'https://h/X'")]
    [DataRow(A + "[A]\nuri = 'https://h/b'", "DM0216 A")]
    [DataRow(A + "[b]\nuri = 'https://h/b'\naliases = ['x', 'A']", "DM0217 'A'")]
    [DataRow(A + "requires = ['b', 'none']\n[b]\nuri = 'https://h/b'", "DM0218 'none'")]
    [DataRow(A + "doi = 'd'\n[b]\nuri = 'https://h/b'\ndoi = 'd'\n[c]\nuri = 'https://h/c'\nrequires = ['d']", "DM0218 'd'")]
    [DataRow(A + "requires = ['a']", "DM0219 ['a']")]
    [DataRow(A + "requires = ['b']\n[b]\nshell = 'x'\nrequires = [ 'a' ]\n[c]\nshell = 'x'\nrequires = ['a']", "DM0219 ['b'] | DM0219 [ 'a' ]")]
    [DataRow("[a]\nuris = ['https://h/b/c?x=1', 'https://h/b/c?x=2']", "DM0220 'https://h/b/c?x=2'")]
    [DataRow("[a]\nuris = ['https://h/b/c', 'https://h/b/c/d']", "DM0220 'https://h/b/c/d'")]
    [DataRow("[a]\nuris = ['https://h/', 'https://h/c']", "DM0220 'https://h/'")]
    [DataRow("[a]\nuris = ['https://h/b', 'https://h/../c']", "DM0220 'https://h/../c'")]
    public void Diagnostics_ofAFaultyManifest_pointAtTheText(string text, string expected)
    {
        var manifest = ManifestDocument.Parse(text, "datasets.toml");
        Assert.AreEqual(expected, string.Join(" | ", manifest.Diagnostics.Select(diagnostic => $"{diagnostic.Rule.Code} {diagnostic.Span.Of(text)}")));
        foreach (var diagnostic in manifest.Diagnostics)
        {
            CollectionAssert.Contains(manifest.DiagnosticsOf(diagnostic.Dataset).ToList(), diagnostic);
            Assert.AreEqual(diagnostic.Rule.Severity == DiagnosticSeverity.Error, manifest.ErrorsOf(diagnostic.Dataset).Contains(diagnostic));
            Assert.IsTrue(diagnostic.Dataset.Length == 0 || manifest.Get(diagnostic.Dataset) is not null, "a dataset with errors is still listed");
        }
    }

    [TestMethod]
    [DataRow("[a]\n")]
    [DataRow("[a]\nshell = 'make x'\n[b]\nshell = 'make y'")]
    [DataRow(A + "name = 'x'\npersist = true\nlicense = 'MIT'\nsource = 'us'\ndate = 2020-01-01\n_x = 1\nfoo = { bar = 1 }")]
    [DataRow(A + "[b]\nuri = 'https://example.org/a.csv'")]
    [DataRow(A + "[b]\nuri = 'https://example.org/a.csv?x=1'\nstorage_path = 'there.csv'")]
    [DataRow(A + "[b]\nuri = 'https://example.org/a.csv?x=1'\nlazy_access = true\nloader = 'N.T:M'")]
    [DataRow(A + "checksum = 'sha256:abc'\nskip_checksum = true")]
    [DataRow("[a]\nuris = ['file:///d/x.csv', 'file:///d/y.csv']")]
    [DataRow("[a]\nuri = 'https://h/x.TGZ'\nextract = true")]
    [DataRow("[a]\nuri = 'http://127.0.0.1:8000/a'\n[b]\nuri = 'http://localhost/b'\n[c]\nuri = 'http://[::1]/c'\nkey = 'c'")]
    [DataRow("[a]\nuri = 'http://h/a'\nchecksum = 'md5:9e107d9d372bb6826bd81d3542a419d6'\n[b]\nuri = 'http://h/b'\nskip_download = true")]
    [DataRow(A + "[_STORAGE]\nscratch = '/s'\ndataset_dirs = '/t'\ndatasets_dir = '$scratch/${dataset_dirs}'\nx = 1")]
    [DataRow("[b]\nrequires = ['alias']\n[a]\naliases = ['alias']")]
    public void Diagnostics_ofASoundManifest_areNone(string text) =>
        Assert.AreEqual("", string.Join("; ", ManifestDocument.Parse(text, "datasets.toml").Diagnostics.Select(diagnostic => diagnostic.Message)));

    /// <summary>The checks that the format's users meet most, each with its code, whether the build goes on, and the line and column from which and up to which an editor underlines.</summary>
    [TestMethod]
    [DataRow("[a]\nuri = 'https://h/a'\nchecksum = 'blake3:00'", "DM0207 Warning 3,12 3,23", "'blake3'", DisplayName = "unknown algorithm")]
    [DataRow("[a]\nuri = 'https://h/a'\nchecksum = \"md5:abc\"", "DM0206 Error 3,12 3,21", "copy the whole digest", DisplayName = "odd hex")]
    [DataRow("[a]\nuri = 'https://h/a'\nuris = ['https://h/b/c']", "DM0202 Error 2,7 2,20", "uris", DisplayName = "uri with uris")]
    [DataRow("[a]\nshell = 'x'\nrequires = ['b']\n\n[b]\nshell = 'y'\n  requires = ['a']", "DM0219 Error 3,12 3,17 | DM0219 Error 7,14 7,19", "a -> b -> a", DisplayName = "a circle of requirements")]
    [DataRow("[a]\nshell = 'x'\nrequires = ['b',\n  'cc']\n[b]\nshell = 'y'", "DM0218 Error 4,3 4,7", "requires 'cc'", DisplayName = "an unknown requirement")]
    [DataRow("[a]\nuri = 'https://h/a'\n[a]\nuri = 'https://h/b'", "DM0101 Error 3,2 3,3", "a", DisplayName = "a name twice")]
    [DataRow("[a]\nuri = 'https://h/a'\n[A]\nuri = 'https://h/b'", "DM0216 Warning 3,2 3,3", "'A'", DisplayName = "names that differ in case")]
    [DataRow("[a]\nuri = 'https://h/a'\naliases = ['x']\n[b]\nuri = 'https://h/b'\naliases = ['y', 'x']", "DM0224 Warning 6,17 6,20", "'x'", DisplayName = "an alias twice")]
    [DataRow("[a]\nuri = 'https://h/a'\n[b]\nuri = 'https://h/b'\naliases = ['a']", "DM0217 Warning 5,12 5,15", "'a'", DisplayName = "an alias that is a name")]
    [DataRow("[a]\nuri = 'https://h/a'\nlocal_path = 'x'", "DM0209 Warning 3,1 3,11", "write 'storage_path'", DisplayName = "a retired field")]
    [DataRow("[a]\nuri = 'https://h/a'\nlazy_access = true", "DM0243 Error 3,15 3,19", "loader", DisplayName = "lazy_access without a loader")]
    [DataRow("[a]\nuri = 'http://h/a'", "DM0226 Warning 2,7 2,19", "write https", DisplayName = "plain http")]
    [DataRow("[a]\nuri = 'https://h/x'\n[b]\nuri = 'https://h/X'", "DM0215 Warning 4,7 4,20", "differ only in case", DisplayName = "keys that differ only in case")]
    [DataRow("[a]\nuri = 'https://h/x'\nkey = 'd/aux.csv'", "DM0215 Warning 3,7 3,18", "'aux.csv' is a reserved name", DisplayName = "a name that Windows reserves")]
    [DataRow("[a]\nuri = 'https://h/x'\nkey = 'd/a:b'", "DM0215 Warning 3,7 3,14", "'a:b' has a character", DisplayName = "a character that Windows does not take")]
    [DataRow("[a]\nuri = 'https://h/x'\nkey = \"a\\u0000b\"", "DM0212 Error 3,7 3,17", "leaves the store", DisplayName = "a character that no system takes")]
    [DataRow("[a]\nuri = 'https://h/a'\n\tstorage_pth = 'x'", "DM0208 Warning 3,2 3,13", "did you mean 'storage_path'?", DisplayName = "a misspelled field")]
    [DataRow("\ufeff[a]\r\nurl = 'https://h/a'", "DM0208 Warning 2,1 2,4", "did you mean 'uri'?", DisplayName = "a field under another name, after a byte order mark")]
    public void Diagnostics_haveCodeSeverityLineAndColumn(string text, string expected, string part)
    {
        var diagnostics = ManifestDocument.Parse(text, "datasets.toml").Diagnostics;
        Assert.AreEqual(expected, string.Join(" | ", diagnostics.Select(diagnostic => $"{diagnostic.Rule.Code} {diagnostic.Rule.Severity} {diagnostic.Start} {diagnostic.End}")));
        Assert.Contains(part, diagnostics[0].Message);
    }

    [TestMethod]
    public void Message_ofACircle_showsIt()
    {
        var manifest = ManifestDocument.Parse("[a]\nrequires = ['b']\n[b]\nrequires = ['c']\n[c]\nrequires = ['b']\n", "datasets.toml");
        Assert.AreEqual("Datasets require each other in a circle: b -> c -> b; remove one of these requirements.", manifest.Diagnostics[0].Message);
        Assert.IsEmpty(manifest.ErrorsOf("a"));
    }

    [TestMethod]
    public void Message_neverShowsCredentialsOfAUri()
    {
        var manifest = ManifestDocument.Parse("[a]\nuri = 'https://u:secret@[x/y?token=secret'\n[b]\nuris = ['https://u:secret@h/c?t=secret', 'https://u:secret@h/c?t=2secret']", "datasets.toml");
        Assert.HasCount(2, manifest.Diagnostics.Where(diagnostic => diagnostic.Rule.Severity == DiagnosticSeverity.Error).Select(diagnostic => diagnostic.Dataset).Distinct());
        Assert.IsFalse(manifest.Diagnostics.Any(diagnostic => diagnostic.Message.Contains("secret")));
    }

    [TestMethod]
    public void Key_ofASegmentOver255Bytes_isNotPortable()
    {
        var manifest = ManifestDocument.Parse($"[a]\nuri = 'https://h/{new string('é', 128)}'", "datasets.toml");
        Assert.AreEqual(DiagnosticRules.KeyNotPortable, manifest.Diagnostics.Single().Rule);
        Assert.IsEmpty(ManifestDocument.Parse($"[a]\nuri = 'https://h/{new string('é', 127)}'", "datasets.toml").Diagnostics);
    }
}
