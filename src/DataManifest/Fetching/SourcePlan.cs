using DataManifest.Bindings;
using DataManifest.Diagnostics;
using DataManifest.Manifest;
using DataManifest.ObjectStores;

namespace DataManifest.Fetching;

/// <summary>Finds out what a dataset can be fetched from, in the order of the specification's ladder, and says clearly what this version cannot do.</summary>
/// <param name="Uris">The URIs: one, those of a batch, or an empty one for a dataset that a command makes.</param>
/// <param name="Command">The template of the command that makes the dataset; empty when it is copied from its URIs.</param>
internal sealed record SourcePlan(IReadOnlyList<string> Uris, string Command = "")
{
    /// <summary>The plan for a dataset.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <param name="hostName">This machine's name.</param>
    /// <exception cref="FetchFaultException">A fetcher or a scheme is needed that this version does not support, or nothing says where the data come from.</exception>
    public static SourcePlan Of(DatasetDeclaration dataset, string hostName)
    {
        if (dataset.Uris.Count > 0)
        {
            return Copy(dataset.Uris, isBatch: true, hostName);
        }

        // Fetchers of other languages are not run here.
        var step = FetchLadder.Resolve(dataset, canRun: _ => false);
        return step.Rung switch
        {
            FetchRung.Shell => new SourcePlan([dataset.Uri], step.Command),
            FetchRung.Uri => Copy([dataset.Uri], isBatch: false, hostName),
            FetchRung.Error => throw new FetchFaultException(step.Problem!.Rule, step.Problem.Message),
            _ => throw new FetchFaultException(
                DiagnosticRules.NoUsableSource,
                $"Dataset '{dataset.Name}' is made by the fetcher '{step.Fetcher!.Reference}', and fetchers are not run by this version. "
                + "Give it a uri or a shell command instead, or put its data in place with another tool of the format."),
        };
    }

    /// <summary>How each of the URIs is copied.</summary>
    /// <param name="uri">One of <see cref="Uris"/>.</param>
    /// <param name="isMember">Whether it is of a batch, in which an address that ends in <c>.git</c> is a file's like any other.</param>
    /// <param name="hostName">This machine's name.</param>
    /// <exception cref="FetchFaultException">The URI cannot be read, or this version does not support its scheme.</exception>
    public static SourceKind KindOf(string uri, bool isMember, string hostName)
    {
        if (!SourceUri.TryParse(uri, out var parts))
        {
            throw new FetchFaultException(DiagnosticRules.InvalidUri, $"The uri '{SafeUrl.Of(uri)}' cannot be read. Correct it.");
        }

        return parts.Scheme switch
        {
            _ when !isMember && parts.IsRepository => SourceKind.Repository,
            _ when !isMember && StoreRegistry.KindOf(uri, parts.Scheme) is { } store => store == "gdrive" ? SourceKind.Drive : SourceKind.Store,
            "http" or "https" => SourceKind.Web,
            "" => SourceKind.Local,
            "file" when parts.Host is "" or "localhost" => SourceKind.Local,
            "file" or "ssh" when IsThisMachine(parts.Host, hostName) => SourceKind.Local,
            "file" or "ssh" or "sshfs" or "rsync" when !isMember => SourceKind.Remote,
            [_] when OperatingSystem.IsWindows() => SourceKind.Local,
            var scheme => throw new FetchFaultException(
                DiagnosticRules.UnsupportedScheme,
                $"The scheme '{scheme}' of '{SafeUrl.Of(uri)}' is not supported {(isMember ? "in a batch; use http, https or file sources" : "by this version; use an http, https, git, ssh or file source")}."),
        };
    }

    private static bool IsThisMachine(string host, string hostName) =>
        host.Equals(hostName, StringComparison.OrdinalIgnoreCase) || host.Equals(hostName.Split('.')[0], StringComparison.OrdinalIgnoreCase);

    private static SourcePlan Copy(IReadOnlyList<string> uris, bool isBatch, string hostName)
    {
        foreach (var uri in uris)
        {
            KindOf(uri, isBatch, hostName);
        }

        return new SourcePlan(uris);
    }
}
