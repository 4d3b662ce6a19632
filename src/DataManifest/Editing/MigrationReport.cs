using DataManifest.Manifest;
using DataManifest.Storage;

namespace DataManifest;

/// <summary>What a migration has changed, or would change.</summary>
/// <param name="Steps">The changes of the manifest; none when it is of the present version.</param>
/// <param name="Found">Data that lie where older versions kept them; their places are recorded, and a fetch verifies them before it uses them.</param>
/// <param name="Problem">Why the places could not be recorded; null when they were.</param>
public sealed record MigrationReport(IReadOnlyList<MigrationStep> Steps, IReadOnlyList<FoundData> Found, StorageDiagnostic? Problem);

/// <summary>Data of a dataset at a place where older versions kept them.</summary>
/// <param name="Dataset">The dataset's name.</param>
/// <param name="Path">The place that is recorded: the only one, or else the first in a folder <c>datasets</c>.</param>
/// <param name="RecordedPath">The place as it is recorded: relative when it lies in the project.</param>
/// <param name="Places">Every place where there are some.</param>
public sealed record FoundData(string Dataset, string Path, string RecordedPath, IReadOnlyList<string> Places);
