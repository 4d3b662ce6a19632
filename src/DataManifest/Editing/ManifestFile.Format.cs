using DataManifest.Diagnostics;
using DataManifest.Storage;
using DataManifest.Text;
using DataManifest.Toml;

namespace DataManifest;

public sealed partial class ManifestFile
{
    /// <summary>Gives the canonical form of a manifest, or of any other TOML text (specification, "Canonical form").</summary>
    /// <param name="content">The text's bytes, UTF-8.</param>
    /// <param name="path">Where they come from, for messages.</param>
    /// <exception cref="ManifestException">The text is not UTF-8 or not TOML.</exception>
    public static CanonicalManifest Format(byte[] content, string path)
    {
        try
        {
            return Format(TomlDocument.Parse(TomlText.Decode(content)));
        }
        catch (TomlException broken)
        {
            throw Unreadable(path, broken);
        }
    }

    /// <summary>Writes the file in its canonical form. Comments and layout go; nothing is written when it has that form.</summary>
    /// <param name="cancellationToken">Ends the waiting for other writers.</param>
    /// <exception cref="DataManifestException">The file cannot be read or written. It is as it was.</exception>
    public async Task<CanonicalManifest> FormatAsync(CancellationToken cancellationToken = default)
    {
        CanonicalManifest? formatted = null;
        await RewriteAsync(document => (formatted = Format(document)).Text, "", cancellationToken).ConfigureAwait(false);
        return formatted!;
    }

    private static CanonicalManifest Format(TomlDocument document)
    {
        var text = TomlWriter.ToCanonical(document.Root);
        return new CanonicalManifest(text, text != document.Text, HostsTurn(document.Root, text) ? Turned(document) : null);

        static ManifestDiagnostic Turned(TomlDocument document)
        {
            var hosts = ((TomlTable)document.Root["_STORAGE"]!)["_HOST"]!;
            var lines = new LineMap(document.Text);
            return new ManifestDiagnostic(
                DiagnosticRules.HostsTurned,
                "The host patterns in '_STORAGE._HOST' have another order in the canonical form, and the first that fits counts. Where two of them fit one machine, write them so that only one does.",
                hosts.Span, lines.GetPosition(hosts.Span.Start), lines.GetPosition(hosts.Span.End));
        }
    }

    /// <summary>The canonical form; the text itself where sorting changes its meaning.</summary>
    private static string CanonicalUnlessHostsTurn(string text)
    {
        var root = TomlDocument.Parse(text).Root;
        var canonical = TomlWriter.ToCanonical(root);
        return HostsTurn(root, canonical) ? text : canonical;
    }

    /// <summary>Whether the patterns in <c>_STORAGE._HOST</c>, of which the first that fits counts, have another order: <c>*</c> would come first.</summary>
    private static bool HostsTurn(TomlTable root, string canonical)
    {
        return !HostPatterns(TomlDocument.Parse(canonical).Root).SequenceEqual(HostPatterns(root));

        static IEnumerable<string> HostPatterns(TomlTable root) => ((root["_STORAGE"] as TomlTable)?["_HOST"] as TomlTable ?? []).Select(pattern => pattern.Key);
    }

    private static ManifestException Unreadable(string path, TomlException broken) => new(
        path, new ManifestDiagnostic(DiagnosticRules.InvalidToml, broken.Reason, broken.Span, broken.Position, broken.Position));
}
