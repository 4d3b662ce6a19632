using DataManifest.Diagnostics;
using DataManifest.Storage;
using DataManifest.Text;

namespace DataManifest.Tool.Output;

/// <summary>Findings as a person reads them: <c>error DM0221: what is wrong (file:line:column)</c>, and below it what to do.</summary>
/// <param name="console">Where they go: to its standard error.</param>
internal sealed class Messages(ToolConsole console)
{
    private readonly Style _style = new(console.IsErrorTerminal);

    /// <summary>Tells why something could not be done.</summary>
    /// <param name="failure">The reason.</param>
    /// <param name="database">The manifest that the dataset's place is looked up in; null when none is open.</param>
    public void Tell(DataManifestException failure, Database? database = null)
    {
        if (failure is ManifestException { Path: var path, Diagnostic: var found })
        {
            Write(found.Rule, found.Message, path, found.Start, failure.Remedy);
        }
        else if (failure.DatasetName.Length > 0 && database?.Manifest is { } manifest && manifest.Get(failure.DatasetName) is { } dataset)
        {
            var field = failure.Code is "DM0501" or "DM0502" ? "checksum" : dataset.Uris.Count > 0 ? "uris" : "uri";
            Write(failure.Rule, failure.Problem, manifest.Path, manifest.Diagnose(failure.Rule, "", dataset.Name, field).Start, failure.Remedy);
        }
        else
        {
            Write(failure.Rule, failure.Problem, "", default, failure.Remedy);
        }
    }

    /// <summary>Tells a finding about the manifest.</summary>
    /// <param name="finding">The finding.</param>
    /// <param name="path">The manifest.</param>
    public void Tell(ManifestDiagnostic finding, string path) => Write(finding.Rule, finding.Message, path, finding.Start, "");

    /// <summary>Tells a finding about a configuration or state file, or of a run about the manifest.</summary>
    /// <param name="finding">The finding.</param>
    public void Tell(StorageDiagnostic finding) =>
        Write(finding.Rule, finding.Message, finding.Position.Line > 0 && !finding.Message.Contains(finding.File, StringComparison.Ordinal) ? finding.File : "", finding.Position, "");

    /// <summary>Tells something in plain words.</summary>
    /// <param name="rule">Which finding it is.</param>
    /// <param name="problem">What is wrong, as a sentence.</param>
    /// <param name="remedy">What to do, as a sentence; may be empty.</param>
    public void Tell(DiagnosticRule rule, string problem, string remedy = "") => Write(rule, problem, "", default, remedy);

    private void Write(DiagnosticRule rule, string problem, string file, LinePosition position, string remedy)
    {
        var isError = rule.Severity == DiagnosticSeverity.Error;
        var title = $"{(isError ? "error" : "warning")} {rule.Code}";
        var head = _style.Link(rule.HelpLink, isError ? _style.Bad(title) : _style.Warning(title));
        if (file.Length == 0)
        {
            console.Error.WriteLine($"{head}: {problem}");
        }
        else
        {
            console.Error.WriteLine($"{head}: {problem} ({_style.Link(file, $"{Paths.Short(file)}:{position.Line}:{position.Column}")})");
        }

        if (remedy.Length > 0)
        {
            console.Error.WriteLine($"  {remedy}");
        }
    }
}
