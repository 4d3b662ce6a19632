using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DataManifest.Generator;

[TestClass]
public sealed class GeneratedCodeTests
{
    private const string Manifest = """
        [co2]
        uri = "https://example.org/co2.csv"
        description = "Carbon dioxide"

        ["ice/vostok"]
        uri = "https://example.org/vostok.csv"

        [_STORAGE]
        datasets_dir = "data"
        """;

    private static string Names => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Fixtures", "names.toml"));

    [TestMethod]
    public void Generate_namesOfEveryKind_givesTheReviewedCode() => Snapshot.Verify("names", GeneratorProject.Of(Names).Generate());

    [TestMethod]
    public void Generate_severalFiles_givesOneClassInTheirOrder()
    {
        var project = GeneratorProject.Of("") with
        {
            Manifests =
            [
                new("/project/datasets.toml", "[co2]\nuri = \"https://example.org/co2.csv\"\n"),
                new("/project/notes.toml", "[notes]\nuri = \"https://example.org/notes.csv\"\n", isMarked: false),
                new("/shared/datamanifest.toml", "[ch4]\nuri = \"https://example.org/ch4.csv\"\n[co2]\nuri = \"https://example.org/other.csv\"\n[_STORAGE]\ndatasets_dir = \"/data\"\n"),
            ],
        };
        Snapshot.Verify("several", project.Generate());
        Assert.IsEmpty(project.CompilerFindings());
    }

    [TestMethod]
    [DataRow(LanguageVersion.CSharp7_3)]
    [DataRow(LanguageVersion.CSharp8)]
    [DataRow(LanguageVersion.CSharp9)]
    [DataRow(LanguageVersion.CSharp10)]
    [DataRow(LanguageVersion.Latest)]
    [DataRow(LanguageVersion.Preview)]
    public void Compile_everyLanguageVersion_givesNoWarning(LanguageVersion version) =>
        Assert.IsEmpty((GeneratorProject.Of(Names) with { LanguageVersion = version }).CompilerFindings());

    [TestMethod]
    public void Run_valuesOfDatasets_areThoseOfTheManifest()
    {
        var result = GeneratorProject.Of(Manifest, """
            public static class Program
            {
                public static object Run() => string.Join("|", Datasets.Co2.Name, Datasets.Co2.Key, Datasets.Co2.Uri, Datasets.Co2.Description, Datasets.Ice.Vostok.Name);
            }
            """).Run();

        Assert.AreEqual("co2|example.org/co2.csv|https://example.org/co2.csv|Carbon dioxide|ice/vostok", result);
    }

    [TestMethod]
    public void Run_namesOfEveryKind_findTheirDatasets()
    {
        var result = GeneratorProject.Of(Names, """
            public static class Program
            {
                public static object Run() => string.Join("|", Datasets.Grid.Name, Datasets.Grid.Fine.Name, Datasets.Grid.Path2.Name, Datasets.Grid.GridDataset2.Name,
                    Datasets.Jesstierney.LgmDA.Name, Datasets.Jesstierney.Glomap.V2.Name, Datasets.Class.Name, Datasets._2023.Name, Datasets.V1_2.Name, Datasets.V12.Name,
                    Datasets.GrößeΠ.数据.Name, Datasets.Co2.Name, Datasets.Co2_3.Name, Datasets.CO2.Name, Datasets.Co2_4.Name, Datasets.Co2_2.Name);
            }
            """).Run();

        Assert.AreEqual(
            "grid|grid/fine|grid/path|grid/grid_dataset|jesstierney/lgmDA|jesstierney/glomap/v2|class|2023|v1.2|v12|größe π/数据|co2|Co2|CO2|co2 |co2.2",
            result);
    }

    [TestMethod]
    public void Run_listOfAll_hasEveryDatasetInTheOrderOfTheFile()
    {
        var all = (IReadOnlyList<Dataset>)GeneratorProject.Of("[b]\nuri='x://h/b'\n['a/x']\nuri='x://h/x'\n[a]\nuri='x://h/a'\n", """
            public static class Program
            {
                public static object Run() => Datasets.All;
            }
            """).Run()!;

        CollectionAssert.AreEqual(new[] { "b", "a/x", "a" }, all.Select(dataset => dataset.Name).ToArray());
    }

    [TestMethod]
    public void Run_sameDatasetTwice_isOneObject() => Assert.AreEqual(true, GeneratorProject.Of(Manifest, """
        public static class Program
        {
            public static object Run() => ReferenceEquals(Datasets.Co2, Datasets.Co2) && ReferenceEquals(Datasets.Ice.Vostok, Datasets.All[1]);
        }
        """).Run());

    [TestMethod]
    public void Run_oneDatasetOfMany_makesNoOther()
    {
        var manifest = string.Concat(Enumerable.Range(0, 1000).Select(i => $"[d{i}]\nuri = 'x://h/{i}'\n"));
        var bytes = (long[])GeneratorProject.Of(manifest, """
            using System;

            public static class Program
            {
                public static object Run()
                {
                    var first = Datasets.D0;
                    var before = GC.GetAllocatedBytesForCurrentThread();
                    var second = Datasets.D1;
                    var between = GC.GetAllocatedBytesForCurrentThread();
                    var all = Datasets.All;
                    return new long[] { between - before, GC.GetAllocatedBytesForCurrentThread() - between };
                }
            }
            """).Run()!;

        Assert.IsLessThan(bytes[1] / 100, bytes[0]);
    }

    [TestMethod]
    public void Run_partOfTheUsersOwn_joinsTheClass()
    {
        var result = GeneratorProject.Of(Manifest, """
            namespace My.Science
            {
                public static partial class Datasets
                {
                    public static string Twice => Co2.Name + Datasets.Co2.Name;
                }
            }

            namespace My.Science.Deeper
            {
                using My.Science;

                public static class User
                {
                    public static string Name => Datasets.Twice;
                }
            }
            """, """
            public static class Program
            {
                public static object Run() => Datasets.Twice + My.Science.Deeper.User.Name;
            }
            """).Run();

        Assert.AreEqual("co2co2co2co2", result);
    }

    [TestMethod]
    public void Compile_topLevelProgram_needsNoUsing() => Assert.IsEmpty(
        (GeneratorProject.Of(Manifest, "System.Console.WriteLine(Datasets.Co2.Name);") with { OutputKind = OutputKind.ConsoleApplication }).CompilerFindings());

    [TestMethod]
    public void Compile_topLevelProgramWithUsingOfTheNamespace_isNotAmbiguous() => Assert.IsEmpty(
        (GeneratorProject.Of(Manifest, "using System;\nusing My.Science;\nConsole.WriteLine(Datasets.Co2.Name);") with { OutputKind = OutputKind.ConsoleApplication }).CompilerFindings());

    [TestMethod]
    [DataRow("RootNamespace", "", "global::Datasets.Co2")]
    [DataRow("RootNamespace", "my-app.2d.class", "global::my_app._2d.@class.Datasets.Co2")]
    [DataRow("RootNamespace", "Datasets", "global::Datasets.Datasets.Co2")]
    [DataRow("RootNamespace", "Datasets.Of.Mine", "global::Datasets.Of.Mine.Datasets.Co2")]
    [DataRow("RootNamespace", "My.Datasets", "Datasets.Co2")]
    [DataRow("RootNamespace", "System.DataManifest", "Datasets.Co2")]
    [DataRow("DataManifestNamespace", "Climate", "global::Climate.Datasets.Co2")]
    [DataRow("DataManifestClass", "Data", "Data.Co2")]
    [DataRow("DataManifestClass", "class", "@class.Co2")]
    [DataRow("DataManifestClass", "my data", "my_data.Co2")]
    [DataRow("DataManifestClass", "All", "All.Co2")]
    [DataRow("DataManifestClass", "Co2", "Co2.Co2_2")]
    [DataRow("DataManifestClass", "DataManifest", "My.Science.DataManifest.Co2")]
    [DataRow("DataManifestClass", "System", "My.Science.System.Co2")]
    public void Compile_namespaceOrClassOfTheProject_isUsed(string property, string value, string expression)
    {
        var properties = new Dictionary<string, string> { ["RootNamespace"] = "My.Science", [property] = value };
        var source = $"public static class Program {{ public static object Run() => {expression}.Name; }}";

        Assert.AreEqual("co2", (GeneratorProject.Of(Manifest, source) with { Properties = properties }).Run());
    }

    [TestMethod]
    public void Load_internalVisibility_hidesTheClass()
    {
        var properties = new Dictionary<string, string> { ["RootNamespace"] = "My", ["DataManifestVisibility"] = "internal" };
        var assembly = (GeneratorProject.Of(Manifest) with { Properties = properties }).Load();

        Assert.IsEmpty(assembly.GetExportedTypes());
        Assert.IsNotNull(assembly.GetType("My.Datasets"));
    }

    [TestMethod]
    public void Generate_textThatIsNoToml_givesAClassWithoutDatasets()
    {
        var project = GeneratorProject.Of("[co2\nuri = ");

        StringAssert.Contains(project.Generate(), "public static partial class Datasets");
        Assert.IsEmpty(project.CompilerFindings());
    }

    [TestMethod]
    public void Generate_noManifest_givesNothing() => Assert.AreEqual("", (GeneratorProject.Of("") with { Manifests = [] }).Generate());

    [TestMethod]
    public void Generate_anyManifest_holdsNoPathAndNoCarriageReturn()
    {
        var code = GeneratorProject.Of(Manifest.ReplaceLineEndings("\r\n")).Generate();

        Assert.DoesNotContain("/project", code);
        Assert.DoesNotContain("\r", code);
        Assert.AreEqual(GeneratorProject.Of(Manifest).Generate(), code);
    }

    [TestMethod]
    public void Generate_bindingsOfOtherLanguages_areLeftOut()
    {
        var code = GeneratorProject.Of("""
            [grid]
            uri = "https://example.org/grid.nc"
            [grid._LANG.python]
            loader = "xarray:open_dataset"
            [grid._LANG.csharp]
            loader = "My.Loader:Open"
            """).Generate();

        Assert.DoesNotContain("python", code);
        Assert.Contains("My.Loader:Open", code);
    }

    [TestMethod]
    public void ReservedNames_ofDataset_haveEveryMemberOfTheRuntimeType()
    {
        var members = typeof(Dataset)
            .GetMembers(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.FlattenHierarchy)
            .Where(member => member is not ConstructorInfo && !IsHidden(member))
            .Select(member => member.Name)
            .Where(name => char.IsUpper(name[0]));

        Assert.IsEmpty(members.Except([.. Naming.ReservedNames.OfObject, .. Naming.ReservedNames.OfDataset]));
    }

    private static bool IsHidden(MemberInfo member) => member switch
    {
        MethodBase method => method.IsPrivate || method.IsAssembly || method.IsFamilyAndAssembly || method.IsSpecialName,
        FieldInfo field => field.IsPrivate || field.IsAssembly || field.IsFamilyAndAssembly,
        PropertyInfo property => property.GetAccessors(nonPublic: true).All(IsHidden2),
        _ => false,
    };

    private static bool IsHidden2(MethodInfo accessor) => accessor.IsPrivate || accessor.IsAssembly || accessor.IsFamilyAndAssembly;
}
