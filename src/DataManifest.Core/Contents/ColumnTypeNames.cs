namespace DataManifest.Contents;

/// <summary>How column types are written in manifests and in records of contents: as in C#.</summary>
public static class ColumnTypeNames
{
    private static readonly string[] Names = ["string", "bool", "int", "long", "decimal", "double", "DateOnly", "DateTime", "DateTimeOffset", "TimeOnly"];

    /// <summary>The names of all types, in the order of <see cref="ColumnType"/>.</summary>
    public static IReadOnlyList<string> All => Names;

    /// <summary>The C# name of a type.</summary>
    /// <param name="type">The type.</param>
    public static string Of(ColumnType type) => Names[(int)type];

    /// <summary>The C# name of a column's type, with <c>?</c> behind it when values may be missing.</summary>
    /// <param name="type">The type.</param>
    /// <param name="isNullable">Whether values may be missing.</param>
    public static string Of(ColumnType type, bool isNullable) => isNullable ? Of(type) + "?" : Of(type);

    /// <summary>Reads a name.</summary>
    /// <param name="name">The name, with <c>?</c> behind it when values may be missing.</param>
    /// <returns>The type and whether values may be missing; null when there is no such type.</returns>
    public static (ColumnType Type, bool IsNullable)? Parse(string name)
    {
        var isNullable = name.EndsWith("?", StringComparison.Ordinal);
        var index = Array.IndexOf(Names, isNullable ? name.Substring(0, name.Length - 1) : name);
        return index < 0 ? null : ((ColumnType)index, isNullable);
    }
}
