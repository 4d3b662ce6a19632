using DataManifest.Diagnostics;
using DataManifest.Storage;

namespace DataManifest;

public sealed partial class Database
{
    /// <summary>What somebody should know of where data go: configuration files that are ignored, and names in paths that stand for nothing on this machine.</summary>
    public IReadOnlyList<StorageDiagnostic> CheckStorage()
    {
        var storage = Locator.Storage;
        var unknown = storage.UnknownSymbolsOf("datasets_dir", Manifest).Concat(storage.UnknownSymbolsOf("datacache_dir", Manifest))
            .Concat(Manifest.Datasets.Where(dataset => dataset.StoragePath.Contains('$')).GroupBy(dataset => dataset.StoragePath, StringComparer.Ordinal).Select(same => same.First())
                .SelectMany(dataset => storage.UnknownSymbols(
                    dataset.StoragePath, $"The storage_path of dataset '{dataset.Name}'", Manifest.Path, Manifest.Diagnose(DiagnosticRules.UnknownSymbol, "", dataset.Name, "storage_path").Start)));
        return [.. storage.Diagnostics, .. unknown.GroupBy(found => found.Name, StringComparer.Ordinal).Select(same => same.First().Finding)];
    }
}
