using DataManifest.Diagnostics;
using DataManifest.Fetching;
using DataManifest.Manifest;
using DataManifest.Storage;

namespace DataManifest.Catalogs.Repositories;

/// <summary>Turns records into proposals, by the options of one request.</summary>
/// <param name="request">The options.</param>
internal sealed class RepositoryProposals(AddRequest request)
{
    private readonly UniqueNames _names = new([]);

    /// <summary>The proposals of all records, and what is left out.</summary>
    /// <param name="answer">What the repository has.</param>
    /// <exception cref="DataManifestException">A file's name or address is one that must not be used.</exception>
    public (IReadOnlyList<Proposal> Proposals, IReadOnlyList<string> Notes) Of(RepositoryAnswer answer)
    {
        if (answer.File.Length > 0 && request.Pick.Count == 0 && !answer.Records.Any(record => record.Files.Any(file => file.Path == answer.File)))
        {
            throw new DataManifestException(DiagnosticRules.UnknownReference, $"{answer.Source} has no file '{answer.File}'.", "", "Correct the name, or leave it away and choose with --pick.");
        }

        var notes = new List<string>(answer.Notes);
        var proposals = answer.Records.SelectMany(record => Of(record, answer.File, answer.Records.Count > 1, notes)).ToList();
        return (proposals, notes);
    }

    private IEnumerable<Proposal> Of(RepositoryRecord record, string file, bool isOneOfSeveral, List<string> notes)
    {
        var name = isOneOfSeveral || request.Name.Length == 0 ? "" : request.Name;
        var files = new List<RepositoryFile>();
        foreach (var each in record.Files.Where(each => record.IsWhole || IsPicked(each.Path, file)))
        {
            if (each.Uri.Length == 0)
            {
                notes.Add($"{each.Path} has no address — skipped");
                continue;
            }

            Require(each);
            files.Add(each);
        }

        if (files.Count == 0)
        {
            notes.AddRange(new[] { record.NothingPicked }.Where(note => note.Length > 0));
            return [];
        }

        var bundle = name.Length > 0 ? name : FirstOf(record.Name, DatasetNames.Slug(record.Metadata.Title), record.FallbackName);
        var isSplit = !record.IsWhole && (request.Split || (files.Count > 1 && (!record.HasNamedAddresses || request.Extract)));
        if (!isSplit)
        {
            return [Proposal(record, bundle, name.Length > 0, files)];
        }

        var prefix = request.Split ? name : bundle;
        return [.. files.Select(each => Proposal(record, prefix.Length > 0 ? $"{prefix}/{each.Path}" : DatasetNames.WithoutExtension(each.Path), name.Length > 0, [each]))];
    }

    private Proposal Proposal(RepositoryRecord record, string name, bool isNamed, List<RepositoryFile> files)
    {
        var proposal = new Proposal
        {
            Name = _names.Take(isNamed ? name : DatasetNames.Usable(name)),
            MayRename = record.MayRename && !isNamed,
            Uris = [.. files.Select(file => file.Uri)],
            Checksum = files.Count == 1 ? files[0].Checksum : "",
            Key = files.Count == 1 ? files[0].Key : "",
            Doi = record.Doi,
            Description = record.Metadata.Title,
            Metadata = record.Metadata,
            Lazy = request.Lazy,
        };
        var declared = DatasetDeclaration.Read(proposal.Name, proposal.ToTable());
        return proposal with { Extract = (record.Extract || request.Extract) && declared.ArchiveFormat.Length > 0 };
    }

    private bool IsPicked(string path, string file) =>
        request.Pick.Count > 0 ? request.Pick.Any(pattern => HostGlob.IsMatch(pattern, path, ignoreCase: false)) : file.Length == 0 || path == file;

    /// <summary>A record comes from anybody: its names become names and paths here, its addresses are asked.</summary>
    private static void Require(RepositoryFile file)
    {
        var isPath = file.Path.Length is > 0 and <= 1024 && !StoreKey.LeavesStore(file.Path) && !file.Path.Any(char.IsControl)
            && (file.Key.Length == 0 || !StoreKey.LeavesStore(file.Key));
        if (!isPath || !Uri.TryCreate(file.Uri, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
        {
            throw new DataManifestException(
                DiagnosticRules.UnusableAnswer,
                isPath ? $"The record's file '{file.Path}' has the address '{SafeUrl.Of(file.Uri)}', which is none of a web server." : $"The record has a file called '{file.Path[..Math.Min(file.Path.Length, 80)]}', which is no name of a file in a folder.",
                "",
                "Nothing was declared. If you trust the record, declare the addresses of its files yourself.");
        }
    }

    private static string FirstOf(string first, string second, string third) => first.Length > 0 ? first : second.Length > 0 ? second : third;
}
