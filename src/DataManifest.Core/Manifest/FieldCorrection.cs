using DataManifest.Text;
using DataManifest.Toml;

namespace DataManifest.Manifest;

/// <summary>The change that turns a misspelt key into the one that was meant.</summary>
internal static class FieldCorrection
{
    /// <summary>The change; null when the key that was meant is there already, or stands for a whole table, which may be written in several places.</summary>
    /// <param name="table">The table that the key is in.</param>
    /// <param name="entry">The key as written.</param>
    /// <param name="meant">The key that was meant.</param>
    public static TextEdit? Of(TomlTable table, TomlEntry entry, string meant) =>
        entry.Value is TomlTable || table[meant] is not null ? null : new TextEdit(entry.KeySpan, TomlFormat.Key(meant));

    /// <summary>The change of a digest's key that names the algorithm, <c>md5 = "…"</c>, to <c>checksum</c>; the value gets the algorithm in front.</summary>
    /// <param name="table">The table that the key is in.</param>
    /// <param name="entry">The key as written.</param>
    /// <param name="text">The manifest's text.</param>
    public static TextEdit? OfDigest(TomlTable table, TomlEntry entry, string text)
    {
        if (Of(table, entry, "checksum") is null || entry.Value is not TomlString { Value: { Length: > 0 } digest })
        {
            return null;
        }

        var between = TextSpan.FromBounds(entry.KeySpan.End, entry.Value.Span.Start).Of(text);
        var value = digest.IndexOf(':') >= 0 ? digest : $"{entry.Key.ToLowerInvariant()}:{digest}";
        return new TextEdit(TextSpan.FromBounds(entry.KeySpan.Start, entry.Value.Span.End), "checksum" + between + TomlFormat.BasicString(value));
    }
}
