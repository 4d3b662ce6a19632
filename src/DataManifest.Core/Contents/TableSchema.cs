namespace DataManifest.Contents;

/// <summary>A file with rows and columns.</summary>
/// <param name="File">The file's path in the dataset, with slashes; empty when the dataset is the file.</param>
/// <param name="Format">How its text is to be read.</param>
/// <param name="Rows">How many rows there are, the header not counted.</param>
/// <param name="Columns">The columns, in their order.</param>
public sealed record TableSchema(string File, TableFormat Format, long Rows, IReadOnlyList<ColumnSchema> Columns);
