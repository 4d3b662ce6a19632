using System.Globalization;
using System.Text;

namespace DataManifest.Build;

/// <summary>Escaping of text that MSBuild would otherwise take for lists, wildcards, properties or padding.</summary>
internal static class MSBuildText
{
    /// <summary>A path in a file that property functions read back as a list: escaped twice, because splitting takes one level off.</summary>
    /// <param name="path">The path.</param>
    public static string Recorded(string path) => Escape(Escape(path)) + ";";

    /// <summary>Writes every character that MSBuild could read a meaning into as <c>%xx</c>.</summary>
    /// <param name="text">Any text.</param>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            if (character >= 128 || char.IsAsciiLetterOrDigit(character) || character is '/' or '.' or '-' or '_')
            {
                escaped.Append(character);
            }
            else
            {
                escaped.Append(CultureInfo.InvariantCulture, $"%{(int)character:x2}");
            }
        }

        return escaped.ToString();
    }
}
