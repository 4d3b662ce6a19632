using System.Text.RegularExpressions;

namespace DataManifest.Packages;

/// <summary>What README.md shows, taken out of it so that it can be tried.</summary>
internal static partial class Readme
{
    private static readonly MarkdownPage Readable = new("README.md");

    /// <summary>The whole page.</summary>
    public static string Page => Readable.Text;

    /// <summary>The fenced block after the comment that names it.</summary>
    /// <param name="name">The comment's word.</param>
    /// <param name="file">The page, below the repository's folder.</param>
    public static string Marked(string name, string file = "README.md") => (file == "README.md" ? Readable : new MarkdownPage(file)).Marked(name);

    /// <summary>The first fenced block of a language that contains a text.</summary>
    /// <param name="language">The word after the fence.</param>
    /// <param name="text">The text.</param>
    public static string Fenced(string language, string text) => Readable.Blocks(language).First(block => block.Contains(text, StringComparison.Ordinal));

    /// <summary>The first cells, without their backticks, of the table whose heading begins with a word.</summary>
    /// <param name="heading">The word.</param>
    public static IReadOnlyList<string> Table(string heading)
    {
        var lines = Page.Split('\n').SkipWhile(line => !line.StartsWith($"| {heading} ", StringComparison.Ordinal)).TakeWhile(line => line.StartsWith('|')).Skip(2);
        return [.. lines.Select(line => line.Split('|')[1].Trim().Trim('`'))];
    }

    /// <summary>The arguments of a command line that begins with <c>dotnet</c>.</summary>
    /// <param name="line">The line.</param>
    public static IReadOnlyList<string> Arguments(string line)
    {
        var words = line.Trim().Split(' ');
        Assert.AreEqual("dotnet", words[0]);
        return words[1..];
    }

    /// <summary>A pattern of what a command printed as the page shows it: hosts, folders, durations and what <c>…</c> leaves out may differ.</summary>
    /// <param name="line">The line.</param>
    /// <param name="host">The host that stands for the page's one.</param>
    public static string Pattern(string line, string host)
    {
        var pattern = Regex.Escape(line.Trim()).Replace("…", ".*", StringComparison.Ordinal).Replace(Regex.Escape("example.org"), Regex.Escape(host), StringComparison.Ordinal);
        return Seconds().Replace(pattern, @"in\ \d+\.\d\ s");
    }

    [GeneratedRegex(@"in\\ \d+\\\.\d\\ s")]
    private static partial Regex Seconds();
}
