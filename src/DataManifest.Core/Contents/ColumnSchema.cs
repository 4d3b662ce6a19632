namespace DataManifest.Contents;

/// <summary>One column of a table.</summary>
/// <param name="Name">Its name in the header, or in JSON lines the property's name; empty when the header has none.</param>
/// <param name="Type">The type that all its values have.</param>
/// <param name="IsNullable">Whether values are missing in some rows.</param>
/// <param name="Property">The name that the manifest asks for in generated code; empty for the column's own.</param>
public sealed record ColumnSchema(string Name, ColumnType Type, bool IsNullable, string Property = "")
{
    /// <summary>The C# type, with <c>?</c> behind it when values may be missing.</summary>
    public string TypeName => ColumnTypeNames.Of(Type, IsNullable);
}
