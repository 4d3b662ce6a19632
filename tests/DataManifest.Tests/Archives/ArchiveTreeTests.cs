using DataManifest.Diagnostics;
using DataManifest.Fetching;

namespace DataManifest.Archives;

/// <summary>Names under the rules of other systems than the one that the tests run on.</summary>
[TestClass]
public sealed class ArchiveTreeTests
{
    private static readonly FileNameRules Windows = new(IsWindows: true, IgnoresCase: true, IgnoresForm: false);
    private static readonly FileNameRules MacOS = new(IsWindows: false, IgnoresCase: true, IgnoresForm: true);
    private static readonly FileNameRules Linux = new(IsWindows: false, IgnoresCase: false, IgnoresForm: false);

    [TestMethod]
    [DataRow("CON")]
    [DataRow("d/aux.txt")]
    [DataRow("COM1.csv")]
    [DataRow("a.")]
    [DataRow("a ")]
    [DataRow("a:stream")]
    [DataRow("a\u0001b")]
    [DataRow("what?")]
    [DataRow("d\\..\\..\\evil")]
    public void AddFile_on_Windows_refuses_what_is_no_name_there(string name)
    {
        Assert.AreEqual(DiagnosticRules.UnsafeArchive, Assert.ThrowsExactly<FetchFaultException>(() => new ArchiveTree(Windows).AddFile(name, out _)).Rule);
        if (!name.Contains("..", StringComparison.Ordinal))
        {
            Assert.AreEqual(name, new ArchiveTree(Linux).AddFile(name, out var isNew));
            Assert.IsTrue(isNew);
        }
    }

    [TestMethod]
    [DataRow("Data.csv", "data.CSV")]
    [DataRow("\u00E9.csv", "e\u0301.csv")]
    public void AddFile_knows_names_that_the_file_system_takes_for_one(string first, string second)
    {
        var composed = !System.Text.Ascii.IsValid(first);
        foreach (var (rules, isOne) in new[] { (Linux, false), (Windows, !composed), (MacOS, true) })
        {
            var tree = new ArchiveTree(rules);
            tree.AddFile(first, out _);
            tree.AddFile(second, out var isNew);
            Assert.AreEqual(!isOne, isNew);
        }
    }

    [TestMethod]
    public void AddFile_below_a_link_in_another_case_is_refused()
    {
        var tree = new ArchiveTree(MacOS);
        tree.AddLink("Link", "elsewhere");
        Assert.ThrowsExactly<FetchFaultException>(() => tree.AddFile("link/file", out _));
        Assert.ThrowsExactly<FetchFaultException>(() => tree.AddFolder("LINK"));
    }

    [TestMethod]
    public void TakeNewFolders_gives_each_folder_once_and_behind_the_one_it_lies_in()
    {
        var tree = new ArchiveTree(Linux);
        tree.AddFile("a/b/c", out _);
        tree.AddFolder("a/d/");
        CollectionAssert.AreEqual(new[] { "a", "a/b", "a/d" }, tree.TakeNewFolders().ToArray());
        tree.AddFolder("a/d");
        Assert.IsEmpty(tree.TakeNewFolders());
    }
}
