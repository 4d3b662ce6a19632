using DataManifest.Diagnostics;
using DataManifest.Manifest;
using DataManifest.Storage;
using DataManifest.Text;
using DataManifest.Toml;

namespace DataManifest;

/// <summary>
/// Changes a manifest file by the smallest edit: comments, layout, line ends, unknown fields and tables, permissions and a link at its path stay. Each change
/// reads the file anew under a lock, so that two writers never lose each other's changes, and replaces it in one step. Nothing is written when nothing changes.
/// Where the configuration says <c>canonical = true</c>, a change writes the whole file in the canonical form instead (specification, "Canonical form"), unless its
/// sorting would change which of the manifest's host patterns counts.
/// </summary>
/// <param name="path">The manifest.</param>
/// <param name="storage">The configuration: whether the canonical form is wanted, and the age of stale locks.</param>
public sealed partial class ManifestFile(string path, StorageConfiguration storage)
{
    /// <summary>Adds a dataset.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="fields">Its fields; tables in it become tables of their own.</param>
    /// <param name="replace">Whether it may take the place of a dataset of that name, whose other fields go.</param>
    /// <param name="cancellationToken">Ends the waiting for other writers.</param>
    /// <returns>Whether the file was changed.</returns>
    /// <exception cref="DataManifestException">The name is taken, the fields are no sound dataset, or the file cannot be read or written. It is as it was.</exception>
    public Task<bool> AddAsync(string name, TomlTable fields, bool replace = false, CancellationToken cancellationToken = default) => UpdateAsync(
        (document, editor) =>
        {
            if (name.Length == 0 || name[0] == '_' || document.Root[name] is { } taken && (!replace || taken is not TomlTable))
            {
                throw new DataManifestException(
                    DiagnosticRules.NameTaken,
                    name.Length == 0 || name[0] == '_' ? $"'{name}' cannot be the name of a dataset." : $"The manifest '{path}' has a dataset '{name}' already.",
                    name,
                    "Choose another name, or replace the dataset.");
            }

            Put(document, editor, name, fields);
        },
        name,
        cancellationToken);

    /// <summary>Sets or removes one field of a dataset.</summary>
    /// <param name="name">The dataset's exact name.</param>
    /// <param name="field">The field.</param>
    /// <param name="value">Its value; null to remove it.</param>
    /// <param name="cancellationToken">Ends the waiting for other writers.</param>
    /// <returns>Whether the file was changed.</returns>
    /// <exception cref="DataManifestException">There is no such dataset, it would not be sound any more, or the file cannot be read or written. It is as it was.</exception>
    public Task<bool> SetFieldAsync(string name, string field, TomlValue? value, CancellationToken cancellationToken = default) => UpdateAsync(
        (document, editor) =>
        {
            var table = Find(document, name);
            if (value is null)
            {
                editor.Remove([name], field);
            }
            else if (!AreEqual(table[field], value))
            {
                editor.Set([name], field, value);
            }
        },
        name,
        cancellationToken);

    /// <summary>Removes a dataset with the comment lines directly above it. Its data stay.</summary>
    /// <param name="name">The dataset's exact name.</param>
    /// <param name="cancellationToken">Ends the waiting for other writers.</param>
    /// <exception cref="DataManifestException">There is no such dataset, or the file cannot be read or written. It is as it was.</exception>
    public Task RemoveAsync(string name, CancellationToken cancellationToken = default) => UpdateAsync(
        (document, editor) =>
        {
            Find(document, name);
            editor.RemoveTable([name]);
        },
        "",
        cancellationToken);

    /// <summary>Queues the edits that give a dataset exactly these fields, whatever it has now.</summary>
    /// <param name="document">The manifest as it is.</param>
    /// <param name="editor">Where the edits are queued.</param>
    /// <param name="name">The dataset's exact name; it need not exist.</param>
    /// <param name="fields">Its fields; tables in it become tables of their own.</param>
    internal static void Put(TomlDocument document, TomlEditor editor, string name, TomlTable fields) =>
        Merge(editor, [name], document.Root[name] as TomlTable ?? [], fields);

    /// <summary>Makes a change.</summary>
    /// <param name="change">Queues the edits; given the document as it is now.</param>
    /// <param name="name">The dataset that must have no error afterwards; empty for none.</param>
    /// <param name="cancellationToken">Ends the waiting for the lock; once it is held, the change is made wholly.</param>
    /// <returns>Whether the file was changed.</returns>
    /// <exception cref="DataManifestException">The file cannot be read, changed or written.</exception>
    internal Task<bool> UpdateAsync(Action<TomlDocument, TomlEditor> change, string name, CancellationToken cancellationToken) => RewriteAsync(
        document =>
        {
            var editor = new TomlEditor(document);
            change(document, editor);
            var text = editor.ToText();
            return storage.Canonical && text != document.Text ? CanonicalUnlessHostsTurn(text) : text;
        },
        name,
        cancellationToken);

    private Task<bool> RewriteAsync(Func<TomlDocument, string> change, string name, CancellationToken cancellationToken) => GuardAsync(
        () => File.Exists(path)
            ? TomlFile.UpdateAsync(path, storage, document => Checked(document, change(document), name), cancellationToken)
            : throw new FileNotFoundException("It does not exist."),
        name);

    private async Task<T> GuardAsync<T>(Func<Task<T>> access, string name)
    {
        try
        {
            return await access().ConfigureAwait(false);
        }
        catch (TomlException broken)
        {
            throw Unreadable(path, broken);
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException or InvalidOperationException
            || unwritable is DataManifestException { Rule: var rule } && rule == DiagnosticRules.EntryNotWritable) // the lock, whose advice is about the store
        {
            throw new DataManifestException(
                DiagnosticRules.ManifestNotWritable, $"The manifest '{path}' cannot be changed: {(unwritable as DataManifestException)?.Problem ?? unwritable.Message}", name, "Make the file and its folder writable.", unwritable);
        }
    }

    private string Checked(TomlDocument old, string text, string name) =>
        name.Length == 0 || text == old.Text || ManifestDocument.Parse(text, path).ErrorsOf(name).FirstOrDefault() is not { } error
            ? text
            : throw new DataManifestException(error.Rule, error.Message, name);

    private TomlTable Find(TomlDocument document, string name) =>
        name.Length > 0 && name[0] != '_' && document.Root[name] is TomlTable table
            ? table
            : throw new DataManifestException(DiagnosticRules.DatasetNotFound, $"The manifest '{path}' has no dataset called '{name}'.", name, "Write its exact name.");

    private static void Merge(TomlEditor editor, string[] place, TomlTable old, TomlTable fields)
    {
        foreach (var entry in old.Where(entry => fields[entry.Key] is null))
        {
            editor.Remove(place, entry.Key);
        }

        foreach (var entry in fields)
        {
            if (entry.Value is TomlTable inner && old[entry.Key] is null or TomlTable)
            {
                Merge(editor, [.. place, entry.Key], old[entry.Key] as TomlTable ?? [], inner);
            }
            else if (!AreEqual(old[entry.Key], entry.Value))
            {
                editor.Set(place, entry.Key, entry.Value);
            }
        }
    }

    private static bool AreEqual(TomlValue? old, TomlValue value)
    {
        return old is not null && Canonical(old) == Canonical(value);

        static string Canonical(TomlValue value)
        {
            TomlTable table = [];
            table.Add("x", value);
            return TomlWriter.ToCanonical(table);
        }
    }
}
