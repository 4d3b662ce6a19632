using DataManifest.Diagnostics;
using DataManifest.Manifest;
using DataManifest.Toml;

namespace DataManifest.Fetching;

/// <summary>Finds out what a dataset can be fetched from, in the order of the specification's ladder, and says clearly what this version cannot do.</summary>
internal static class SourcePlan
{
    /// <summary>The URIs of a dataset: one, or those of a batch.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <exception cref="FetchFaultException">A fetcher, a shell command or a scheme is needed that this version does not support.</exception>
    public static IReadOnlyList<string> Uris(DatasetDeclaration dataset)
    {
        if (dataset.Uris.Count > 0)
        {
            return Supported(dataset.Uris);
        }

        if (dataset.Languages?["csharp"] is TomlTable own && own["fetcher"] is not null)
        {
            throw Unusable("is made by a C# fetcher (_LANG.csharp.fetcher)", "fetchers are not run by this version");
        }

        if (dataset.Shell.Length > 0)
        {
            throw Unusable("is made by a shell command", "shell commands are not run by this version");
        }

        if (dataset.Uri.Length > 0)
        {
            return Supported([dataset.Uri]);
        }

        throw dataset.Fetcher is not null || dataset.Languages is not null
            ? Unusable("is made by a fetcher", "fetchers are not run by this version")
            : Unusable("has no source", "it declares neither uri nor uris");

        FetchFaultException Unusable(string what, string why) => new(
            DiagnosticRules.NoUsableSource,
            $"Dataset '{dataset.Name}' {what}, and {why}. Give it a uri, or put its data in place with another tool of the format.");
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
