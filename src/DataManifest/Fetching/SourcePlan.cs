using DataManifest.Bindings;
using DataManifest.Diagnostics;
using DataManifest.Manifest;
using DataManifest.ObjectStores;

namespace DataManifest.Fetching;

/// <summary>What a dataset is made of on the rung of the ladder that it is on.</summary>
/// <param name="Step">The rung.</param>
/// <param name="Uris">The URIs: one, those of a batch, or an empty one for a dataset that a command or a function makes.</param>
/// <param name="IsBatch">Whether each URI is a file of the dataset's folder.</param>
internal sealed record SourcePlan(FetchStep Step, IReadOnlyList<string> Uris, bool IsBatch)
{
    /// <summary>Whether the data are copied from their URIs, and not made by a command or a function.</summary>
    public bool IsCopy => Step.Rung == FetchRung.Uri;

    /// <summary>The plan for a dataset.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <param name="step">How it is fetched.</param>
    /// <param name="hostName">This machine's name.</param>
    /// <exception cref="FetchFaultException">A scheme is needed that this version does not support.</exception>
    public static SourcePlan Of(DatasetDeclaration dataset, FetchStep step, string hostName)
    {
        var isBatch = step.Rung == FetchRung.Uri && dataset.Uris.Count > 0;
        var plan = new SourcePlan(step, isBatch ? dataset.Uris : [dataset.Uri], isBatch);
        foreach (var uri in plan.IsCopy ? plan.Uris : [])
        {
            KindOf(uri, isBatch, hostName);
        }

        return plan;
    }

    /// <summary>How each of the URIs is copied.</summary>
    /// <param name="uri">One of <see cref="Uris"/>.</param>
    /// <param name="isMember">Whether it is of a batch, in which an address that ends in <c>.git</c> is a file's like any other.</param>
    /// <param name="hostName">This machine's name.</param>
    /// <exception cref="FetchFaultException">The URI cannot be read, or this version does not support its scheme.</exception>
    public static SourceKind KindOf(string uri, bool isMember, string hostName) => KindOf(uri, Parse(uri), isMember, hostName);

    /// <summary>The parts of a URI.</summary>
    /// <param name="uri">One of <see cref="Uris"/>.</param>
    /// <exception cref="FetchFaultException">It cannot be read.</exception>
    public static SourceUri Parse(string uri) => SourceUri.TryParse(uri, out var parts)
        ? parts
        : throw new FetchFaultException(DiagnosticRules.InvalidUri, $"The uri '{SafeUrl.Of(uri)}' cannot be read. Correct it.");

    /// <summary>How a URI is copied whose parts are known.</summary>
    /// <param name="uri">One of <see cref="Uris"/>.</param>
    /// <param name="parts">Its parts.</param>
    /// <param name="isMember">Whether it is of a batch.</param>
    /// <param name="hostName">This machine's name.</param>
    /// <exception cref="FetchFaultException">This version does not support its scheme.</exception>
    public static SourceKind KindOf(string uri, SourceUri parts, bool isMember, string hostName) =>
        parts.Scheme switch
        {
            _ when !isMember && parts.IsRepository => SourceKind.Repository,
            _ when !isMember && StoreRegistry.KindOf(uri, parts.Scheme) is { } store => store == "gdrive" ? SourceKind.Drive : SourceKind.Store,
            "http" or "https" => SourceKind.Web,
            "" => SourceKind.Local,
            "file" when parts.Host is "" or "localhost" => SourceKind.Local,
            "file" or "ssh" or "sshfs" when IsThisMachine(parts.Host, hostName) => SourceKind.Local,
            "file" or "ssh" or "sshfs" or "rsync" when !isMember => SourceKind.Remote,
            [_] when OperatingSystem.IsWindows() => SourceKind.Local,
            var scheme => throw new FetchFaultException(
                DiagnosticRules.UnsupportedScheme,
                $"The scheme '{scheme}' of '{SafeUrl.Of(uri)}' is not supported {(isMember ? "in a batch; use http, https or file sources" : "by this version; use an http, https, git, ssh, rsync, file, s3, gs, az, abfs or gdrive source")}."),
        };

    private static bool IsThisMachine(string host, string hostName) =>
        host.Equals(hostName, StringComparison.OrdinalIgnoreCase) || host.Equals(hostName.Split('.')[0], StringComparison.OrdinalIgnoreCase);
}
