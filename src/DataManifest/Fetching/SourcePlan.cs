using DataManifest.Bindings;
using DataManifest.Diagnostics;
using DataManifest.Manifest;

namespace DataManifest.Fetching;

/// <summary>Finds out what a dataset can be fetched from, in the order of the specification's ladder, and says clearly what this version cannot do.</summary>
/// <param name="Uris">The URIs: one, those of a batch, or an empty one for a dataset that a command makes.</param>
/// <param name="Command">The template of the command that makes the dataset; empty when it is copied from its URIs.</param>
internal sealed record SourcePlan(IReadOnlyList<string> Uris, string Command = "")
{
    /// <summary>The plan for a dataset.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <exception cref="FetchFaultException">A fetcher or a scheme is needed that this version does not support, or nothing says where the data come from.</exception>
    public static SourcePlan Of(DatasetDeclaration dataset)
    {
        if (dataset.Uris.Count > 0)
        {
            return new SourcePlan(Supported(dataset.Uris));
        }

        // Fetchers of other languages are not run here.
        var step = FetchLadder.Resolve(dataset, canRun: _ => false);
        return step.Rung switch
        {
            FetchRung.Shell => new SourcePlan([dataset.Uri], step.Command),
            FetchRung.Uri => new SourcePlan(Supported([dataset.Uri])),
            FetchRung.Error => throw new FetchFaultException(step.Problem!.Rule, step.Problem.Message),
            _ => throw new FetchFaultException(
                DiagnosticRules.NoUsableSource,
                $"Dataset '{dataset.Name}' is made by the fetcher '{step.Fetcher!.Reference}', and fetchers are not run by this version. "
                + "Give it a uri or a shell command instead, or put its data in place with another tool of the format."),
        };
    }

    /// <summary>Whether a URI names a local file or folder.</summary>
    /// <param name="uri">The URI.</param>
    public static bool IsLocal(string uri) => SchemeOf(uri) is "file" or "";

    private static IReadOnlyList<string> Supported(IReadOnlyList<string> uris)
    {
        foreach (var uri in uris)
        {
            var scheme = SchemeOf(uri);
            if (scheme is not ("http" or "https" or "file" or ""))
            {
                throw new FetchFaultException(
                    DiagnosticRules.UnsupportedScheme,
                    $"The scheme '{scheme}' of '{SafeUrl.Of(uri)}' is not supported by this version. Use an http, https or file source.");
            }

            if (scheme == "https" && SourceUri.TryParse(uri, out var parts) && parts.Path.EndsWith(".git", StringComparison.Ordinal) && uris.Count == 1)
            {
                throw new FetchFaultException(
                    DiagnosticRules.UnsupportedScheme,
                    $"'{SafeUrl.Of(uri)}' is a git repository, which is not supported by this version. Use the http address of an archive of it.");
            }
        }

        return uris;
    }

    private static string SchemeOf(string uri)
    {
        if (!SourceUri.TryParse(uri, out var parts))
        {
            throw new FetchFaultException(DiagnosticRules.InvalidUri, $"The uri '{SafeUrl.Of(uri)}' cannot be read. Correct it.");
        }

        return OperatingSystem.IsWindows() && parts.Scheme.Length == 1 ? "" : parts.Scheme;
    }
}
