using System.Text;

namespace DataManifest.Catalogs.Importers;

/// <summary>
/// A board of R's pins: the newest version of every pin in <c>_pins.yaml</c>. What files a version has stands in its <c>data.txt</c>, which is read beside the list or
/// asked for below the base URL.
/// </summary>
internal sealed class PinsImporter : IImporter
{
    /// <inheritdoc/>
    public async Task<ImportedCatalog> ReadAsync(ImportSource source, CancellationToken cancellationToken)
    {
        var board = YamlReader.Read(source, source.ReadText());
        if (board.Entries.Count > 0 && source.BaseUrl.Length == 0)
        {
            throw source.NeedsBaseUrl();
        }

        var proposals = new List<Proposal>();
        var notes = new List<string>();
        foreach (var (name, versions) in board.Entries)
        {
            // Versions begin with the time at which they were made.
            var folder = (versions.Items.Count == 0 ? versions.Text : versions.Items.Select(item => item.Text).Max(StringComparer.Ordinal) ?? "").Trim('/');
            if (folder.Length == 0 || Manifest.StoreKey.LeavesStore(folder))
            {
                notes.Add($"skipped {name}: it has no version");
                continue;
            }

            var about = await AboutAsync(source, folder, cancellationToken).ConfigureAwait(false);
            var file = about["file"];
            List<string> files = [.. (file.Items.Count > 0 ? file.Items : [file]).Select(item => item.Text).Where(text => text.Length > 0 && !Manifest.StoreKey.LeavesStore(text))];
            if (files.Count == 0)
            {
                notes.Add($"skipped {name}: its {folder}/data.txt names no file");
                continue;
            }

            var copy = Path.Combine(source.Folder, folder, files[0]);
            proposals.Add(new Proposal
            {
                Name = DatasetNames.Usable(name),
                MayRename = true,
                Uris = [.. files.Select(each => $"{source.BaseUrl.TrimEnd('/')}/{folder}/{Uri.EscapeDataString(each).Replace("%2F", "/", StringComparison.Ordinal)}")],
                Description = about["title"].Text,
                CacheFile = files.Count == 1 && File.Exists(copy) ? copy : "",
            });
        }

        return new ImportedCatalog($"pins board {source.FileName}", proposals) { Notes = notes, HasCache = proposals.Exists(proposal => proposal.CacheFile.Length > 0) };
    }

    private static async Task<YamlValue> AboutAsync(ImportSource source, string folder, CancellationToken cancellationToken)
    {
        var local = Path.Combine(source.Folder, folder, "data.txt");
        if (File.Exists(local))
        {
            return YamlReader.Read(source, source.ReadText(local), local);
        }

        var address = $"{source.BaseUrl.TrimEnd('/')}/{folder}/data.txt";
        return !Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https")
            ? YamlValue.Nothing
            : YamlReader.Read(source, Encoding.UTF8.GetString(await source.Http.GetAsync(address, null, cancellationToken).ConfigureAwait(false)), address);
    }
}
