namespace DataManifest.Hashing;

/// <summary>A file of a dataset's folder that is not as it was when the dataset was fetched.</summary>
/// <param name="Path">Its path in the folder, with slashes.</param>
/// <param name="Kind">What is wrong with it.</param>
public sealed record FileDamage(string Path, FileDamageKind Kind)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Path} ({Kind.ToString().ToLowerInvariant()})";
}

/// <summary>What is wrong with a file.</summary>
public enum FileDamageKind
{
    /// <summary>It has other content.</summary>
    Changed,

    /// <summary>It is not there.</summary>
    Missing,

    /// <summary>It was not there before.</summary>
    Added,
}
