using DataManifest.Diagnostics;
using DataManifest.Manifest;
using DataManifest.Toml;

namespace DataManifest.Bindings;

/// <summary>
/// Checks everything about bindings that can be seen in the manifest: the forms of the own language's and the bare bindings, command templates, and
/// whether data that are opened in place have a loader. The form of other languages' bindings is theirs to check.
/// </summary>
internal sealed class BindingRules
{
    private readonly List<TomlEntry> _structural;
    private readonly List<Finding> _findings;
    private readonly string _language;
    private readonly string _fetcherField;
    private readonly string _loaderField;
    private readonly LoadLadder _ladder;
    private readonly Dictionary<string, LoadLadder> _ladders = new(StringComparer.Ordinal);

    /// <summary>Prepares the checks of one manifest.</summary>
    /// <param name="structural">Its structural tables.</param>
    /// <param name="findings">What is wrong with it.</param>
    /// <param name="language">The tag of the own language.</param>
    public BindingRules(IEnumerable<TomlEntry> structural, List<Finding> findings, string language = BindingLanguage.CSharp)
    {
        (_structural, _findings, _language) = ([.. structural.Where(entry => entry.Value is TomlTable)], findings, language);
        (_fetcherField, _loaderField) = ($"_LANG.{language}.fetcher", $"_LANG.{language}.loader");
        _ladder = LadderOf(language);
    }

    /// <summary>Checks the bindings of the manifest and of its datasets.</summary>
    /// <param name="datasets">The datasets, each with the table that it was read from.</param>
    public void Check(IEnumerable<(DatasetDeclaration Dataset, TomlTable Table)> datasets)
    {
        foreach (var problem in _ladder.Formats.Problems)
        {
            Add("", problem);
        }

        foreach (var (dataset, table) in datasets)
        {
            Check(dataset, table);
        }
    }

    private void Check(DatasetDeclaration dataset, TomlTable table)
    {
        Check(dataset, "fetcher", dataset.Fetcher, BindingReader.Read);
        Check(dataset, "loader", dataset.Loader, _ladder.Formats.Resolve);
        Check(dataset, _fetcherField, BindingLanguage.Explicit(dataset, _language, "fetcher"), BindingReader.Read);
        Check(dataset, _loaderField, BindingLanguage.Explicit(dataset, _language, "loader"), _ladder.Formats.Resolve);
        if (BindingLanguage.Problem(dataset, _language) is { } problem)
        {
            Add(dataset.Name, problem);
        }

        if (BindingLanguage.Explicit(dataset, BindingLanguage.Shell, "fetcher") is { } legacy)
        {
            _findings.Add(new Finding(
                dataset.Name, DiagnosticRules.LegacyField, $"'_LANG.shell.fetcher' of dataset '{dataset.Name}' is retired; write shell = \"command …\" in the dataset's table.", legacy.Span));
        }

        if (dataset.Shell.Length > 0 && ShellTemplate.Problem(dataset.Shell) is { } reason)
        {
            _findings.Add(new Finding(dataset.Name, DiagnosticRules.InvalidTemplate, $"'shell' of dataset '{dataset.Name}': {reason}", (table["shell"] ?? table).Span));
        }

        if (dataset.LazyAccess && _ladder.Resolve(dataset).Problem is { } missing && missing.Rule == DiagnosticRules.LazyWithoutLoader && !HasForeignLoader(dataset))
        {
            _findings.Add(new Finding(dataset.Name, missing.Rule, missing.Message, (table["lazy_access"] ?? table).Span));
        }
    }

    /// <summary>Whether the dataset has a loader in another language, which is enough to make the manifest sound.</summary>
    private bool HasForeignLoader(DatasetDeclaration dataset)
    {
        var shared = _structural.Find(entry => entry.Key == "_LANG")?.Value as TomlTable;
        return ((IEnumerable<TomlEntry>?)shared ?? []).Concat((IEnumerable<TomlEntry>?)dataset.Languages ?? [])
            .Any(entry => entry.Key != _language && LadderOf(entry.Key).Resolve(dataset).Loader is not null);
    }

    // Which formats are built in decides nothing here: that a format cannot be loaded matters only to those who load it.
    private LoadLadder LadderOf(string language)
    {
        if (!_ladders.TryGetValue(language, out var ladder))
        {
            _ladders.Add(language, ladder = new LoadLadder(_structural, [], language));
        }

        return ladder;
    }

    private void Check(DatasetDeclaration dataset, string field, TomlValue? value, Func<string, TomlValue, (Binding? Binding, BindingProblem? Problem)> read)
    {
        if (value is not null && read($"'{field}' of dataset '{dataset.Name}'", value).Problem is { } problem)
        {
            Add(dataset.Name, problem);
        }
    }

    private void Add(string dataset, BindingProblem problem) => _findings.Add(new Finding(dataset, problem.Rule, problem.Message, problem.Span!.Value));
}
