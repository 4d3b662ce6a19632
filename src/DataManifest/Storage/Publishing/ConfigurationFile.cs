using DataManifest.Diagnostics;
using DataManifest.Toml;

namespace DataManifest.Storage;

/// <summary>
/// One place where the storage configuration is written: the checkout's file, the user's file, or the manifest's <c>_STORAGE</c> (specification, "Scoped
/// configuration"). Changes are the smallest edits of the text, under a lock. The <see cref="StorageConfiguration"/>, a snapshot, does not see them.
/// </summary>
public sealed class ConfigurationFile
{
    private const string Hosts = "_HOST";

    private readonly StorageConfiguration _storage;
    private readonly string[] _table;

    private ConfigurationFile(string path, StorageConfiguration storage, params string[] table) => (Path, _storage, _table) = (path, storage, table);

    /// <summary>The file's full path, there or not.</summary>
    public string Path { get; }

    /// <summary>The checkout's file, for this clone alone.</summary>
    /// <param name="storage">The configuration of the project.</param>
    /// <exception cref="DataManifestException">There is no project.</exception>
    public static ConfigurationFile OfCheckout(StorageConfiguration storage) => storage.CheckoutConfigurationFile.Length > 0
        ? new(storage.CheckoutConfigurationFile, storage)
        : throw new DataManifestException(DiagnosticRules.ManifestMissing, "There is no manifest, so no checkout whose configuration could be changed.", "", "Go to a project's folder, or make a manifest.");

    /// <summary>The user's file, for all projects.</summary>
    /// <param name="storage">Any configuration of this user.</param>
    public static ConfigurationFile OfUser(StorageConfiguration storage) => new(storage.UserConfigurationFile, storage);

    /// <summary>A manifest's <c>_STORAGE</c>, for everybody who uses it.</summary>
    /// <param name="manifest">The manifest.</param>
    /// <param name="storage">The configuration of its project.</param>
    public static ConfigurationFile OfManifest(string manifest, StorageConfiguration storage) => new(System.IO.Path.GetFullPath(manifest), storage, "_STORAGE");

    /// <summary>Sets a field or symbol.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value; see <see cref="StorageField.Parse"/> for values that people have typed.</param>
    /// <param name="hostPattern">The <c>_HOST</c> pattern for whose machines it is; empty for all.</param>
    /// <param name="cancellationToken">Ends the waiting for other writers.</param>
    /// <returns>Whether the file was changed.</returns>
    /// <exception cref="DataManifestException">No field can have the name, or the file cannot be read or written. It is as it was.</exception>
    public Task<bool> SetAsync(string name, TomlValue value, string hostPattern = "", CancellationToken cancellationToken = default)
    {
        StorageField.Check(name);
        return ChangeAsync((_, editor) => editor.Set(TableOf(hostPattern), name, value), cancellationToken);
    }

    /// <summary>Removes a field or symbol, and with the last one of a <c>_HOST</c> pattern the pattern's table.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="hostPattern">The <c>_HOST</c> pattern that it stands under; empty for none.</param>
    /// <param name="cancellationToken">Ends the waiting for other writers.</param>
    /// <returns>Whether it was there.</returns>
    /// <exception cref="DataManifestException">The file cannot be read or written. It is as it was.</exception>
    public Task<bool> UnsetAsync(string name, string hostPattern = "", CancellationToken cancellationToken = default) =>
        File.Exists(Path) ? ChangeAsync((document, editor) => Remove(document.Root, editor, name, hostPattern), cancellationToken) : Task.FromResult(false);

    private void Remove(TomlTable root, TomlEditor editor, string name, string hostPattern)
    {
        var layer = _table.Length == 0 ? root : root[_table[0]] as TomlTable;
        var hosts = layer?[Hosts] as TomlTable;
        var fields = hostPattern.Length == 0 ? layer : hosts?[hostPattern] as TomlTable;
        if (fields?[name] is null)
        {
            return;
        }

        if (hostPattern.Length == 0 || fields.Count > 1)
        {
            editor.Remove(TableOf(hostPattern), name);
        }
        else if (hosts!.Count > 1)
        {
            editor.RemoveTable(TableOf(hostPattern));
        }
        else
        {
            editor.RemoveTable([.. _table, Hosts]);
        }
    }

    private string[] TableOf(string hostPattern) => hostPattern.Length == 0 ? _table : [.. _table, Hosts, hostPattern];

    private async Task<bool> ChangeAsync(Action<TomlDocument, TomlEditor> change, CancellationToken cancellationToken)
    {
        if (_table.Length > 0)
        {
            return await new ManifestFile(Path, _storage).UpdateAsync(change, "", cancellationToken).ConfigureAwait(false);
        }

        try
        {
            var folder = System.IO.Path.GetDirectoryName(Path)!;
            if (System.IO.Path.GetFileName(folder) == PrivateFolder.Name)
            {
                PrivateFolder.Create(folder);
            }
            else
            {
                Directory.CreateDirectory(folder);
            }

            return await TomlFile.UpdateAsync(Path, _storage, Edit, cancellationToken).ConfigureAwait(false);
        }
        catch (TomlException broken)
        {
            throw NotWritable($"line {broken.Position.Line}, column {broken.Position.Column}: {broken.Reason}", "Correct the file, or remove it.", broken);
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException or InvalidOperationException
            || unwritable is DataManifestException { Rule: var rule } && rule == DiagnosticRules.EntryNotWritable)
        {
            throw NotWritable((unwritable as DataManifestException)?.Problem ?? unwritable.Message, "Make the file and its folder writable.", unwritable);
        }

        string Edit(TomlDocument document)
        {
            var editor = new TomlEditor(document);
            change(document, editor);
            return editor.ToText();
        }
    }

    private DataManifestException NotWritable(string reason, string remedy, Exception cause) =>
        new(DiagnosticRules.ConfigurationNotWritable, $"The configuration file '{Path}' cannot be changed: {reason.TrimEnd('.')}.", "", remedy, cause);
}
