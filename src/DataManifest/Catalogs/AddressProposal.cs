using DataManifest.Catalogs.Repositories;
using DataManifest.Diagnostics;
using DataManifest.Fetching;
using DataManifest.Manifest;
using DataManifest.Storage;

namespace DataManifest.Catalogs;

/// <summary>The proposal for a plain address or path.</summary>
internal static class AddressProposal
{
    /// <summary>Refuses what could never be fetched, so that a slip of the keyboard does not become a dataset.</summary>
    /// <param name="address">The address or path.</param>
    /// <param name="storage">The machine, and the folder that relative paths hang on.</param>
    /// <exception cref="DataManifestException">Nothing fetches such addresses, or there is no such file.</exception>
    public static void RequireSource(string address, StorageConfiguration storage)
    {
        try
        {
            _ = SourceUri.TryParse(address, out var source);
            if (SourcePlan.KindOf(address, isMember: false, storage.HostName) != SourceKind.Local || source.Scheme.Length > 0 || FileTransport.Exists(address, storage.ProjectRoot))
            {
                return;
            }
        }
        catch (FetchFaultException unsupported)
        {
            throw new DataManifestException(unsupported.Rule, unsupported.Message, "", "To declare it for a fetcher that you write, add --no-download.");
        }

        var host = address.Split('/')[0];
        var isLikeHost = host.Length < address.Length && host.Trim('.').Contains('.', StringComparison.Ordinal);
        throw new DataManifestException(
            DiagnosticRules.UnknownReference, $"'{SafeUrl.Of(address)}' is neither an address nor a DOI, and '{storage.ProjectRoot}' has no such file.", "",
            isLikeHost ? $"Did you mean 'https://{address}'?" : "Give the address of a file (https://…), a DOI (10.5281/zenodo.…), or the path of a file.");
    }

    /// <summary>Makes it.</summary>
    /// <param name="request">The address and the options.</param>
    /// <exception cref="DataManifestException">The text is no address that anything could be fetched from.</exception>
    public static Proposal Of(AddRequest request)
    {
        var address = ZenodoRepository.NamedAddress(request.Reference.Trim());
        if (address.Length == 0 || !SourceUri.TryParse(address, out var source) || (source.Host.Length == 0 && source.Path.Trim('/').Length == 0))
        {
            throw new DataManifestException(
                DiagnosticRules.UnknownReference, $"'{SafeUrl.Of(address)}' is neither an address nor a DOI.", "", "Give the address of a file (https://…), a DOI (10.5281/zenodo.…), or the address of a record.");
        }

        var proposal = new Proposal { Name = request.Name.Length > 0 ? request.Name : "x", Uris = [address], Extract = request.Extract, Lazy = request.Lazy };
        if (source.Scheme.Length == 0 && OfPath(proposal, address, request.Name) is { } local)
        {
            return local;
        }

        if (request.Name.Length > 0)
        {
            return proposal;
        }

        // At a host of repositories the name is that of the repository, the same for each of its files; so a second one gets its own behind it.
        var key = DatasetDeclaration.Read("x", proposal.ToTable()).Key;
        var name = DatasetKey.DefaultName(source, key);
        var file = DatasetNames.WithoutExtension(source.Path[(source.Path.LastIndexOf('/') + 1)..]);
        var other = source.IsRepository || key.StartsWith(name, StringComparison.Ordinal) ? key : $"{name}/{file}";
        return proposal with { Name = DatasetNames.Usable(name), OtherName = DatasetNames.Usable(other) };
    }

    /// <summary>
    /// A local file is named by its path from the project: one that begins with <c>./</c> without that, one that lies elsewhere by the file's name alone, since the folders above are this
    /// machine's. What lies above the project gets a key as well, because its path would leave the store.
    /// </summary>
    /// <returns>Null where nothing is to be done for a path.</returns>
    private static Proposal? OfPath(Proposal proposal, string path, string named)
    {
        var segments = path.Replace('\\', '/').Split('/').Where(segment => segment is not ("." or "")).ToArray();
        var (isAbove, isElsewhere) = (segments.Contains(".."), Path.IsPathRooted(path));
        if (segments is [] or [.., ".."] || (!isAbove && (named.Length > 0 || (!isElsewhere && !path.StartsWith("./", StringComparison.Ordinal)))))
        {
            return null;
        }

        var inProject = DatasetNames.Usable(DatasetNames.WithoutExtension(string.Join('/', segments.Where(segment => segment != ".."))));
        var name = named.Length > 0 ? named : isAbove || isElsewhere ? DatasetNames.Usable(DatasetNames.WithoutExtension(segments[^1])) : inProject;
        return proposal with
        {
            Name = name,
            OtherName = named.Length > 0 || isAbove ? "" : inProject,
            Key = isAbove ? name + segments[^1][DatasetNames.WithoutExtension(segments[^1]).Length..] : "",
        };
    }
}
