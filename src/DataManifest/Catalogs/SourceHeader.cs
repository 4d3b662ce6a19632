namespace DataManifest.Catalogs;

/// <summary>What a server tells about a source without sending it.</summary>
/// <param name="Status">The status of the answer.</param>
/// <param name="Length">The size in bytes; null when the server does not say, or would send something coded.</param>
/// <param name="EntityTag">The entity tag without quotes; empty when there is none.</param>
/// <param name="LastModified">When the source was changed last; null when the server does not say.</param>
internal sealed record SourceHeader(int Status, long? Length, string EntityTag, DateTimeOffset? LastModified)
{
    /// <summary>Whether the server says that there is nothing any more.</summary>
    public bool IsGone => Status is 404 or 410;

    /// <summary>Whether the server tells anything; many refuse such questions for what they send all the same.</summary>
    public bool IsTelling => Status is >= 200 and < 300;
}
