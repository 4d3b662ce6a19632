using System.Text.RegularExpressions;

namespace DataManifest.Fetching;

/// <summary>Writes URLs into messages: without user name and password, and without the values of query parameters that look like secrets.</summary>
internal static partial class SafeUrl
{
    /// <summary>The URL as it may be shown.</summary>
    /// <param name="url">A URL or what is meant to be one.</param>
    public static string Of(string url)
    {
        if (url.AsSpan().IndexOfAny("@?&;#") < 0)
        {
            return url; // The usual one, which has room for neither.
        }

        // Where the user info of a text that is no URL ends is anybody's guess: a password may hold any character.
        var userInfo = Uri.TryCreate(url.Trim(), UriKind.Absolute, out _) ? UserInfo() : AnyUserInfo();
        return SecretParameter().Replace(userInfo.Replace(url, "//"), "$1***");
    }

    /// <summary>The URL as it may be shown.</summary>
    /// <param name="url">An absolute URL.</param>
    public static string Of(Uri url) => Of(url.AbsoluteUri);

    /// <summary>A text in which URLs may stand, as it may be shown: on one line.</summary>
    /// <param name="text">The text.</param>
    public static string InText(string text) => string.Join(' ', string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)).Split(' ').Select(Of));

    /// <summary>The values of query parameters that look like secrets.</summary>
    /// <param name="text">A text in which URLs may stand.</param>
    public static IEnumerable<string> SecretsIn(string text) => SecretParameter().Matches(text).Select(match => match.Value[match.Groups[1].Length..]);

    [GeneratedRegex("//[^/?#]*@")]
    private static partial Regex UserInfo();

    [GeneratedRegex("//.*@", RegexOptions.Singleline)]
    private static partial Regex AnyUserInfo();

    [GeneratedRegex("([?&;#][^=&;#]*(?:token|key|sig|secret|passw|pwd|auth|cred|session|policy|jwt|code)[^=&;#]*=)[^&;#]*", RegexOptions.IgnoreCase)]
    private static partial Regex SecretParameter();
}
