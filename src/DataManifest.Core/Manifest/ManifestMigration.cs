using System.Numerics;
using DataManifest.Hashing;
using DataManifest.Toml;

namespace DataManifest.Manifest;

/// <summary>
/// Turns a manifest of an older version into the present one (specification, "Versioning"), by the smallest edits: what is renamed stays in its line, comments included.
/// </summary>
public sealed class ManifestMigration
{
    private static readonly string[] Languages = ["python", "julia"];

    private readonly TomlDocument _document;
    private readonly TomlEditor _editor;
    private readonly List<MigrationStep> _steps = [];

    private ManifestMigration(TomlDocument document, TomlEditor editor) => (_document, _editor) = (document, editor);

    /// <summary>Plans the changes of a manifest; none for one of the present version.</summary>
    /// <param name="document">The manifest.</param>
    /// <param name="editor">An editor of that document; the changes are queued in it.</param>
    /// <returns>What changes, in the order of the text.</returns>
    public static IReadOnlyList<MigrationStep> Plan(TomlDocument document, TomlEditor editor)
    {
        var migration = new ManifestMigration(document, editor);
        foreach (var entry in document.Root)
        {
            if (entry.Value is TomlTable table && !entry.Key.StartsWith("_", StringComparison.Ordinal))
            {
                migration.Migrate(entry.Key, table);
            }
        }

        migration.MigrateStorage(document.Root["_STORAGE"] as TomlTable);
        migration.MigrateSchema(document.Root["_META"]);
        return migration._steps;
    }

    private void Migrate(string name, TomlTable table)
    {
        if (table["python"] is null && table["callable"] is TomlString)
        {
            MoveFetcher(name, table, "callable", "python");
        }

        foreach (var language in Languages)
        {
            MoveFetcher(name, table, language, language);
        }

        MoveShell(name, table);
        if (table["checksum"] is null && table["sha256"] is TomlString { Value: var digest })
        {
            Rename(name, table, "sha256", "checksum", digest.Length == 0 || digest.IndexOf(':') >= 0 ? null : new TomlString($"{Checksum.DefaultAlgorithm}:{digest}"));
        }

        if (table["uri"] is TomlArray && table["uris"] is null)
        {
            Rename(name, table, "uri", "uris");
        }
        else if (table["uri"] is null && table["uris"] is null && table["downloads"] is TomlArray { Items: { Count: > 0 } downloads })
        {
            Rename(name, table, "downloads", downloads.Count == 1 ? "uri" : "uris", downloads.Count == 1 ? downloads[0] : null);
        }

        if (table["version"] is null && (table["uri"] ?? table["downloads"]) is not null)
        {
            Rename(name, table, "ref", "version");
        }

        var hasPlace = table["local_path"] is TomlString { Value.Length: > 0 };
        if (hasPlace && table["storage_path"] is null)
        {
            Rename(name, table, "local_path", "storage_path");
        }

        if (table["store"] is { } store)
        {
            _editor.Remove([name], "store");
            _steps.Add(new MigrationStep(name, "store", "", hasPlace ? "" : (store as TomlString)?.Value ?? ""));
        }
    }

    /// <summary>A function that was named in the dataset's table goes under its language, unless one is named there already.</summary>
    private void MoveFetcher(string name, TomlTable table, string field, string language)
    {
        if (table[field] is not TomlString { Value.Length: > 0 } function)
        {
            return;
        }

        var languages = table["_LANG"];
        if (languages is null)
        {
            Rename(name, table, field, $"_LANG.{language}.fetcher");
        }
        else if (languages is TomlTable known && known[language] is null or TomlTable && (known[language] as TomlTable)?["fetcher"] is null or TomlString { Value.Length: 0 })
        {
            _editor.Remove([name], field);
            _editor.Set([name, "_LANG", language], "fetcher", function);
            _steps.Add(new MigrationStep(name, field, $"_LANG.{language}.fetcher", function.Value));
        }
    }

    private void MoveShell(string name, TomlTable table)
    {
        if (table["_LANG"] is not TomlTable languages || languages["shell"] is not TomlTable shell || shell["fetcher"] is not TomlString { Value.Length: > 0 } command || table["shell"] is not null)
        {
            return;
        }

        _editor.Set([name], "shell", command);
        if (shell.Count > 1)
        {
            _editor.Remove([name, "_LANG", "shell"], "fetcher");
        }
        else
        {
            string[] emptied = languages.Count > 1 ? [name, "_LANG", "shell"] : [name, "_LANG"];
            _editor.RemoveTable(emptied);
        }

        _steps.Add(new MigrationStep(name, "_LANG.shell.fetcher", "shell", command.Value));
    }

    private void Rename(string name, TomlTable table, string field, string place, TomlValue? value = null)
    {
        if (table[field] is { } old and (TomlString or TomlArray { IsArrayOfTables: false }))
        {
            _editor.Rename([name], field, place.Split('.'), value);
            _steps.Add(new MigrationStep(name, field, place, ((value ?? old) as TomlString)?.Value ?? ""));
        }
    }

    private void MigrateStorage(TomlTable? storage)
    {
        var retired = (storage ?? []).Where(entry => StorageRules.IsRetired(entry.Key, _document.Text)).ToList();
        foreach (var entry in retired)
        {
            _editor.Remove(["_STORAGE"], entry.Key);
            _steps.Add(new MigrationStep("", "_STORAGE." + entry.Key, "", (entry.Value as TomlString)?.Value ?? ""));
        }

        if (retired.Count > 0 && retired.Count == storage!.Count)
        {
            _editor.RemoveTable(["_STORAGE"]);
        }
    }

    private void MigrateSchema(TomlValue? meta)
    {
        if (meta is null or TomlTable && (meta as TomlTable)?["schema"] is not TomlInteger { Value: var schema } || schema < BigInteger.One)
        {
            _editor.Set(["_META"], "schema", new TomlInteger(BigInteger.One));
            _steps.Add(new MigrationStep("", "", "_META.schema", "1"));
        }
    }
}
