using System.Globalization;
using System.Text;

namespace DataManifest.Build;

/// <summary>Escaping of text that MSBuild would otherwise take for lists, wildcards, properties or padding.</summary>
internal static class MSBuildText
{
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
