using DataManifest.Diagnostics;
using DataManifest.Manifest;
using DataManifest.Toml;

namespace DataManifest.Bindings;

/// <summary>
/// Decides how a dataset is fetched (specification, "Fetch ladder"). A rung is passed over only when it is absent; one that is there and
/// malformed is an error.
/// </summary>
public static class FetchLadder
{
    /// <summary>
    /// The rung for a dataset that is to be fetched. Whether it is fetched at all (<c>skip_download</c>, <c>lazy_access</c>) is not asked.
    /// </summary>
    /// <param name="dataset">The dataset.</param>
    /// <param name="language">The tag of the own language.</param>
    /// <param name="delegation">
    /// The run's word on fetchers of other languages, which the dataset's own <c>delegate</c> overrules: true tries them before the URI,
    /// false never, null only when there is no URI.
    /// </param>
    /// <param name="canRun">Whether a language's fetchers can be run here; null when every one can.</param>
    public static FetchStep Resolve(DatasetDeclaration dataset, string language = BindingLanguage.CSharp, bool? delegation = null, Func<string, bool>? canRun = null)
    {
        if (BindingLanguage.Problem(dataset, language) is { } problem)
        {
            return Failure(problem);
        }

        if (BindingLanguage.Explicit(dataset, language, "fetcher") is { } own)
        {
            return OwnFetcher($"'_LANG.{language}.fetcher' of dataset '{dataset.Name}'", own, language);
        }

        if (dataset.Fetcher is { } bare)
        {
            return OwnFetcher($"'fetcher' of dataset '{dataset.Name}'", bare, language);
        }

        if (dataset.Shell.Length > 0)
        {
            return new FetchStep(FetchRung.Shell, Command: dataset.Shell);
        }

        if (BindingLanguage.Explicit(dataset, BindingLanguage.Shell, "fetcher") is { } legacy)
        {
            return legacy is TomlString command
                ? new FetchStep(FetchRung.Shell, Command: command.Value)
                : Failure(BindingReader.Malformed($"'_LANG.shell' of dataset '{dataset.Name}' is retired; write shell = \"command …\" in the dataset's table.", legacy.Span));
        }

        var allowed = dataset.Delegate ?? delegation;
        var hasUri = dataset.Uri.Length > 0 || dataset.Uris.Count > 0;
        var foreign = Foreign(dataset, language);
        if (allowed != false && (allowed == true || !hasUri))
        {
            foreach (var (tag, fetcher) in foreign)
            {
                if (canRun is null || canRun(tag))
                {
                    return new FetchStep(FetchRung.Delegation, fetcher, tag);
                }
            }
        }

        return hasUri ? new FetchStep(FetchRung.Uri) : Failure(Missing(dataset, [.. foreign.Select(candidate => candidate.Language)], allowed == false));
    }

    /// <summary>The well-formed fetchers of other languages, in the order of the text.</summary>
    private static List<(string Language, Binding Fetcher)> Foreign(DatasetDeclaration dataset, string language)
    {
        var found = new List<(string Language, Binding Fetcher)>();
        foreach (var entry in (IEnumerable<TomlEntry>?)dataset.Languages ?? [])
        {
            if (entry.Key != language && entry.Key != BindingLanguage.Shell && entry.Value is TomlTable table
                && BindingLanguage.Present(table["fetcher"]) is { } value && BindingReader.Read("", value).Binding is { } fetcher)
            {
                found.Add((entry.Key, fetcher));
            }
        }

        return found;
    }

    private static FetchStep OwnFetcher(string what, TomlValue value, string language)
    {
        var (binding, problem) = BindingReader.Read(what, value);
        return binding is null ? Failure(problem!) : new FetchStep(FetchRung.OwnFetcher, binding, language);
    }

    private static BindingProblem Missing(DatasetDeclaration dataset, IReadOnlyList<string> foreign, bool isForbidden) => new(
        DiagnosticRules.NoFetcher,
        foreign.Count == 0
            ? $"Nothing says where dataset '{dataset.Name}' comes from; write 'uri', 'uris', 'shell' or 'fetcher', or 'storage_path' with skip_download = true for data that you provide."
            : $"Only a fetcher of another language ({string.Join(", ", foreign)}) can produce dataset '{dataset.Name}'; "
                + (isForbidden ? "allow it with delegate = true, or write a 'uri'." : "install that language's datamanifest tool, or write a 'uri'."));

    private static FetchStep Failure(BindingProblem problem) => new(FetchRung.Error, Problem: problem);

    /// <summary>Whether a dataset is the clone of a repository, whose folder never has the same digest twice: <c>.git</c> is in it, so no pin of it can hold.</summary>
    /// <param name="dataset">The dataset.</param>
    public static bool IsClone(DatasetDeclaration dataset) =>
        dataset.Uris.Count == 0 && dataset.Source.IsRepository && Resolve(dataset, canRun: _ => false).Rung == FetchRung.Uri;
}
