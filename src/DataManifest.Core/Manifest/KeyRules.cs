using DataManifest.Diagnostics;

namespace DataManifest.Manifest;

/// <summary>Checks that every dataset has a place of its own in the store. Linear in the size of the manifest.</summary>
internal sealed class KeyRules(IReadOnlyList<DatasetDeclaration> datasets, Action<DatasetDeclaration, string, DiagnosticRule, string> report)
{
    private static readonly string[] BesideNames = [".complete", ".lock", ".tmp", ".tmp.download"];

    private readonly Dictionary<string, DatasetDeclaration> _places = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DatasetDeclaration> _foldedPlaces = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Checks all keys.</summary>
    public void Check()
    {
        var stored = datasets.Where(IsStored).ToList();
        foreach (var dataset in stored)
        {
            CheckAlone(dataset);
            CheckShared(dataset);
        }

        foreach (var dataset in stored)
        {
            CheckNested(dataset);
        }
    }

    /// <summary>Whether a tool stores the dataset at a place that its key decides; opened in place, provided by others, or at an exact path, it has none.</summary>
    private static bool IsStored(DatasetDeclaration dataset) =>
        !dataset.LazyAccess && !dataset.SkipDownload
        && (dataset.StoragePath.Length == 0 || dataset.StoragePath.Contains("$key") || dataset.StoragePath.Contains("${key}"));

    private void CheckAlone(DatasetDeclaration dataset)
    {
        var key = dataset.Uris.Count > 0 ? dataset.Key.TrimStart('/') : dataset.Key; // Batches of file:/// URIs have a slash there that means nothing.
        if (StoreKey.Normalize(key).Length == 0)
        {
            report(dataset, FieldOf(dataset), DiagnosticRules.EmptyKey, $"No key can be derived for dataset '{dataset.Name}', so it would be the whole store; write key = \"…\".");
        }
        else if (StoreKey.LeavesStore(key))
        {
            report(dataset, FieldOf(dataset), DiagnosticRules.KeyLeavesStore, $"The key '{dataset.Key}' of dataset '{dataset.Name}' leaves the store; write key = \"…\" without '..', a drive or a slash at its start.");
        }
        else if (StoreKey.PortabilityProblem(key) is { } problem)
        {
            report(dataset, FieldOf(dataset), DiagnosticRules.KeyNotPortable, $"The key of dataset '{dataset.Name}' cannot be stored on every system: {problem}; write key = \"…\".");
        }
    }

    private void CheckShared(DatasetDeclaration dataset)
    {
        foreach (var (root, key) in PlacesOf(dataset))
        {
            var place = root + key;
            if (_places.TryGetValue(place, out var other))
            {
                if (SourceOf(other) != SourceOf(dataset))
                {
                    report(dataset, FieldOf(dataset), DiagnosticRules.KeyShared, $"Datasets '{other.Name}' and '{dataset.Name}' have different sources but one place in the store, '{key}'; give one of them another key = \"…\".");
                    return;
                }

                continue;
            }

            _places.Add(place, dataset);
            if (!_foldedPlaces.TryGetValue(place, out var similar))
            {
                _foldedPlaces.Add(place, dataset);
            }
            else if (similar != (object)dataset)
            {
                report(dataset, FieldOf(dataset), DiagnosticRules.KeyNotPortable, $"The keys of datasets '{similar.Name}' and '{dataset.Name}' differ only in case, which is one place on Windows and macOS; give one of them another key = \"…\".");
            }
        }
    }

    private void CheckNested(DatasetDeclaration dataset)
    {
        foreach (var (root, key) in PlacesOf(dataset))
        {
            foreach (var parent in ParentsOf(key))
            {
                if (_places.TryGetValue(root + parent, out var other) && other != (object)dataset)
                {
                    report(dataset, FieldOf(dataset), DiagnosticRules.KeyNested, $"The place of dataset '{dataset.Name}' in the store, '{key}', belongs to that of dataset '{other.Name}', '{parent}'; give one of them another key = \"…\".");
                    return;
                }
            }
        }
    }

    private static IEnumerable<string> ParentsOf(string key)
    {
        foreach (var folder in StoreKey.Ancestors(key))
        {
            yield return folder;
        }

        foreach (var suffix in BesideNames)
        {
            if (key.EndsWith(suffix, StringComparison.Ordinal))
            {
                yield return key.Substring(0, key.Length - suffix.Length);
            }
        }
    }

    /// <summary>Where a dataset is stored: what tells one path expression from another (nothing for the default, which most have), and the key.</summary>
    private static (string Root, string Key)[] PlacesOf(DatasetDeclaration dataset)
    {
        var root = dataset.StoragePath is "" or "${datasets_dir}/${key}" or "$datasets_dir/$key" ? "" : dataset.StoragePath + "\n";
        var key = StoreKey.Normalize(dataset.Key);
        return key.Length == 0 ? []
            : dataset.Extract ? [(root, key), (root, StoreKey.Normalize(dataset.ExtractionName))]
            : [(root, key)];
    }

    /// <summary>What the data come from, as one text. Datasets that share a key and this text are one object under two names.</summary>
    private static string SourceOf(DatasetDeclaration dataset) =>
        string.Join("\n", dataset.Uris.Concat([dataset.Uri, dataset.Branch, dataset.Shell, dataset.Uri.Length + dataset.Uris.Count + dataset.Shell.Length == 0 ? dataset.Name : ""]));

    private static string FieldOf(DatasetDeclaration dataset) => dataset.Uris.Count > 0 ? "uris" : "uri";
}
