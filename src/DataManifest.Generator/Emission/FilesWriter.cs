using System.Globalization;
using DataManifest.Contents;
using DataManifest.Generator.Naming;

namespace DataManifest.Generator.Emission;

/// <summary>Writes the folders and files of a dataset.</summary>
/// <param name="code">The class that holds the types.</param>
/// <param name="contents">What the dataset contains.</param>
/// <param name="rows">Writes the rows of those that are tables.</param>
internal sealed class FilesWriter(CodeWriter code, DatasetContents contents, RowsWriter rows)
{
    private readonly Dictionary<string, TableSchema> _tables = contents.Tables.GroupBy(table => table.File, StringComparer.Ordinal)
        .ToDictionary(tables => tables.Key, tables => tables.First(), StringComparer.Ordinal);

    /// <summary>Writes the property of a dataset that has its files.</summary>
    /// <param name="code">The dataset's type.</param>
    /// <param name="root">The dataset's folder.</param>
    /// <param name="contents">What the dataset contains.</param>
    public static void WriteProperty(CodeWriter code, FolderNode root, DatasetContents contents)
    {
        code.Line("/// <summary>");
        code.Line($"/// {Counted.Of(contents.Files.Count + contents.OmittedFiles, "file")}, as the dataset has them.");
        foreach (var note in contents.Notes)
        {
            code.Line($"/// <para>{CSharpText.Xml(note)}</para>");
        }

        code.Line("/// </summary>");
        code.Line($"public {root.TypeName} Files => new {root.TypeName}(this);");
    }

    /// <summary>Writes the type of a folder and of what is in it.</summary>
    /// <param name="folder">The folder.</param>
    public void Write(FolderNode folder)
    {
        code.Separate();
        code.Line(folder.Path.Length == 0 ? $"/// <summary>The files of the dataset <c>{CSharpText.Xml(contents.Name)}</c>.</summary>" : $"/// <summary>The folder <c>{CSharpText.Xml(folder.Path)}</c>.</summary>");
        code.Open($"public sealed class {folder.TypeName} : global::DataManifest.DatasetFolder");
        code.Line($"internal {folder.TypeName}(global::DataManifest.Dataset dataset) : base(dataset, {CSharpText.Literal(folder.Path)}) {{ }}");
        foreach (var (property, child) in folder.Folders)
        {
            code.Line();
            code.Line($"/// <summary>The folder <c>{CSharpText.Xml(child.Path)}</c>.</summary>");
            code.Line($"public {child.TypeName} {property} => new {child.TypeName}(Dataset);");
        }

        foreach (var (property, typeName, file) in folder.Files)
        {
            code.Line();
            code.Line($"/// <summary><c>{CSharpText.Xml(file.Path)}</c>, {Counted.Of(file.Length, "byte")}.</summary>");
            code.Line(_tables.ContainsKey(file.Path)
                ? $"public {typeName} {property} => new {typeName}(Dataset);"
                : $"public global::DataManifest.DatasetFile {property} => new global::DataManifest.DatasetFile(Dataset, {CSharpText.Literal(file.Path)}, {Plain(file.Length)}L);");
        }

        code.Close();
        foreach (var (_, child) in folder.Folders)
        {
            Write(child);
        }

        foreach (var (_, typeName, file) in folder.Files)
        {
            if (_tables.TryGetValue(file.Path, out var table))
            {
                WriteTable(typeName, file, table);
            }
        }
    }

    private void WriteTable(string typeName, ContentFile file, TableSchema table)
    {
        var path = CSharpText.Xml(file.Path);
        code.Separate();
        code.Line($"/// <summary>The file <c>{path}</c>.</summary>");
        code.Open($"public sealed class {typeName} : global::DataManifest.DatasetFile");
        code.Line($"internal {typeName}(global::DataManifest.Dataset dataset) : base(dataset, {CSharpText.Literal(file.Path)}, {Plain(file.Length)}L) {{ }}");
        code.Line();
        RowsWriter.WriteMethods(code, $"{typeName}Row", table);
        code.Close();
        rows.WriteType(code, $"{typeName}Row", table, $"A row of <c>{path}</c>.");
    }

    private static string Plain(long value) => value.ToString(CultureInfo.InvariantCulture);
}
