using DataManifest.Contents;
using DataManifest.Generator.Model;
using DataManifest.Generator.Naming;

namespace DataManifest.Generator.Emission;

/// <summary>Writes what datasets contain as members of their types: files by their names, and rows of tables.</summary>
internal static class ContentsEmitter
{
    /// <summary>The text of a file.</summary>
    /// <param name="file">What is in it.</param>
    public static string Emit(ContentsFile file)
    {
        var owner = file.Parts[0].Class;
        var code = GeneratedFile.Begin(owner);
        code.Open($"partial class {owner.Name}");
        code.Open($"partial class {owner.TypesName}");
        foreach (var part in file.Parts)
        {
            foreach (var contents in ContentsReader.Read(part.Text))
            {
                Write(code, part, part.Class.Settings.HasRows ? contents : contents with { Tables = [] });
            }
        }

        return code.Finish();
    }

    private static void Write(CodeWriter code, ContentsPart part, DatasetContents contents)
    {
        const string suffix = "Dataset";
        var stem = part.TypeName.EndsWith(suffix, StringComparison.Ordinal) ? part.TypeName.Substring(0, part.TypeName.Length - suffix.Length) : part.TypeName;
        var rows = new RowsWriter(part.Class.Settings.LanguageVersion);
        if (contents.Files.Count > 0)
        {
            var root = FolderNode.Create(contents.Files, $"{stem}Files");
            code.Separate();
            code.Open($"partial class {part.TypeName}");
            FilesWriter.WriteProperty(code, root, contents);
            code.Close();
            new FilesWriter(code, contents, rows).Write(root);
        }
        else if (contents.Tables.FirstOrDefault(table => table.File.Length == 0) is { } table)
        {
            code.Separate();
            code.Open($"partial class {part.TypeName}");
            RowsWriter.WriteMethods(code, $"{stem}Row", table);
            if (part.IsLoaded)
            {
                code.Line();
                code.Line("/// <summary>The rows, as <see cref=\"ReadRows\"/> gives them: what loading a table means to which no loader is bound.</summary>");
                code.Line($"public global::System.Collections.Generic.IEnumerable<{stem}Row> Load() => ReadRows();");
            }

            code.Close();
            rows.WriteType(code, $"{stem}Row", table, $"A row of the dataset <c>{CSharpText.Xml(contents.Name)}</c>.");
        }
    }
}
