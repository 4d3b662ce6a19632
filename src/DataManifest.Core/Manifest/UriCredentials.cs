using System.Text.RegularExpressions;

namespace DataManifest.Manifest;

/// <summary>
/// Finds and removes what gives access in a URI: passwords, user names of the schemes whose user names are tokens, and query parameters that are signatures
/// or tokens. Neither the host nor what makes the key (path, <c>version</c>, <c>ref</c>, <c>format</c>) changes by removing them.
/// </summary>
public static class UriCredentials
{
    // Programs log in with the user name that ssh addresses have, so there it is the password alone that is secret.
    private static readonly Lazy<Regex> UserInfo = new(() => new(
        @"^(?<scheme>\s*(?:https?|ftps?)://)[^/?#]*@|^(?<scheme>\s*[a-z][a-z0-9+.-]*://[^/?#:@]*):[^/?#]*(?=@)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant));

    private static readonly Lazy<Regex> Parameter = new(() => new(
        "(?<=[?&])(?:sig|signature|token|access_token|auth_token|private_token|private-token|api_key|apikey|api-key|password|passwd|secret|client_secret"
        + "|awsaccesskeyid|x-(?:amz|goog)-(?:signature|credential|security-token))=[^&#]+&?",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant));

    /// <summary>Whether a URI has any credential in it.</summary>
    /// <param name="uri">The URI, as written.</param>
    public static bool IsIn(string uri) => MayHaveAny(uri) && Remove(uri) != uri;

    /// <summary>The URI without its credentials; the same text when it has none.</summary>
    /// <param name="uri">The URI, as written.</param>
    public static string Remove(string uri)
    {
        var result = UserInfo.Value.Replace(uri, "${scheme}");
        var query = result.IndexOf('?');
        if (query < 0 || !Parameter.Value.IsMatch(result))
        {
            return result;
        }

        var fragment = result.IndexOf('#', query);
        var end = fragment < 0 ? result.Length : fragment;
        return result.Substring(0, query) + Parameter.Value.Replace(result.Substring(query, end - query), "").TrimEnd('?', '&') + result.Substring(end);
    }

    // Every program that opens a manifest comes here for each dataset, and most would load the regular expressions for this alone.
    private static bool MayHaveAny(string uri) => uri.IndexOf('@') >= 0 || uri.IndexOf('?') >= 0;
}
