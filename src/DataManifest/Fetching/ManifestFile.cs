using DataManifest.Diagnostics;
using DataManifest.Manifest;
using DataManifest.Storage;
using DataManifest.Text;
using DataManifest.Toml;

namespace DataManifest.Fetching;

/// <summary>Changes a manifest file: read, change and replace under a lock, so that two writers never lose each other's changes.</summary>
internal static class ManifestFile
{
    /// <summary>Writes pins for datasets that still need them.</summary>
    /// <param name="manifest">The manifest as it was when its data were fetched; a link at its path is followed.</param>
    /// <param name="storage">The staleness age of locks and this machine's name.</param>
    /// <param name="pins">What to write.</param>
    /// <param name="cancellationToken">Ends the waiting for the lock; once it is held, the change is made wholly.</param>
    /// <returns>What was written.</returns>
    /// <exception cref="DataManifestException">The file cannot be read, changed or written.</exception>
    public static async Task<IReadOnlyList<Pin>> PinAsync(
        ManifestDocument manifest, StorageConfiguration storage, IReadOnlyList<Pin> pins, CancellationToken cancellationToken)
    {
        var path = manifest.Path;
        try
        {
            var file = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? Path.GetFullPath(path);
            var held = await EntryLock.AcquireAsync(file + ".lock", storage, null, cancellationToken).ConfigureAwait(false);
            await using var _ = held.ConfigureAwait(false);
            var document = TomlDocument.Parse(TomlText.Decode(await File.ReadAllBytesAsync(file, cancellationToken).ConfigureAwait(false)));
            var editor = new TomlEditor(document);
            var written = pins.Select(pin => Set(editor, document.Root, pin, manifest.Get(pin.Dataset)!)).OfType<Pin>().ToList();
            if (written.Count > 0)
            {
                AtomicFile.Replace(file, TomlText.Encode(editor.ToText()));
            }

            return written;
        }
        catch (TomlException broken)
        {
            throw new ManifestException(path, new ManifestDiagnostic(DiagnosticRules.InvalidToml, broken.Reason, broken.Span, broken.Position, broken.Position));
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            throw new DataManifestException(
                DiagnosticRules.ManifestNotWritable, $"The checksums cannot be written into '{path}': {unwritable.Message}", "",
                $"Write them yourself: {string.Join("; ", pins.Where(pin => pin.Checksum.Length > 0).Select(pin => $"{pin.Dataset}: checksum = \"{pin.Checksum}\""))}", unwritable);
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
