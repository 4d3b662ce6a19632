namespace DataManifest;

/// <summary>Where a dataset's data are, or should be.</summary>
/// <param name="Path">The file or folder, absolute; for <see cref="DatasetState.Lazy"/> the address.</param>
/// <param name="State">What is known of it.</param>
/// <param name="Marker">The completion marker that proves <see cref="DatasetState.Complete"/>; empty in every other state.</param>
/// <param name="IsInPool">Whether it is in a read pool, or elsewhere than at the storage path according to the state file: used in place, never written to.</param>
public sealed record DatasetLocation(string Path, DatasetState State, string Marker = "", bool IsInPool = false)
{
    /// <summary>Whether a program can use the data.</summary>
    public bool IsUsable => State is DatasetState.Complete or DatasetState.Recorded or DatasetState.UserManaged or DatasetState.Lazy;

    /// <summary>Whether the state file records these data with the declared digest, so that a fetch need not compute it again.</summary>
    public bool IsVerified { get; init; }
}
