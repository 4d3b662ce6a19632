using DataManifest.Storage;

namespace DataManifest.Maintenance;

/// <summary>What came of an operation.</summary>
/// <param name="Results">One result per object that it concerned, in the inventory's order.</param>
public sealed record MaintenanceReport(IReadOnlyList<ObjectResult> Results)
{
    /// <summary>Whether nothing was changed, and the results say what would be.</summary>
    public bool IsDryRun { get; init; }

    /// <summary>What did not keep the operation from its end: what could not be read, and records that could not be written.</summary>
    public IReadOnlyList<StorageDiagnostic> Warnings { get; init; } = [];

    /// <summary>How many objects were changed, or would be.</summary>
    public int Changed => Results.Count(result => result.Action is not (ObjectAction.Skipped or ObjectAction.Failed));

    /// <summary>Whether any object failed.</summary>
    public bool HasFailures => Results.Any(result => result.Action == ObjectAction.Failed);
}
