using DataManifest.Bindings;
using DataManifest.Contents;
using DataManifest.Diagnostics;
using DataManifest.Text;
using DataManifest.Toml;

namespace DataManifest.Manifest;

/// <summary>A manifest as read: its datasets in the order of the file, its structural tables, and everything that is wrong with it.</summary>
public sealed class ManifestDocument
{
    private readonly Lazy<LineMap> _lines;
    private readonly TomlTable _root;
    private readonly Lazy<DatasetIndex> _index;
    private readonly Lazy<IReadOnlyList<ManifestDiagnostic>> _diagnostics;
    private readonly Lazy<ILookup<string, ManifestDiagnostic>> _byDataset;

    private ManifestDocument(string text, string path, TomlTable root, IReadOnlyList<DatasetDeclaration> datasets, List<Finding> findings)
    {
        (Text, Path, Datasets, _root) = (text, path, datasets, root);
        _lines = new(() => new LineMap(text));
        _index = new(() => new DatasetIndex(Datasets));
        Structural = [.. root.Where(entry => IsStructural(entry.Key))];
        _diagnostics = new(() => [.. Validate(findings).OrderBy(finding => finding.Span.Start).Select(Locate)]);
        _byDataset = new(() => Diagnostics.ToLookup(diagnostic => diagnostic.Dataset, StringComparer.Ordinal));
    }

    /// <summary>The manifest's text.</summary>
    public string Text { get; }

    /// <summary>Where the text comes from, as given; nothing is read from there.</summary>
    public string Path { get; }

    /// <summary>Every dataset, in the order of the file, those with errors included. None when the text is not TOML.</summary>
    public IReadOnlyList<DatasetDeclaration> Datasets { get; }

    /// <summary>Every top-level key that begins with <c>_</c> and its value, known or not (specification, "Structural keys").</summary>
    public IReadOnlyList<TomlEntry> Structural { get; }

    /// <summary>
    /// Everything that is wrong or worth a look, in the order of the text. What needs more than reading is checked when this is asked for first, so that a
    /// program which only wants its paths does not pay for it.
    /// </summary>
    public IReadOnlyList<ManifestDiagnostic> Diagnostics => _diagnostics.Value;

    /// <summary>Why nothing could be read: the text is not TOML or not UTF-8. Null when it could.</summary>
    public ManifestDiagnostic? Unreadable { get; private set; }

    /// <summary>Whether any of <see cref="Diagnostics"/> is an error.</summary>
    public bool HasErrors => Diagnostics.Any(diagnostic => diagnostic.Rule.Severity == DiagnosticSeverity.Error);

    /// <summary>The data-model version (<c>_META.schema</c>); 0 for a legacy file without one (specification, "Versioning").</summary>
    public int Schema => (_root["_META"] as TomlTable)?["schema"] is TomlInteger { Value: var schema } && schema > 0 && schema <= int.MaxValue ? (int)schema : 0;

    /// <summary>The <c>_STORAGE</c> table; null when there is none.</summary>
    public TomlTable? Storage => _root["_STORAGE"] as TomlTable;

    /// <summary>Reads a manifest. Bad input is no exception: it is in <see cref="Diagnostics"/>.</summary>
    /// <param name="text">The manifest's text.</param>
    /// <param name="path">Where it comes from, for messages.</param>
    public static ManifestDocument Parse(string text, string path)
    {
        try
        {
            return Read(text, path, TomlDocument.Parse(text).Root);
        }
        catch (TomlException e)
        {
            return OfUnreadable(text, path, new Finding("", DiagnosticRules.InvalidToml, e.Reason, e.Span));
        }
    }

    /// <summary>Reads a manifest from the bytes of its file. Bad input is no exception: it is in <see cref="Diagnostics"/>.</summary>
    /// <param name="bytes">The file's content.</param>
    /// <param name="path">Where it comes from, for messages.</param>
    public static ManifestDocument Parse(byte[] bytes, string path)
    {
        try
        {
            return Parse(TomlText.Decode(bytes), path);
        }
        catch (TomlException e)
        {
            var readable = System.Text.Encoding.UTF8.GetString(bytes);
            return OfUnreadable(readable, path, new Finding("", DiagnosticRules.NotUtf8, e.Reason, e.Span));
        }
    }

    /// <summary>The dataset of exactly this name; null when there is none.</summary>
    /// <param name="name">The name, as written.</param>
    public DatasetDeclaration? Get(string name) => _index.Value.ByName(name);

    /// <summary>
    /// The dataset that an identifier stands for: its exact name first, then, letter case ignored, a name, alias, DOI, key, URI path or repository name.
    /// </summary>
    /// <param name="identifier">What the user wrote.</param>
    public DatasetLookup Find(string identifier) => _index.Value.Find(identifier);

    /// <summary>Every dataset that an identifier finds, letter case ignored (a DOI may be shared by several): by name, then by other terms, each in the manifest's order.</summary>
    /// <param name="identifier">What the user wrote.</param>
    public IReadOnlyList<DatasetDeclaration> FindAll(string identifier) => _index.Value.All(identifier);

    /// <summary>Every dataset with a text in its name, an alias, DOI, key, URI path or repository name, letter case ignored: those that it names first, then those with it in their name; each in the manifest's order.</summary>
    /// <param name="text">Part of what the dataset is called; every dataset has the empty text.</param>
    public IReadOnlyList<DatasetDeclaration> Search(string text) => _index.Value.Search(text);

    /// <summary>The table of a dataset as written, unknown fields included; null when there is none of that name.</summary>
    /// <param name="name">The dataset's exact name.</param>
    public TomlTable? TableOf(string name) => IsStructural(name) ? null : _root[name] as TomlTable;

    /// <summary>The diagnostics about one dataset.</summary>
    /// <param name="name">The dataset's exact name.</param>
    public IEnumerable<ManifestDiagnostic> DiagnosticsOf(string name) => _byDataset.Value[name];

    /// <summary>The errors of one dataset: why it must not be fetched.</summary>
    /// <param name="name">The dataset's exact name.</param>
    public IEnumerable<ManifestDiagnostic> ErrorsOf(string name) =>
        DiagnosticsOf(name).Where(diagnostic => diagnostic.Rule.Severity == DiagnosticSeverity.Error);

    /// <summary>Where a dataset's field is written: its value; or else the dataset's own header; or else the start of the file.</summary>
    /// <param name="name">The dataset's exact name.</param>
    /// <param name="field">The field's name; empty for the header.</param>
    public TextSpan SpanOf(string name, string field = "") =>
        !_root.TryGetEntry(name, out var dataset) ? new TextSpan(0, 0)
        : dataset.Value is TomlTable table && table.TryGetEntry(field, out var entry) ? entry.Value.Span
        : dataset.KeySpan;

    /// <summary>A diagnostic of a dataset that is found later than at reading, with the place where the field is written.</summary>
    /// <param name="rule">Which finding it is.</param>
    /// <param name="message">What is wrong and what to do.</param>
    /// <param name="name">The dataset's exact name.</param>
    /// <param name="field">The field that it is about; empty for the dataset as a whole.</param>
    public ManifestDiagnostic Diagnose(DiagnosticRule rule, string message, string name, string field = "") =>
        Locate(new Finding(name, rule, message, SpanOf(name, field)));

    /// <summary>A diagnostic of a dataset that is found later than at reading, with the place of a text that is known: a binding, or one of its arguments.</summary>
    /// <param name="rule">Which finding it is.</param>
    /// <param name="message">What is wrong and what to do.</param>
    /// <param name="name">The dataset's exact name; empty when it is about none.</param>
    /// <param name="span">The text that it is about.</param>
    public ManifestDiagnostic Diagnose(DiagnosticRule rule, string message, string name, TextSpan span) => Locate(new Finding(name, rule, message, span));

    private static ManifestDocument OfUnreadable(string text, string path, Finding finding)
    {
        var document = new ManifestDocument(text, path, new TomlTable(), [], [finding]);
        document.Unreadable = document.Diagnostics[0];
        return document;
    }

    private static ManifestDocument Read(string text, string path, TomlTable root)
    {
        var findings = new List<Finding>();
        var datasets = new List<DatasetDeclaration>();
        foreach (var entry in root)
        {
            if (entry.Value is TomlTable table)
            {
                if (!IsStructural(entry.Key))
                {
                    datasets.Add(new DeclarationReader(entry.Key, table, findings).Read());
                }
            }
            else if (!IsStructural(entry.Key) || entry.Key is "_META" or "_LANG" or "_STORAGE" or "_LOADERS")
            {
                var header = entry.Value is TomlArray { IsArrayOfTables: true } ? $"write [{entry.Key}] instead of [[{entry.Key}]]"
                    : FieldRules.IsField(entry.Key) ? "put it below the header of a dataset, such as [co2], or remove it"
                    : $"put it under a [{entry.Key}] header, or remove it";
                findings.Add(new Finding("", DiagnosticRules.NotATable, $"'{entry.Key}' is not a table, so no dataset; {header}.", entry.KeySpan));
            }
        }

        return new ManifestDocument(text, path, root, datasets, findings);
    }

    private List<Finding> Validate(List<Finding> read)
    {
        List<Finding> findings = [.. read];
        var fields = new FieldRules(Text, findings);
        var mirrors = new MirrorRules(findings);
        var columns = new ColumnRules(findings);
        var extensions = new ExtensionRules(findings);
        extensions.Check(_root, Structural);
        foreach (var dataset in Datasets)
        {
            fields.Check(dataset, (TomlTable)_root[dataset.Name]!);
            mirrors.Check(dataset, (TomlTable)_root[dataset.Name]!);
            columns.Check(dataset.Name, (TomlTable)_root[dataset.Name]!);
            extensions.Check(dataset, (TomlTable)_root[dataset.Name]!);
        }

        new KeyRules(Datasets, (dataset, field, rule, message) => Report(dataset, TableOf(dataset.Name)!["key"] is null ? field : "key", -1, rule, message)).Check();
        new NameRules(Datasets, Report).Check();
        new StorageRules(Text, findings).Check(Storage);
        if (Datasets.Any(dataset => dataset.Requires.Count > 0))
        {
            new RequirementRules(Datasets, _index.Value, Report).Check();
        }

        new BindingRules(Structural, findings).Check(Datasets.Select(dataset => (dataset, TableOf(dataset.Name)!)));
        return findings;

        void Report(DatasetDeclaration dataset, string field, int item, DiagnosticRule rule, string message)
        {
            var text = item < 0 || TableOf(dataset.Name)![field] is not TomlArray list ? null : list.Items.OfType<TomlString>().ElementAtOrDefault(item);
            findings.Add(new Finding(dataset.Name, rule, message, text?.Span ?? SpanOf(dataset.Name, field)));
        }
    }

    private static bool IsStructural(string key) => key.StartsWith("_", StringComparison.Ordinal);

    private ManifestDiagnostic Locate(Finding finding)
    {
        var start = Math.Min(finding.Span.Start, Text.Length);
        var end = Math.Min(finding.Span.End, Text.Length);
        return new ManifestDiagnostic(
            finding.Rule, finding.Message, TextSpan.FromBounds(start, end), _lines.Value.GetPosition(start), _lines.Value.GetPosition(end), finding.Dataset, finding.Correction);
    }
}
