using System.Text.RegularExpressions;

namespace DataManifest.Schemas;

/// <summary>The page that explains the format.</summary>
internal static partial class FormatPage
{
    /// <summary>The page.</summary>
    public static string Text { get; } = File.ReadAllText(Path.Combine(RepositoryFiles.Root, "docs", "format.md")).ReplaceLineEndings("\n");

    /// <summary>Its annotated example, the first TOML block.</summary>
    public static string Example => Block().Match(Text).Groups[1].Value;

    [GeneratedRegex(@"```toml\n(.+?)\n```", RegexOptions.Singleline)]
    private static partial Regex Block();
}
