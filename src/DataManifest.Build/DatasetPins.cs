using DataManifest.Bindings;
using DataManifest.Manifest;

namespace DataManifest.Build;

/// <summary>Whether datasets say what their data have to be.</summary>
internal static class DatasetPins
{
    extension(DatasetDeclaration declaration)
    {
        /// <summary>Whether the data are held to a checksum.</summary>
        public bool IsPinned => declaration.Checksum.Length > 0 && !declaration.SkipChecksum;

        /// <summary>Whether the data are fetched and should be held to a checksum, and are not. A clone cannot be: the fetch itself says so.</summary>
        public bool LacksPin => declaration is { Checksum: "", SkipChecksum: false, SkipDownload: false, LazyAccess: false } && !FetchLadder.IsClone(declaration);
    }
}
