using DataManifest.Text;
using DataManifest.Toml;

namespace DataManifest.Contents;

/// <summary>What a manifest says of one column.</summary>
/// <param name="Name">The column's name.</param>
/// <param name="Type">Its type; null where the one that is found out counts.</param>
/// <param name="IsNullable">Whether values may be missing; null where what is found out counts.</param>
/// <param name="Property">The name in generated code; empty for the column's own.</param>
/// <param name="Span">Where it is written.</param>
public sealed record ColumnDeclaration(string Name, ColumnType? Type, bool? IsNullable, string Property, TextSpan Span)
{
    /// <summary>Reads an entry of <c>columns</c>: a type, or a table with <c>type</c>, <c>nullable</c> and <c>property</c>.</summary>
    /// <param name="entry">The entry.</param>
    internal static ColumnDeclaration Read(TomlEntry entry)
    {
        var table = entry.Value as TomlTable;
        var type = (entry.Value as TomlString ?? table?["type"] as TomlString) is { Value: var name } ? ColumnTypeNames.Parse(name) : null;
        return new ColumnDeclaration(
            entry.Key, type?.Type, (table?["nullable"] as TomlBoolean)?.Value ?? type?.IsNullable, (table?["property"] as TomlString)?.Value ?? "", entry.KeySpan);
    }
}
