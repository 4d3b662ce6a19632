using DataManifest.Hashing;
using DataManifest.Storage;
using DataManifest.Toml;

namespace DataManifest.Caching;

/// <summary>Reads the small TOML files that lie beside produced data.</summary>
internal static class SidecarFile
{
    /// <summary>Reads one.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="TomlException">It is not TOML.</exception>
    /// <exception cref="IOException">It is not there, is no file, or cannot be read.</exception>
    public static TomlTable Read(string path)
    {
        SpecialFile.Refuse(path);
        return TomlDocument.Parse(TomlText.Decode(SmallFile.ReadAllBytes(path))).Root;
    }
}
