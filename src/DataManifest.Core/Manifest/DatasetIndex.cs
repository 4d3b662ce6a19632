using DataManifest.Diagnostics;

namespace DataManifest.Manifest;

/// <summary>Finds datasets by name, alias, DOI, key, path and repository name, each query in constant time.</summary>
internal sealed class DatasetIndex
{
    private readonly Dictionary<string, DatasetDeclaration> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<DatasetDeclaration>> _byTerm = new(StringComparer.Ordinal);

    /// <summary>Reads all terms of all datasets once.</summary>
    public DatasetIndex(IReadOnlyList<DatasetDeclaration> datasets)
    {
        foreach (var dataset in datasets)
        {
            _byName.Add(dataset.Name, dataset);
            foreach (var term in new[] { dataset.Name }.Concat(dataset.LookupNames).Where(term => term.Length > 0))
            {
                var lower = term.ToLowerInvariant();
                if (!_byTerm.TryGetValue(lower, out var found))
                {
                    _byTerm.Add(lower, found = []);
                }

                if (found.Count == 0 || found[found.Count - 1] != (object)dataset)
                {
                    found.Add(dataset);
                }
            }
        }
    }

    /// <summary>The dataset of exactly this name; null when there is none.</summary>
    public DatasetDeclaration? ByName(string name) => _byName.TryGetValue(name, out var dataset) ? dataset : null;

    /// <summary>Everything that an identifier finds, letter case ignored.</summary>
    public IReadOnlyList<DatasetDeclaration> All(string identifier) =>
        _byTerm.TryGetValue(identifier.ToLowerInvariant(), out var found) ? found : [];

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
            var meant = suggest ? Spelling.Closest(identifier, _byName.Keys) ?? Spelling.Closest(identifier, _byTerm.Keys) : null;
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
}
