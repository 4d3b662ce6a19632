using DataManifest.Toml;

namespace DataManifest.Catalogs.Importers;

/// <summary>
/// Julia's <c>Artifacts.toml</c>: per artifact the archive that it is downloaded as, unpacked. An artifact that differs from platform to platform becomes one dataset per platform.
/// The published digests are those of the archives, and so not those of the datasets.
/// </summary>
internal sealed class ArtifactsImporter : IImporter
{
    private static readonly string[] PlatformKeys = ["os", "arch", "libc", "call_abi", "libgfortran_version", "cxxstring_abi", "julia_version"];

    /// <inheritdoc/>
    public Task<ImportedCatalog> ReadAsync(ImportSource source, CancellationToken cancellationToken)
    {
        var proposals = new List<Proposal>();
        var notes = new List<string>();
        foreach (var artifact in Parse(source))
        {
            foreach (var variant in artifact.Value is TomlArray variants ? variants.Items.OfType<TomlTable>() : artifact.Value is TomlTable single ? [single] : [])
            {
                var name = string.Join('-', [artifact.Key, .. PlatformKeys.Select(key => Text(variant, key)).Where(text => text.Length > 0)]);
                List<string> addresses = [.. ((variant["download"] as TomlArray)?.Items ?? []).OfType<TomlTable>().Select(download => Text(download, "url")).Where(url => url.Length > 0)];
                if (addresses.Count == 0)
                {
                    notes.Add($"skipped {name}: it has no download");
                    continue;
                }

                proposals.Add(new Proposal { Name = DatasetNames.Usable(name), MayRename = true, Uris = [addresses[0]], Mirrors = addresses[1..], Extract = true });
            }
        }

        return Task.FromResult(new ImportedCatalog($"Julia {source.FileName}", proposals) { Notes = notes });
    }

    private static TomlTable Parse(ImportSource source)
    {
        try
        {
            return TomlDocument.Parse(source.ReadText()).Root;
        }
        catch (TomlException broken)
        {
            throw source.Unreadable($"({broken.Position}) {broken.Reason.TrimEnd('.')}");
        }
    }

    private static string Text(TomlTable table, string key) => (table[key] as TomlString)?.Value ?? "";
}
