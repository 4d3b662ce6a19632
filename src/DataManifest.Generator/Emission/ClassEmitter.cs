using DataManifest.Generator.Model;

namespace DataManifest.Generator.Emission;

/// <summary>
/// Writes what the generated class has once: the list of datasets, their locators and the groups. Names of its own begin with a lower-case letter,
/// which no dataset's property does.
/// </summary>
internal static class ClassEmitter
{
    /// <summary>The text of the file.</summary>
    /// <param name="body">What is written.</param>
    public static string Emit(ClassBody body)
    {
        var owner = body.Class;
        var code = GeneratedFile.Begin(owner, hasAlias: true);
        code.Line("/// <summary>The datasets that the project's manifest declares.</summary>");
        code.Line(GeneratedFile.Attribute);
        code.Open($"{(owner.Settings.IsPublic ? "public" : "internal")} static partial class {owner.Name}");
        code.Line("/// <summary>Every dataset, in the order of the manifest.</summary>");
        code.Line($"public static global::System.Collections.Generic.IReadOnlyList<global::DataManifest.Dataset> {owner.AllName} => allDatasets.value;");
        code.Line();
        WriteHolders(code, body);
        foreach (var group in body.Groups.Where(group => group.ParentType.Length == 0))
        {
            code.Separate();
            PropertyWriter.Write(code, group);
        }

        code.Separate();
        code.Line("/// <summary>The types of the datasets and of their groups.</summary>");
        code.Line("[global::System.ComponentModel.EditorBrowsable(global::System.ComponentModel.EditorBrowsableState.Never)]");
        code.Open($"public static partial class {owner.TypesName}");
        foreach (var group in body.Groups)
        {
            WriteGroup(code, group);
        }

        return code.Finish();
    }

    private static void WriteHolders(CodeWriter code, ClassBody body)
    {
        code.Open("private static class allDatasets");
        code.Line("internal static readonly global::System.Collections.Generic.IReadOnlyList<global::DataManifest.Dataset> value =");
        code.Line("    global::System.Array.AsReadOnly(new global::DataManifest.Dataset[]");
        code.Line("    {");
        foreach (var type in body.DatasetTypes)
        {
            code.Line($"        {body.Class.TypesName}.{type}.instance,");
        }

        code.Line("    });");
        code.Close();
        code.Line();
        code.Open("private static class datasetLocators");
        for (var i = 0; i < body.Storages.Count; i++)
        {
            code.Line($"internal static readonly global::DataManifest.DatasetLocator value{i} =");
            code.Line($"    global::DataManifest.DatasetLocator.ForAssembly(typeof({body.Class.Name}).Assembly, {CSharpText.Literal(body.Storages[i])}, () => allDatasets.value{(i == 0 ? "" : $", {i}")});");
        }

        code.Close();
    }

    private static void WriteGroup(CodeWriter code, PropertyModel group)
    {
        if (group.ParentType.Length > 0)
        {
            code.Separate();
            code.Open($"partial class {group.ParentType}");
            PropertyWriter.Write(code, group);
            code.Close();
        }

        code.Separate();
        code.Line($"/// <summary>The datasets below <c>{CSharpText.Xml(group.Segment)}/</c>.</summary>");
        code.Open($"public sealed partial class {group.TypeName}");
        code.Line($"internal static readonly {group.TypeName} instance = new {group.TypeName}();");
        code.Line();
        code.Line($"private {group.TypeName}() {{ }}");
        code.Close();
    }
}
