namespace DataManifest.Contents;

/// <summary>What was found out of one table.</summary>
/// <param name="Schema">The table.</param>
/// <param name="Contradictions">The columns whose values are not what the manifest says of them, with what is wrong, for people.</param>
internal sealed record InferredTable(TableSchema Schema, IReadOnlyList<(ColumnDeclaration Column, string Problem)> Contradictions);
