using DataManifest.Diagnostics;
using DataManifest.Manifest;
using DataManifest.Storage;
using DataManifest.Toml;

namespace DataManifest.Fetching;

/// <summary>Writes pins into a manifest file.</summary>
internal static class ManifestPins
{
    /// <summary>Writes pins for datasets that still need them.</summary>
    /// <param name="manifest">The manifest as it was when its data were fetched; a link at its path is followed.</param>
    /// <param name="storage">The staleness age of locks, this machine's name, and whether the canonical form is wanted.</param>
    /// <param name="pins">What to write.</param>
    /// <param name="cancellationToken">Ends the waiting for the lock; once it is held, the change is made wholly.</param>
    /// <returns>What was written.</returns>
    /// <exception cref="DataManifestException">The file cannot be read, changed or written.</exception>
    public static async Task<IReadOnlyList<Pin>> WriteAsync(
        ManifestDocument manifest, StorageConfiguration storage, IReadOnlyList<Pin> pins, CancellationToken cancellationToken)
    {
        List<Pin> written = [];
        try
        {
            await new ManifestFile(manifest.Path, storage).UpdateAsync(
                (document, editor) => written.AddRange(pins.Select(pin => Set(editor, document.Root, pin, manifest.Get(pin.Dataset)!)).OfType<Pin>()), "", cancellationToken).ConfigureAwait(false);
            return written;
        }
        catch (DataManifestException unwritable) when (unwritable.Rule == DiagnosticRules.ManifestNotWritable)
        {
            throw new DataManifestException(
                unwritable.Rule, $"The checksums cannot be written. {unwritable.Problem}", "",
                $"Write them yourself: {string.Join("; ", pins.Where(pin => pin.Checksum.Length > 0).Select(pin => $"{pin.Dataset}: checksum = \"{pin.Checksum}\""))}", unwritable.InnerException);
        }
    }

    /// <summary>Queues a pin unless the dataset is gone, or somebody pinned it or changed what it is made of meanwhile.</summary>
    private static Pin? Set(TomlEditor editor, TomlTable root, Pin pin, DatasetDeclaration then)
    {
        if (root[pin.Dataset] is not TomlTable table)
        {
            return null;
        }

        var now = DatasetDeclaration.Read(pin.Dataset, table);
        if (now.Uri != then.Uri || !now.Uris.SequenceEqual(then.Uris) || now.Key != then.Key || now.Extract != then.Extract)
        {
            return null;
        }

        var done = pin with { Checksum = now.Checksum.Length == 0 ? pin.Checksum : "", Key = now.IsKeyFromName ? pin.Key : "" };
        if (done.Key.Length > 0)
        {
            editor.Set([pin.Dataset], "key", new TomlString(done.Key));
        }

        if (done.Checksum.Length > 0)
        {
            editor.Set([pin.Dataset], "checksum", new TomlString(done.Checksum));
        }

        return done.Key.Length + done.Checksum.Length > 0 ? done : null;
    }
}
