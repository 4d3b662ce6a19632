using DataManifest.Diagnostics;
using DataManifest.Manifest;
using DataManifest.Toml;

namespace DataManifest.Bindings;

/// <summary>
/// Checks everything about bindings that can be seen in the manifest: the forms of the own language's and the bare bindings, command templates, and
/// whether data that are opened in place have a loader. Other languages' bindings are theirs to check.
/// </summary>
internal sealed class BindingRules(List<Finding> findings)
{
    /// <summary>Checks a manifest.</summary>
    /// <param name="structural">Its structural tables.</param>
    /// <param name="datasets">Its datasets, each with the table that it was read from.</param>
    /// <param name="language">The tag of the own language.</param>
    public void Check(IReadOnlyList<TomlEntry> structural, IEnumerable<(DatasetDeclaration Dataset, TomlTable Table)> datasets, string language = BindingLanguage.CSharp)
    {
        // Which formats are built in decides nothing here: that a format cannot be loaded matters only to those who load it.
        var ladder = new LoadLadder(structural.Where(entry => entry.Value is TomlTable), [], language);
        findings.AddRange(ladder.Formats.Problems.Select(problem => new Finding("", problem.Rule, problem.Message, problem.Span!.Value)));
        foreach (var (dataset, table) in datasets)
        {
            Check(dataset, table, ladder, language);
        }
    }

    private void Check(DatasetDeclaration dataset, TomlTable table, LoadLadder ladder, string language)
    {
        Check(dataset, $"'fetcher' of dataset '{dataset.Name}'", dataset.Fetcher, BindingReader.Read);
        Check(dataset, $"'loader' of dataset '{dataset.Name}'", dataset.Loader, ladder.Formats.Resolve);
        Check(dataset, $"'_LANG.{language}.fetcher' of dataset '{dataset.Name}'", BindingLanguage.Explicit(dataset, language, "fetcher"), BindingReader.Read);
        Check(dataset, $"'_LANG.{language}.loader' of dataset '{dataset.Name}'", BindingLanguage.Explicit(dataset, language, "loader"), ladder.Formats.Resolve);
        if (BindingLanguage.Problem(dataset, language) is { } problem)
        {
            Add(dataset, problem);
        }

        if (BindingLanguage.Explicit(dataset, BindingLanguage.Shell, "fetcher") is { } legacy)
        {
            findings.Add(new Finding(dataset.Name, DiagnosticRules.LegacyField, $"'_LANG.shell.fetcher' of dataset '{dataset.Name}' is retired; write shell = \"command …\" in the dataset's table.", legacy.Span));
        }

        if (dataset.Shell.Length > 0 && ShellTemplate.Problem(dataset.Shell) is { } reason)
        {
            findings.Add(new Finding(dataset.Name, DiagnosticRules.InvalidTemplate, $"'shell' of dataset '{dataset.Name}': {reason}", (table["shell"] ?? table).Span));
        }

        if (dataset.LazyAccess && ladder.Resolve(dataset).Problem is { Span: null } missing)
        {
            findings.Add(new Finding(dataset.Name, missing.Rule, missing.Message, (table["lazy_access"] ?? table).Span));
        }
    }

    private void Check(DatasetDeclaration dataset, string what, TomlValue? value, Func<string, TomlValue, (Binding? Binding, BindingProblem? Problem)> read)
    {
        if (value is not null && read(what, value).Problem is { } problem)
        {
            Add(dataset, problem);
        }
    }

    private void Add(DatasetDeclaration dataset, BindingProblem problem) => findings.Add(new Finding(dataset.Name, problem.Rule, problem.Message, problem.Span!.Value));
}
