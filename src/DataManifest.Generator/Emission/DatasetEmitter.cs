using DataManifest.Generator.Model;

namespace DataManifest.Generator.Emission;

/// <summary>
/// Writes the code of one dataset: its property and its type. The dataset is made when it is first used: it lies in a static field of its own type, so that
/// using one of ten thousand makes one.
/// </summary>
internal static class DatasetEmitter
{
    /// <summary>The text of a file.</summary>
    /// <param name="file">What is in it.</param>
    public static string Emit(DatasetFile file)
    {
        var owner = file.Datasets[0].Class;
        var code = GeneratedFile.Begin(owner);
        code.Open($"partial class {owner.Name}");
        foreach (var property in file.Datasets.Where(property => property.ParentType.Length == 0))
        {
            code.Separate();
            PropertyWriter.Write(code, property);
        }

        code.Separate();
        code.Open($"partial class {owner.TypesName}");
        foreach (var property in file.Datasets)
        {
            if (property.ParentType.Length > 0)
            {
                code.Separate();
                code.Open($"partial class {property.ParentType}");
                PropertyWriter.Write(code, property);
                code.Close();
            }

            WriteType(code, property, property.Dataset!);
        }

        return code.Finish();
    }

    /// <summary>Each kind of member has a writer of its own, which begins with a separation; one that has nothing to say leaves no trace.</summary>
    private static void WriteType(CodeWriter code, PropertyModel property, DatasetModel dataset)
    {
        code.Separate();
        code.Line($"/// <summary>The dataset <c>{CSharpText.Xml(dataset.Name)}</c>.</summary>");
        code.Open($"public sealed partial class {property.TypeName} : global::DataManifest.Dataset");
        code.Line($"internal static readonly {property.TypeName} instance = new {property.TypeName}();");
        code.Line();
        code.Line($"private {property.TypeName}() : base(datasetLocators.value{property.Manifest}, {CSharpText.Literal(dataset.Name)}, {CSharpText.Literal(dataset.Toml)}) {{ }}");
        LoadWriter.Write(code, property.Load!, property.Class.Settings.ReportsLoaderOf(dataset.Name));
        code.Close();
    }
}
