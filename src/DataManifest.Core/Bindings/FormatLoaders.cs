using DataManifest.Manifest;
using DataManifest.Toml;

namespace DataManifest.Bindings;

/// <summary>
/// The manifest's loaders by name, which is a format's: <c>[_LANG.&lt;self&gt;.loaders]</c> and behind it the bare <c>[_LOADERS]</c>
/// (specification, "Project-wide loaders"). A loader that is the name of another one is that one.
/// </summary>
internal sealed class FormatLoaders
{
    // Import paths and modules of the family's older tools, which stood among the loaders.
    private static readonly HashSet<string> NotLoaders = ["python_includes", "julia_includes", "python_modules", "julia_modules"];

    // Enough for any sensible manifest; without a limit a long chain would be walked once for each of its links.
    private const int MaxNames = 16;

    private readonly Dictionary<string, TomlEntry> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TomlEntry> _byFormat = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Collects the loaders of one language.</summary>
    /// <param name="structural">The manifest's structural tables.</param>
    /// <param name="language">The tag of the own language.</param>
    public FormatLoaders(IEnumerable<TomlEntry> structural, string language)
    {
        var tables = structural.ToDictionary(entry => entry.Key, entry => entry.Value, StringComparer.Ordinal);
        if (tables.TryGetValue("_LANG", out var languages) && (languages as TomlTable)?[language] is { } own)
        {
            if (own is not TomlTable table)
            {
                Problems.Add(BindingReader.Malformed($"'_LANG.{language}' must be a table: [_LANG.{language}.loaders].", own.Span));
            }
            else if (table["loaders"] is { } loaders)
            {
                Collect(loaders, $"'_LANG.{language}.loaders'");
            }
        }

        if (tables.TryGetValue("_LOADERS", out var bare) || tables.TryGetValue("_loaders", out bare))
        {
            Collect(bare, "'_LOADERS'");
        }

        foreach (var entry in _byName.Values)
        {
            if (Resolve($"The loader '{entry.Key}'", entry.Value).Problem is { } problem)
            {
                Problems.Add(problem);
            }
        }
    }

    /// <summary>Everything that is malformed among the loaders themselves.</summary>
    public List<BindingProblem> Problems { get; } = [];

    /// <summary>The loader of a format as written; null when there is none.</summary>
    /// <param name="format">The format; blanks around it and letter case are ignored.</param>
    public TomlEntry? Of(string format) => _byFormat.TryGetValue(format.Trim(), out var entry) ? entry : null;

    /// <summary>
    /// Reads a loader and follows names of loaders to the function. Arguments that stand beside the name are kept; otherwise the named loader's apply.
    /// </summary>
    /// <param name="what">What it is, for messages.</param>
    /// <param name="value">The loader as written.</param>
    public (Binding? Loader, BindingProblem? Problem) Resolve(string what, TomlValue value)
    {
        var (first, problem) = BindingReader.ReadForm(what, value);
        var current = first;
        var arguments = first;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (current is not null && current.Reference.IndexOf(':') < 0 && _byName.TryGetValue(current.Reference, out var named))
        {
            if (!seen.Add(current.Reference))
            {
                return (null, BindingReader.Malformed($"{what} names loaders in a circle: {string.Join(", ", seen)}.", first!.ReferenceSpan));
            }

            if (seen.Count > MaxNames)
            {
                return (null, BindingReader.Malformed($"{what} names a loader that names another one, and so on, more than {MaxNames} times; name the function.", first!.ReferenceSpan));
            }

            (current, problem) = BindingReader.ReadForm($"The loader '{named.Key}'", named.Value);
            arguments = arguments!.IsExplicit ? arguments : current;
        }

        if (current is null)
        {
            return (null, problem);
        }

        if (BindingReader.ReferenceProblem(what, current.Reference) is { } reason)
        {
            var meant = current.Reference.IndexOf(':') < 0 ? Spelling.Closest(current.Reference, _byName.Keys.Where(name => name != current.Reference)) : null;
            return (null, BindingReader.Malformed(meant is null ? reason : $"{reason} Did you mean the loader '{meant}'?", current.ReferenceSpan));
        }

        return (new Binding(current.Reference, arguments!.Arguments, arguments.KeywordArguments, first!.Span, current.ReferenceSpan), null);
    }

    private void Collect(TomlValue loaders, string what)
    {
        if (loaders is not TomlTable table)
        {
            Problems.Add(BindingReader.Malformed($"{what} must be a table of formats and their loaders.", loaders.Span));
            return;
        }

        foreach (var entry in table)
        {
            if (NotLoaders.Contains(entry.Key) || BindingLanguage.Present(entry.Value) is null)
            {
                continue;
            }

            if (!_byName.ContainsKey(entry.Key))
            {
                _byName.Add(entry.Key, entry);
            }

            if (!_byFormat.ContainsKey(entry.Key.Trim()))
            {
                _byFormat.Add(entry.Key.Trim(), entry);
            }
        }
    }
}
