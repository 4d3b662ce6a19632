using System.Text;
using DataManifest.Diagnostics;

namespace DataManifest.Bindings;

/// <summary>
/// Splits a command template into words as POSIX shells do: blanks separate, <c>'…'</c> is literal, in <c>"…"</c> a backslash escapes
/// <c>"</c> and <c>\</c>, elsewhere it escapes the next character. Nothing else is special: no pipes, redirections, globs or comments.
/// </summary>
internal static class ShellWords
{
    /// <summary>The words of a template.</summary>
    /// <param name="template">The template as written.</param>
    /// <exception cref="TemplateException">A quotation is not closed, or a backslash is the last character.</exception>
    public static List<ShellWord> Split(string template)
    {
        var words = new List<ShellWord>();
        var parts = new List<ShellWordPart>();
        var plain = new StringBuilder();
        var isWord = false;

        void EndPart()
        {
            if (plain.Length > 0)
            {
                parts.Add(new ShellWordPart(plain.ToString(), IsQuoted: false));
                plain.Clear();
            }
        }

        void EndWord()
        {
            EndPart();
            if (isWord)
            {
                words.Add(new ShellWord([.. parts]));
            }

            parts.Clear();
            isWord = false;
        }

        for (var i = 0; i < template.Length; i++)
        {
            var c = template[i];
            if (c is ' ' or '\t' or '\r' or '\n')
            {
                EndWord();
                continue;
            }

            isWord = true;
            if (c is '\'' or '"')
            {
                EndPart();
                parts.Add(new ShellWordPart(Quoted(template, ref i), IsQuoted: true));
            }
            else if (c != '\\')
            {
                plain.Append(c);
            }
            else if (++i < template.Length)
            {
                plain.Append(template[i]);
            }
            else
            {
                throw new TemplateException(DiagnosticRules.InvalidTemplate, "The command ends with a backslash, which escapes nothing; write two for one.");
            }
        }

        EndWord();
        return words;
    }

    /// <summary>What is between the quote at <paramref name="i"/> and the next one like it, which <paramref name="i"/> is moved to.</summary>
    private static string Quoted(string template, ref int i)
    {
        var (start, quote) = (i, template[i]);
        var text = new StringBuilder();
        for (i++; i < template.Length && template[i] != quote; i++)
        {
            if (quote == '"' && template[i] == '\\' && i + 1 < template.Length && template[i + 1] is '"' or '\\')
            {
                i++;
            }

            text.Append(template[i]);
        }

        return i < template.Length
            ? text.ToString()
            : throw new TemplateException(DiagnosticRules.InvalidTemplate, $"The command has no closing {quote} for the one behind '{template.Substring(0, start)}'.");
    }
}
