using System.Text.RegularExpressions;

namespace DataManifest.Fetching.Commands;

/// <summary>The passwords in a command's own arguments. A program may print them in another form than the address that it was given.</summary>
/// <param name="command">The program and its arguments.</param>
internal sealed partial class CommandSecrets(IEnumerable<string> command)
{
    // What looks like a secret by its name alone, and is shorter, would blot out ordinary words.
    private const int ShortestSecret = 6;

    private readonly string[] _secrets = [.. command.SelectMany(Find).Distinct().OrderByDescending(secret => secret.Length)];

    /// <summary>A text without these passwords, those of any other URLs in it, and control characters.</summary>
    /// <param name="text">A line of output or an argument.</param>
    public string Mask(string text)
    {
        foreach (var secret in _secrets)
        {
            text = text.Replace(secret, "***", StringComparison.Ordinal);
        }

        return SafeUrl.InText(text);
    }

    private static IEnumerable<string> Find(string argument) =>
        from form in UserInfo().Matches(argument).Select(match => match.Groups["secret"].Value).SelectMany(secret => new[] { secret, secret[(secret.IndexOf(':') + 1)..] })
            .Concat(SafeUrl.SecretsIn(argument).Where(secret => secret.Length >= ShortestSecret))
        from written in new[] { form, Uri.UnescapeDataString(form) }
        where written.Length > 0
        select written;

    // With http a user name alone is a token; elsewhere it is public, and only what follows its colon is secret.
    [GeneratedRegex("(?:https?://|//[^/?#@:\\s]*:)(?<secret>[^/?#\\s]+)@", RegexOptions.IgnoreCase)]
    private static partial Regex UserInfo();
}
