using DataManifest.Diagnostics;

namespace DataManifest.Bindings;

/// <summary>
/// Makes a program and its arguments of a command template (specification, "shell fetcher"). The template is split before its variables are
/// replaced, so what is put in never changes how the command is read: a path with blanks or quotes stays one word.
/// </summary>
public static class ShellTemplate
{
    /// <summary>The program and its arguments, to be started directly: there is no shell between.</summary>
    /// <param name="template">The dataset's <c>shell</c> field.</param>
    /// <param name="variables">What the variables stand for.</param>
    /// <exception cref="TemplateException">The template is not well-formed, names no program, or needs a project root where there is none.</exception>
    public static IReadOnlyList<string> Expand(string template, TemplateVariables variables)
    {
        var words = ShellWords.Split(template).SelectMany(word => Fill(word, variables)).ToList();
        return words.Count > 0 && words[0].Length > 0
            ? words
            : throw new TemplateException(DiagnosticRules.InvalidTemplate, "The command names no program.");
    }

    /// <summary>The words of a text, split as a template is; nothing in them is replaced.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="TemplateException">A quotation is not closed, or a backslash is the last character.</exception>
    public static IReadOnlyList<string> Words(string text) => [.. ShellWords.Split(text).Select(word => string.Concat(word.Parts.Select(part => part.Text)))];

    /// <summary>What is wrong with a template, whatever its variables stand for; null when nothing is.</summary>
    /// <param name="template">The dataset's <c>shell</c> field.</param>
    internal static string? Problem(string template)
    {
        try
        {
            return ShellWords.Split(template).Count > 0 ? null : "The command names no program.";
        }
        catch (TemplateException e)
        {
            return e.Message;
        }
    }

    /// <summary>
    /// The words that one word of the template becomes: several where <c>$requires_paths</c> stands outside quotes, none when nothing is left of a word without quotes.
    /// </summary>
    private static List<string> Fill(ShellWord word, TemplateVariables variables)
    {
        List<string> words = [""];
        foreach (var part in word.Parts)
        {
            var done = 0;
            for (var at = ListAt(part, done, variables); at >= 0; at = ListAt(part, done, variables))
            {
                words[words.Count - 1] += variables.Substitute(part.Text.Substring(done, at - done));
                done = at + 1 + TemplateVariables.RequiresPaths.Length;
                if (variables.RequiredPaths.Count > 0)
                {
                    words[words.Count - 1] += variables.RequiredPaths[0];
                    words.AddRange(variables.RequiredPaths.Skip(1));
                }
            }

            words[words.Count - 1] += variables.Substitute(part.Text.Substring(done));
        }

        return words.Count == 1 && words[0].Length == 0 && !word.IsQuoted ? [] : words;
    }

    /// <summary>Where the next <c>$requires_paths</c> of an unquoted part begins; -1 when there is none.</summary>
    private static int ListAt(ShellWordPart part, int start, TemplateVariables variables)
    {
        if (part.IsQuoted)
        {
            return -1;
        }

        var at = part.Text.IndexOf('$', start);
        while (at >= 0 && variables.NameAt(part.Text, at + 1) != TemplateVariables.RequiresPaths)
        {
            at = part.Text.IndexOf('$', at + 1);
        }

        return at;
    }
}
