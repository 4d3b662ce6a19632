using DataManifest.Diagnostics;

namespace DataManifest.Manifest;

/// <summary>Finds datasets by name, alias, DOI, key, path and repository name, each query in constant time.</summary>
internal sealed class DatasetIndex
{
    private readonly Dictionary<string, DatasetDeclaration> _byName = new(StringComparer.Ordinal);
    private readonly IReadOnlyList<DatasetDeclaration> _datasets;
    private readonly Lazy<Dictionary<string, List<DatasetDeclaration>>> _byTerm;

    /// <summary>Reads all names; the other terms when something is not found by its name.</summary>
    public DatasetIndex(IReadOnlyList<DatasetDeclaration> datasets)
    {
        _datasets = datasets;
        foreach (var dataset in datasets)
        {
            _byName.Add(dataset.Name, dataset);
        }

        _byTerm = new(() => ReadTerms(datasets));
    }

    /// <summary>The dataset of exactly this name; null when there is none.</summary>
    public DatasetDeclaration? ByName(string name) => _byName.TryGetValue(name, out var dataset) ? dataset : null;

    /// <summary>Everything that an identifier finds, letter case ignored: by its name, then by another term.</summary>
    public IReadOnlyList<DatasetDeclaration> All(string identifier) =>
        _byTerm.Value.TryGetValue(identifier.ToLowerInvariant(), out var found) ? found : [];

    /// <summary>Everything that has a text somewhere in its name or in another of its terms, letter case ignored: what the text names, what has it in its name, the others; each in the manifest's order.</summary>
    public IReadOnlyList<DatasetDeclaration> Search(string text)
    {
        var lower = text.ToLowerInvariant();
        var named = All(text);
        var found = new HashSet<string>(_byTerm.Value.Where(term => Contains(term.Key)).SelectMany(term => term.Value.Select(dataset => dataset.Name)));
        found.ExceptWith(named.Select(dataset => dataset.Name));
        return [.. named, .. _datasets.Where(dataset => found.Contains(dataset.Name)).OrderBy(dataset => Contains(dataset.Name.ToLowerInvariant()) ? 0 : 1)];

        bool Contains(string term) => term.IndexOf(lower, StringComparison.Ordinal) >= 0;
    }

    /// <summary>The one dataset that an identifier stands for. A dataset's exact name stands for that dataset, whatever else it finds.</summary>
    public DatasetLookup Find(string identifier, bool suggest = true)
    {
        if (ByName(identifier) is { } exact)
        {
            return new DatasetLookup([exact]);
        }

        var found = All(identifier);
        if (found.Count == 1)
        {
            return new DatasetLookup(found);
        }

        if (found.Count == 0)
        {
            var meant = suggest ? Spelling.Closest(identifier, _byName.Keys) ?? Spelling.Closest(identifier, _byTerm.Value.Keys) : null;
            return new DatasetLookup(
                found,
                DiagnosticRules.DatasetNotFound,
                $"No dataset is called '{identifier}'" + (meant is null ? "; see the manifest for the names there are." : $"; did you mean '{meant}'?"));
        }

        const int shown = 10;
        var names = string.Join(", ", found.Take(shown).Select(dataset => $"'{dataset.Name}'")) + (found.Count > shown ? ", …" : "");
        return new DatasetLookup(
            found,
            DiagnosticRules.DatasetAmbiguous,
            $"'{identifier}' matches {found.Count} datasets ({names}); write the name of the one that is meant.");
    }

    private static Dictionary<string, List<DatasetDeclaration>> ReadTerms(IReadOnlyList<DatasetDeclaration> datasets)
    {
        var byTerm = new Dictionary<string, List<DatasetDeclaration>>(StringComparer.Ordinal);
        foreach (var dataset in datasets.Where(dataset => dataset.Name.Length > 0))
        {
            Add(dataset.Name, dataset);
        }

        foreach (var dataset in datasets)
        {
            foreach (var term in dataset.LookupNames.Where(term => term.Length > 0 && !string.Equals(term.ToLowerInvariant(), dataset.Name.ToLowerInvariant(), StringComparison.Ordinal)))
            {
                Add(term, dataset);
            }
        }

        return byTerm;

        void Add(string term, DatasetDeclaration dataset)
        {
            var lower = term.ToLowerInvariant();
            if (!byTerm.TryGetValue(lower, out var found))
            {
                byTerm.Add(lower, found = []);
            }

            if (found.Count == 0 || found[found.Count - 1] != (object)dataset)
            {
                found.Add(dataset);
            }
        }
    }
}
