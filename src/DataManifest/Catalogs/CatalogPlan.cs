using DataManifest.Diagnostics;
using DataManifest.Manifest;
using DataManifest.Toml;

namespace DataManifest.Catalogs;

/// <summary>
/// Decides what becomes of proposals in a manifest as it is: under which name each is declared, which are there already, and which keys must be written
/// because the derived ones are those of other data. Changes nothing itself.
/// </summary>
internal sealed class CatalogPlan
{
    // A published digest that is malformed is the publisher's; the manifest's own checks point at it, and the dataset is not fetched before it is corrected.
    private static readonly HashSet<DiagnosticRule> Tolerated = [DiagnosticRules.InvalidChecksum];

    private const int MostAttempts = 24;

    private readonly TomlDocument _document;
    private readonly ManifestDocument _manifest;
    private readonly PlanNames _names;

    private CatalogPlan(TomlDocument document, string path, bool overwrite)
    {
        _document = document;
        _manifest = ManifestDocument.Parse(document.Text, path);
        _names = new PlanNames(_manifest, overwrite);
    }

    /// <summary>Makes a plan.</summary>
    /// <param name="document">The manifest as it is.</param>
    /// <param name="path">The manifest's file, for messages.</param>
    /// <param name="proposals">What the catalogue declares.</param>
    /// <param name="overwrite">Whether declarations that are there may be replaced.</param>
    /// <returns>One decision per proposal, in their order.</returns>
    /// <exception cref="DataManifestException">A name that may not be changed is another dataset's.</exception>
    public static IReadOnlyList<PlannedEntry> Make(TomlDocument document, string path, IEnumerable<Proposal> proposals, bool overwrite)
    {
        var plan = new CatalogPlan(document, path, overwrite);
        return plan.Check([.. proposals.Select(plan._names.Place)]);
    }

    /// <summary>Queues the edits of a plan.</summary>
    /// <param name="document">The manifest as it is.</param>
    /// <param name="editor">Where the edits are queued.</param>
    /// <param name="plan">The plan, made for this document.</param>
    public static void Queue(TomlDocument document, TomlEditor editor, IEnumerable<PlannedEntry> plan)
    {
        foreach (var entry in plan)
        {
            if (entry.Outcome is CatalogOutcome.Added or CatalogOutcome.Replaced)
            {
                ManifestFile.Put(document, editor, entry.Name, entry.Table);
            }
            else if (entry.Outcome == CatalogOutcome.Pinned)
            {
                editor.Set([entry.Name], "checksum", new TomlString(entry.Proposal.DeclaredChecksum));
            }
        }
    }

    /// <summary>Gives keys of their own to what would share a place with other data, and refuses what would be unsound.</summary>
    private List<PlannedEntry> Check(List<PlannedEntry> plan)
    {
        bool[] hasOwnKey = [.. plan.Select(entry => entry.Proposal.Key.Length > 0)];
        string[] folders = [.. plan.Select(entry => FolderOf(entry.Declaration.Key))];
        for (var attempt = 1; ; attempt++)
        {
            var changed = Changed(plan);
            var nestedIn = NewlyNested(changed);
            var isDone = true;
            for (var i = 0; i < plan.Count; i++)
            {
                var entry = plan[i];
                if (entry.Outcome is not (CatalogOutcome.Added or CatalogOutcome.Replaced))
                {
                    continue;
                }

                var error = changed.ErrorsOf(entry.Name).FirstOrDefault(error => !Tolerated.Contains(error.Rule));
                var isCrowded = error?.Rule == DiagnosticRules.KeyShared || error?.Rule == DiagnosticRules.KeyNested || (error is null && nestedIn.Contains(entry.Declaration.Key));
                if (isCrowded && attempt <= MostAttempts && !hasOwnKey[i])
                {
                    if (attempt > 1)
                    {
                        // Where the folder is another dataset, the next one above it, in which the whole name tells this one from the others.
                        folders[i] = error?.Rule == DiagnosticRules.KeyShared ? "" : FolderOf(folders[i].TrimEnd('/'));
                    }

                    plan[i] = entry.WithKey(attempt == 1 ? folders[i] + Leaf(entry) : folders[i].Length > 0 || attempt == 2 ? folders[i] + KeyOfName(entry) : KeyNumbered(entry, attempt - 1));
                    isDone = false;
                }
                else if (error is not null || isCrowded)
                {
                    plan[i] = entry.Refused(error is null
                        ? new DataManifestException(DiagnosticRules.KeyNested, $"The place of dataset '{entry.Name}' in the store, '{entry.Declaration.Key}', holds other datasets.", entry.Name, "Declare it with another key = \"…\".")
                        : new DataManifestException(error.Rule, error.Message, entry.Name));
                    isDone = false;
                }
            }

            if (isDone)
            {
                return plan;
            }
        }
    }

    private ManifestDocument Changed(List<PlannedEntry> plan)
    {
        var editor = new TomlEditor(_document);
        Queue(_document, editor, plan);
        return ManifestDocument.Parse(editor.ToText(), _manifest.Path);
    }

    /// <summary>The keys above those of datasets that were sound before.</summary>
    private HashSet<string> NewlyNested(ManifestDocument changed) =>
    [
        .. _manifest.Datasets
            .Where(dataset => changed.ErrorsOf(dataset.Name).Any(error => error.Rule == DiagnosticRules.KeyNested) && !_manifest.ErrorsOf(dataset.Name).Any())
            .SelectMany(dataset => Ancestors(dataset.Key)),
    ];

    private static IEnumerable<string> Ancestors(string key)
    {
        for (var slash = key.LastIndexOf('/'); slash > 0; slash = key.LastIndexOf('/', slash - 1))
        {
            yield return key[..slash];
        }
    }

    private static string FolderOf(string key) => key[..(key.LastIndexOf('/') + 1)];

    /// <summary>For a dataset that is called like its file, so that its name tells the places no more apart than the address does.</summary>
    private static string KeyNumbered(PlannedEntry entry, int number)
    {
        var key = KeyOfName(entry);
        var end = DatasetKey.Format(key) is { Length: > 0 } extension && key.EndsWith("." + extension, StringComparison.Ordinal) ? key.Length - extension.Length - 1 : key.Length;
        return $"{key[..end]}-{number}{key[end..]}";
    }

    private static string KeyOfName(PlannedEntry entry) => $"{entry.Name[..(entry.Name.LastIndexOf('/') + 1)]}{Leaf(entry)}";

    private static string Leaf(PlannedEntry entry)
    {
        var extension = entry.Proposal.IsBatch ? "" : DatasetKey.Format(entry.Declaration.Key);
        var leaf = entry.Name[(entry.Name.LastIndexOf('/') + 1)..];
        return extension.Length == 0 || leaf.EndsWith("." + extension, StringComparison.Ordinal) ? leaf : $"{leaf}.{extension}";
    }
}
