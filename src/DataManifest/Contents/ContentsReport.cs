using DataManifest.Storage;

namespace DataManifest.Contents;

/// <summary>What datasets contain.</summary>
/// <param name="Datasets">The datasets that were looked into, now or before.</param>
/// <param name="Path">The file in which it is recorded, absolute; empty when there is nothing to record or it cannot be written.</param>
/// <param name="Warnings">Columns that changed, or are not what the manifest says of them; a record that cannot be written.</param>
public sealed record ContentsReport(IReadOnlyList<DatasetContents> Datasets, string Path, IReadOnlyList<StorageDiagnostic> Warnings);
