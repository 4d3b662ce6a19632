using System.Globalization;
using DataManifest.Contents;
using DataManifest.Generator.Naming;

namespace DataManifest.Generator.Emission;

/// <summary>Writes the type of a table's rows and what reads them.</summary>
/// <param name="language">The project's C# version.</param>
internal sealed class RowsWriter(LanguageVersion language)
{
    // A value of more columns is slower to copy than an object is to make.
    private const int MostColumnsOfValue = 64;

    private static readonly string[] OfRecord = ["PrintMembers", "EqualityContract", "Clone", "Deconstruct"];

    private static readonly (string Type, string Method)[] Types =
    [
        ("string", "Text"), ("bool", "Boolean"), ("int", "Int32"), ("long", "Int64"), ("decimal", "Decimal"), ("double", "Double"), ("global::System.DateOnly", "Date"),
        ("global::System.DateTime", "DateTime"), ("global::System.DateTimeOffset", "DateTimeOffset"), ("global::System.TimeOnly", "Time"),
    ];

    /// <summary>Writes the methods of a dataset or a file that read its rows.</summary>
    /// <param name="code">The type of the dataset or file.</param>
    /// <param name="typeName">The type of the rows.</param>
    /// <param name="table">The table.</param>
    public static void WriteMethods(CodeWriter code, string typeName, TableSchema table)
    {
        var what = Counted.Of(table.Rows, "row");
        code.Line($"/// <summary>Reads the {what}, one at a time. The file is opened when the enumeration begins, and read anew by each.</summary>");
        code.Line($"public global::System.Collections.Generic.IEnumerable<{typeName}> ReadRows() => {typeName}.rows.Read(this);");
        code.Line();
        code.Line($"/// <summary>Reads the {what}, one at a time, without blocking a thread. The file is opened when the enumeration begins, and read anew by each.</summary>");
        code.Line("/// <param name=\"cancellationToken\">Ends the reading.</param>");
        code.Line($"public global::System.Collections.Generic.IAsyncEnumerable<{typeName}> ReadRowsAsync(global::System.Threading.CancellationToken cancellationToken = default) => {typeName}.rows.ReadAsync(this, cancellationToken);");
    }

    /// <summary>Writes the type of the rows.</summary>
    /// <param name="code">The class that holds the types.</param>
    /// <param name="typeName">Its name.</param>
    /// <param name="table">The table.</param>
    /// <param name="summary">What it is, as XML.</param>
    public void WriteType(CodeWriter code, string typeName, TableSchema table, string summary)
    {
        var names = NamesOf(table, typeName);
        var isValue = language >= LanguageVersion.CSharp10 && table.Columns.Count <= MostColumnsOfValue;
        code.Separate();
        code.Line($"/// <summary>{summary}</summary>");
        code.Open($"public {(isValue ? "readonly partial record struct" : "sealed partial class")} {typeName}");
        code.Line($"internal static readonly global::DataManifest.Rows.RowSource<{typeName}> rows = new global::DataManifest.Rows.RowSource<{typeName}>(");
        code.Line($"    {CSharpText.Literal(ContentsWriter.Write(table))},");
        code.Line($"    cells => new {typeName}");
        code.Line("    {");
        for (var i = 0; i < names.Count; i++)
        {
            var column = table.Columns[i];
            code.Line($"        {names[i]} = cells.{Types[(int)column.Type].Method}{(column.IsNullable ? "OrNull" : "")}({i.ToString(CultureInfo.InvariantCulture)}),");
        }

        code.Line("    });");
        for (var i = 0; i < names.Count; i++)
        {
            WriteProperty(code, names[i], table.Columns[i], i);
        }

        code.Close();
    }

    private void WriteProperty(CodeWriter code, string name, ColumnSchema column, int index)
    {
        var hasAnnotations = language >= LanguageVersion.CSharp8;
        var type = Types[(int)column.Type].Type + (column.IsNullable && (hasAnnotations || column.Type != ColumnType.Text) ? "?" : "");
        var what = column.Name.Length > 0 ? $"Column <c>{CSharpText.Xml(column.Name)}</c>" : $"Column {(index + 1).ToString(CultureInfo.InvariantCulture)}, which has no name";
        code.Line();
        code.Line($"/// <summary>{what}{(column.IsNullable ? "; null where the value is missing" : "")}.</summary>");
        code.Line($"public {type} {name} {{ get; {(language >= LanguageVersion.CSharp9 ? "init" : "internal set")}; }}");
    }

    private static IReadOnlyList<string> NamesOf(TableSchema table, string typeName) => MemberNames.Give(
        [.. table.Columns.Select((column, i) => NameOf(column.Property.Length > 0 ? column.Property : column.Name, i))],
        [.. ReservedNames.OfObject, .. OfRecord, typeName]);

    private static string NameOf(string name, int index) =>
        name.Any(char.IsLetterOrDigit) ? Identifier.ToPascalCase(name) : "Column" + (index + 1).ToString(CultureInfo.InvariantCulture);
}
