using DataManifest.Diagnostics;
using DataManifest.Manifest;
using DataManifest.Toml;

namespace DataManifest.Bindings;

/// <summary>
/// Decides how datasets are loaded (specification, "Load ladder"). A rung is passed over only when it is absent; one that is there and
/// malformed is an error. Loading never goes to another language.
/// </summary>
public sealed class LoadLadder
{
    private readonly string _language;
    private readonly HashSet<string> _builtIn;

    /// <summary>The ladder of one manifest.</summary>
    /// <param name="structural">The manifest's structural tables: <see cref="ManifestDocument.Structural"/>.</param>
    /// <param name="builtIn">The formats that the tool can load by itself; letter case does not matter.</param>
    /// <param name="language">The tag of the own language.</param>
    public LoadLadder(IEnumerable<TomlEntry> structural, IEnumerable<string> builtIn, string language = BindingLanguage.CSharp)
    {
        _language = language;
        _builtIn = new HashSet<string>(builtIn, StringComparer.OrdinalIgnoreCase);
        Formats = new FormatLoaders(structural, language);
    }

    /// <summary>The manifest's loaders by format.</summary>
    internal FormatLoaders Formats { get; }

    /// <summary>The rung for a dataset.</summary>
    /// <param name="dataset">The dataset.</param>
    public LoadStep Resolve(DatasetDeclaration dataset)
    {
        if (BindingLanguage.Problem(dataset, _language) is { } problem)
        {
            return new LoadStep(LoadRung.Error, Problem: problem);
        }

        if (BindingLanguage.Explicit(dataset, _language, "loader") is { } own)
        {
            return Bound(LoadRung.PerDataset, $"'_LANG.{_language}.loader' of dataset '{dataset.Name}'", own);
        }

        if (dataset.Loader is { } bare)
        {
            return Bound(LoadRung.PerDataset, $"'loader' of dataset '{dataset.Name}'", bare);
        }

        if (Formats.Of(dataset.Format) is { } entry)
        {
            return Bound(LoadRung.ManifestFormatDefault, $"The loader '{entry.Key}'", entry.Value);
        }

        var format = dataset.Format.Trim().ToLowerInvariant();
        return
            dataset.LazyAccess ? Failure(
                DiagnosticRules.LazyWithoutLoader,
                $"Dataset '{dataset.Name}' is opened where it is (lazy_access), which only a loader can do; write 'loader', or remove 'lazy_access' to have it downloaded.")
            : dataset.Extract ? new LoadStep(LoadRung.BuiltIn)
            : _builtIn.Contains(format) ? new LoadStep(LoadRung.BuiltIn, Format: format)
            : Failure(
                DiagnosticRules.NoLoader,
                format.Length == 0
                    ? $"Dataset '{dataset.Name}' has no format and no loader; write 'format' or 'loader'."
                    : $"There is no loader for the format '{format}' of dataset '{dataset.Name}'; write 'loader', or a loader for the format under [_LANG.{_language}.loaders].");
    }

    private LoadStep Bound(LoadRung rung, string what, TomlValue value)
    {
        var (loader, problem) = Formats.Resolve(what, value);
        return loader is null ? new LoadStep(LoadRung.Error, Problem: problem) : new LoadStep(rung, loader);
    }

    private static LoadStep Failure(DiagnosticRule rule, string message) => new(LoadRung.Error, Problem: new BindingProblem(rule, message));
}
