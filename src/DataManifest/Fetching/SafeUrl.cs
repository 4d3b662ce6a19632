using System.Text.RegularExpressions;

namespace DataManifest.Fetching;

/// <summary>Writes URLs into messages: without user name and password, and without the values of query parameters that look like secrets.</summary>
internal static partial class SafeUrl
{
    /// <summary>The URL as it may be shown.</summary>
    /// <param name="url">A URL or what is meant to be one.</param>
    public static string Of(string url) => SecretParameter().Replace(UserInfo().Replace(url, "//"), "$1***");

    /// <summary>The URL as it may be shown.</summary>
    /// <param name="url">An absolute URL.</param>
    public static string Of(Uri url) => Of(url.AbsoluteUri);

    [GeneratedRegex("//[^/?#]*@")]
    private static partial Regex UserInfo();

    [GeneratedRegex("([?&;#][^=&;#]*(?:token|key|sig|secret|passw|pwd|auth|cred|session|policy|jwt|code)[^=&;#]*=)[^&;#]*", RegexOptions.IgnoreCase)]
    private static partial Regex SecretParameter();
}
