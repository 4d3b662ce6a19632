using System.Text.RegularExpressions;

namespace DataManifest.Packages;

/// <summary>A page of the documentation, whose blocks are taken out of it so that they can be tried.</summary>
/// <param name="path">The page, relative to the repository.</param>
internal sealed partial class MarkdownPage(string path)
{
    /// <summary>The whole page.</summary>
    public string Text { get; } = File.ReadAllText(Path.Combine(PackageFeed.RepositoryRoot, path)).ReplaceLineEndings("\n");

    /// <summary>The fenced block after the comment that names it.</summary>
    /// <param name="name">The comment's word.</param>
    public string Marked(string name)
    {
        var mark = $"<!-- {name} -->\n";
        var start = Text.IndexOf(mark, StringComparison.Ordinal);
        Assert.IsGreaterThanOrEqualTo(0, start, $"{path} has no {mark}");
        var fence = Fences().Match(Text, start + mark.Length);
        Assert.AreEqual(start + mark.Length, fence.Index, $"No block follows {mark}");
        return fence.Groups["text"].Value;
    }

    /// <summary>The fenced blocks of a language, in order.</summary>
    /// <param name="language">The word after the fence.</param>
    public IEnumerable<string> Blocks(string language) =>
        Fences().Matches(Text).Where(fence => fence.Groups["language"].Value == language).Select(fence => fence.Groups["text"].Value);

    [GeneratedRegex("^```(?<language>[a-z]+)\n(?<text>.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fences();
}
