using DataManifest.State;

namespace DataManifest;

/// <content>The digests of single files.</content>
public sealed partial class DatasetLocator
{
    /// <summary>The digests of single files of datasets that are folders.</summary>
    internal TreeStore Trees => field ??= new(State);
}
