using System.Text.Json;
using DataManifest.Catalogs.Repositories;

namespace DataManifest.Catalogs.Importers;

/// <summary>
/// What DVC tracks: <c>.dvc</c> files and <c>dvc.lock</c>, or a folder of them. The address is the one that the data were imported from, or else the place of the digest
/// in the project's default remote. Copies in the project's cache are used in place.
/// </summary>
internal sealed class DvcImporter : IImporter
{
    private const string FolderDigest = ".dir";

    /// <inheritdoc/>
    public async Task<ImportedCatalog> ReadAsync(ImportSource source, CancellationToken cancellationToken)
    {
        var project = DvcProject.Find(source);
        var proposals = new List<Proposal>();
        var skipped = new List<string>();
        var notes = new List<string>();
        foreach (var output in Files(source).SelectMany(file => Outputs(YamlReader.Read(source, source.ReadText(file), file))))
        {
            if (output.Digest.EndsWith(FolderDigest, StringComparison.Ordinal) && output.Address.Length == 0)
            {
                var members = await MembersAsync(source, project, output, cancellationToken).ConfigureAwait(false);
                proposals.AddRange(members.Select(member => Propose(project, member, DatasetNames.WithoutExtension(member.Path), project.AddressOf(member.Digest))));
                notes.AddRange(members.Count == 0 ? [$"skipped the folder {output.Path}, whose list of files is neither in the cache nor in a remote that can be asked"] : []);
                continue;
            }

            var address = output.Address.Length > 0 ? output.Address : project.AddressOf(output.Digest);
            if (address.Length == 0)
            {
                skipped.Add(output.Path);
                continue;
            }

            proposals.Add(Propose(project, output, DatasetNames.OfPath(output.Path), address));
        }

        if (skipped.Count > 0)
        {
            notes.Insert(0, $"skipped {skipped.Count} out(s) with no resolvable URL — no import-url dep and no usable default remote: {string.Join(", ", skipped.Order(StringComparer.Ordinal))}");
        }

        return new ImportedCatalog($"DVC {source.FileName}", proposals) { Notes = notes, HasCache = true };
    }

    private static Proposal Propose(DvcProject project, DvcOutput output, string name, string address) => new()
    {
        Name = DatasetNames.Usable(name),
        MayRename = true,
        Uris = [address],
        Checksum = output.Digest.EndsWith(FolderDigest, StringComparison.Ordinal) ? "" : $"md5:{output.Digest}",
        CacheFile = project.CachedFile(output.Digest),
    };

    private static List<string> Files(ImportSource source)
    {
        if (!Directory.Exists(source.Path))
        {
            return [source.Path];
        }

        var files = Directory.EnumerateFiles(source.Path, "*.dvc").Order(StringComparer.Ordinal).ToList();
        var pipeline = Path.Combine(source.Path, "dvc.lock");
        return File.Exists(pipeline) ? [.. files, pipeline] : files.Count > 0 ? files : throw source.Unreadable("it has neither a .dvc file nor a dvc.lock");
    }

    private static IEnumerable<DvcOutput> Outputs(YamlValue document)
    {
        IEnumerable<YamlValue> stages = document.Entries.ContainsKey("stages") ? document["stages"].Entries.Values : [document];
        foreach (var stage in stages)
        {
            var address = stage["deps"].Items.Select(dependency => dependency["path"].Text).FirstOrDefault(path => path.Contains("://", StringComparison.Ordinal)) ?? "";
            foreach (var output in stage["outs"].Items)
            {
                var digest = (output["md5"].Text is { Length: > 0 } md5 ? md5 : output["checksum"].Text).ToLowerInvariant();
                if (digest.Length > 0 && output["path"].Text.Length > 0)
                {
                    yield return new DvcOutput(output["path"].Text, digest, address);
                }
            }
        }
    }

    /// <summary>The files of a tracked folder, from the list that DVC keeps under the folder's digest.</summary>
    private static async Task<IReadOnlyList<DvcOutput>> MembersAsync(ImportSource source, DvcProject project, DvcOutput folder, CancellationToken cancellationToken)
    {
        var place = project.AddressOf(folder.Digest);
        var cached = project.CachedFile(folder.Digest);
        if (cached.Length == 0 && !place.StartsWith("https://", StringComparison.Ordinal))
        {
            return [];
        }

        try
        {
            using var document = cached.Length == 0 ? null : JsonDocument.Parse(source.ReadText(cached));
            var list = document?.RootElement ?? await source.Http.FindJsonAsync(place, cancellationToken).ConfigureAwait(false) ?? default;
            return [.. list.Items()
                .Select(member => new DvcOutput($"{folder.Path.TrimEnd('/')}/{member.Text("relpath")}", member.Text("md5").ToLowerInvariant(), ""))
                .Where(member => DvcProject.IsDigest(member.Digest))];
        }
        catch (JsonException)
        {
            throw source.Unreadable("the list of the folder's files is no JSON", cached);
        }
    }

    private sealed record DvcOutput(string Path, string Digest, string Address);
}
