using System.Security.Cryptography;
using System.Text;
using DataManifest.Hashing;
using DataManifest.Rows;
using DataManifest.Text;
using DataManifest.Toml;

namespace DataManifest.Contents;

/// <summary>Looks into the data of one dataset: which files there are and what the tables among them have for columns.</summary>
/// <param name="dataset">The dataset's name.</param>
/// <param name="table">Its table in the manifest.</param>
/// <param name="format">Its format, which says what a single file is whose name does not.</param>
internal sealed class DatasetSurvey(string dataset, TomlTable table, string format)
{
    /// <summary>The most files of a folder that are listed.</summary>
    public const int MostFiles = 2000;

    // Another number makes everything be looked into anew.
    private const string RulesVersion = "2";

    private readonly List<TableSchema> _tables = [];
    private readonly List<string> _notes = [];
    private readonly List<ColumnContradiction> _contradictions = [];

    /// <summary>A digest of all that decides, beside the data, what is found.</summary>
    public string Recipe
    {
        get
        {
            var extras = table["_DOTNET"] as TomlTable;
            var options = new TomlTable();
            foreach (var key in new[] { "columns", "table", "tables" })
            {
                if (extras?[key] is { } value)
                {
                    options.Add(key, value);
                }
            }

            return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{RulesVersion}\n{format}\n{TomlWriter.ToCanonical(options)}")), 0, 8).ToLowerInvariant();
        }
    }

    /// <summary>What the data contradict of the manifest.</summary>
    public IReadOnlyList<ColumnContradiction> Contradictions => _contradictions;

    /// <summary>Looks into the data.</summary>
    /// <param name="path">The file or folder, there and complete.</param>
    /// <param name="checksum">Its digest.</param>
    /// <param name="cancellationToken">Ends it within some thousand rows.</param>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    public DatasetContents Run(string path, string checksum, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(path))
        {
            Read(path, "", TableFiles.KindOf(format) ?? TableFiles.KindOf(Path.GetFileName(path).Split('#')[0]), cancellationToken);
            return new DatasetContents(dataset, checksum, Recipe, [], 0, _tables, _notes) { Size = Length(new FileInfo(path)) };
        }

        // The order of the digest is not the one of a list: there every folder comes behind the files beside it.
        List<ContentFile> files = [.. FolderOrder.Files(path)
            .Select(file => new ContentFile(Path.GetRelativePath(path, file.FullName).Replace(Path.DirectorySeparatorChar, '/'), Length(file)))
            .Where(file => file is not { Path: ".complete", Length: 0 })
            .OrderBy(file => file.Path, StringComparer.Ordinal)];
        List<ContentFile> usable = [.. files.Where(file => file.Path.IndexOfAny(['\\', '\0']) < 0)];
        if (usable.Count > MostFiles)
        {
            _notes.Add($"Only the first {MostFiles} of {files.Count} files are listed.");
        }

        List<(ContentFile File, TableKind? Kind)> tables = [.. usable.Select(file => (file, KindOf(file.Path))).Where(file => file.Item2 is not null)];
        if (tables.Count > TableFiles.MostTables)
        {
            _notes.Add($"Only the first {TableFiles.MostTables} of {tables.Count} tables are looked into.");
        }

        foreach (var (file, kind) in tables.Take(TableFiles.MostTables))
        {
            Read(Path.Join(path, file.Path), file.Path, kind, cancellationToken);
        }

        List<ContentFile> listed = [.. usable.Take(MostFiles)];
        return new DatasetContents(dataset, checksum, Recipe, listed, files.Count - listed.Count, _tables, _notes) { Size = files.Sum(file => file.Length) };
    }

    private TableKind? KindOf(string file) => TableFiles.KindOf(file[(file.LastIndexOf('/') + 1)..]) ?? (TableDeclaration.IsNamed(table, file) ? TableKind.Delimited : null);

    private static long Length(FileInfo file) => file.LinkTarget is null ? file.Length : new FileInfo(file.ResolveLinkTarget(returnFinalTarget: true)!.FullName).Length;

    private void Read(string path, string file, TableKind? kind, CancellationToken cancellationToken)
    {
        var declared = TableDeclaration.Read(table, file);
        kind ??= declared.IsAsked == true ? TableKind.Delimited : null;
        if (kind is null || declared.IsAsked == false)
        {
            return;
        }

        var name = file.Length == 0 ? "The data" : $"'{file}'";
        try
        {
            if (declared.IsAsked != true && TableText.IsLongerThan(TableFiles.LargestBytes, path, cancellationToken))
            {
                _notes.Add($"{name} {(file.Length == 0 ? "have" : "has")} no typed rows, because a file of more than {TableFiles.LargestBytes >> 20} MiB, unpacked, is only looked into when the manifest asks: columns = true.");
                return;
            }

            var found = kind == TableKind.JsonLines
                ? new JsonLinesInference(path, declared, cancellationToken).Run(file)
                : new DelimitedInference(path, declared, cancellationToken).Run(file, kind == TableKind.Tabs);
            if (_tables.Sum(each => each.Columns.Count) + found.Schema.Columns.Count > TableFiles.MostColumnsOfDataset)
            {
                _notes.Add($"{name} {(file.Length == 0 ? "have" : "has")} no typed rows, because the tables of a dataset have at most {TableFiles.MostColumnsOfDataset} columns together.");
                return;
            }

            _tables.Add(found.Schema);
            _contradictions.AddRange(found.Contradictions.Select(wrong => new ColumnContradiction(file, wrong.Column.Name, wrong.Problem, wrong.Column.Span)));
            var columns = found.Schema.Columns.Select(column => column.Name).ToHashSet(StringComparer.Ordinal);
            _contradictions.AddRange(declared.Columns.Where(column => !columns.Contains(column.Name) && (file.Length == 0 || TableDeclaration.IsNamed(table, file)))
                .Select(column => new ColumnContradiction(file, column.Name, "is declared, and the table has no such column", column.Span)));
        }
        catch (Exception e) when (RowCursor.IsContent(e))
        {
            _notes.Add($"{name} cannot be read as a table: {e.Message.Split('\n')[0].TrimEnd('.', '\r')}.");
        }
    }
}

/// <summary>A column whose values are not what the manifest says of them.</summary>
/// <param name="File">The file in the dataset; empty when the dataset is the file.</param>
/// <param name="Column">The column.</param>
/// <param name="Problem">What is wrong, for people.</param>
/// <param name="Span">Where the column is declared.</param>
internal sealed record ColumnContradiction(string File, string Column, string Problem, TextSpan Span);
