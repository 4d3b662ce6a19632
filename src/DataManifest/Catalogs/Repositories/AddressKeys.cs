using DataManifest.Manifest;

namespace DataManifest.Catalogs.Repositories;

/// <summary>Keys of files whose addresses are numbers, so that what lies in the store has its name and its format.</summary>
internal static class AddressKeys
{
    /// <summary>The key that the address gives, with the file's name behind it.</summary>
    /// <param name="address">The file's address.</param>
    /// <param name="name">The file's name; its folders do not count, since the address is that of one file.</param>
    public static string WithFileName(string address, string name)
    {
        var file = name[(name.LastIndexOf('/') + 1)..];
        return SourceUri.TryParse(address, out var source) && file.Length > 0 ? DatasetKey.Derive(source.Host, $"{source.Path}/{file}", "") : "";
    }
}
