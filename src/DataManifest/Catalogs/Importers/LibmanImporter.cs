using System.Text.Json;
using DataManifest.Catalogs.Repositories;

namespace DataManifest.Catalogs.Importers;

/// <summary>A <c>libman.json</c>: per library the files that it lists, as one dataset. Libraries without a list, and those of the file system, are left out.</summary>
internal sealed class LibmanImporter : IImporter
{
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <inheritdoc/>
    public Task<ImportedCatalog> ReadAsync(ImportSource source, CancellationToken cancellationToken)
    {
        using var document = Parse(source);
        var proposals = new List<Proposal>();
        var notes = new List<string>();
        var defaultProvider = document.RootElement.Text("defaultProvider");
        foreach (var library in document.RootElement.Items("libraries"))
        {
            var provider = library.Text("provider") is { Length: > 0 } own ? own : defaultProvider;
            var id = library.Text("library");
            var at = id.LastIndexOf('@');
            var files = library.Texts("files");
            var folder = at <= 0 ? "" : Folder(provider, id[..at], id[(at + 1)..]);
            if (folder.Length == 0 || files.Count == 0 || files.Any(file => file.AsSpan().ContainsAny('*', '!', '{')))
            {
                notes.Add($"skipped {id}: {(folder.Length == 0 ? $"the provider '{provider}' has no addresses" : "it lists no single files")}");
                continue;
            }

            proposals.Add(new Proposal
            {
                Name = DatasetNames.Usable(id[..at].TrimStart('@')),
                MayRename = true,
                Uris = [.. files.Select(file => $"{folder}/{file.TrimStart('/')}")],
                Description = $"{id[..at]} {id[(at + 1)..]}",
            });
        }

        return Task.FromResult(new ImportedCatalog($"LibMan {source.FileName}", proposals) { Notes = notes });
    }

    private static string Folder(string provider, string name, string version) => provider.ToLowerInvariant() switch
    {
        "cdnjs" => $"https://cdnjs.cloudflare.com/ajax/libs/{name}/{version}",
        "jsdelivr" => $"https://cdn.jsdelivr.net/npm/{name}@{version}",
        "unpkg" => $"https://unpkg.com/{name}@{version}",
        _ => "",
    };

    private static JsonDocument Parse(ImportSource source)
    {
        try
        {
            return JsonDocument.Parse(source.ReadText(), Lenient);
        }
        catch (JsonException broken)
        {
            throw source.Unreadable($"line {broken.LineNumber + 1} is no JSON");
        }
    }
}
