using DataManifest.Maintenance;

namespace DataManifest.Tool.Output;

/// <summary>The list of objects for people: a line per dataset, and produced artifacts by their recipes.</summary>
/// <param name="console">Where it goes.</param>
internal sealed class ObjectListing(ToolConsole console)
{
    private const int WidestName = 36;
    private const int HashDigits = 12;

    private readonly Style _style = new(console.IsTerminal);

    /// <summary>Prints the list.</summary>
    /// <param name="inventory">What is listed.</param>
    public void Print(Inventory inventory)
    {
        var width = console.Width;
        if (inventory.Datasets.Count + inventory.Produced.Count == 0)
        {
            console.Out.WriteLine(_style.Dim("Nothing to list."));
            return;
        }

        if (inventory.Datasets.Count > 0)
        {
            console.Out.WriteLine(_style.Bold("Datasets"));
            var nameWidth = Math.Min(inventory.Datasets.Max(dataset => dataset.Name.Length), WidestName);
            foreach (var dataset in inventory.Datasets)
            {
                Print(dataset, nameWidth, Math.Max(12, width - nameWidth - 25));
            }
        }

        if (inventory.Produced.Count > 0)
        {
            if (inventory.Datasets.Count > 0)
            {
                console.Out.WriteLine("");
            }

            console.Out.WriteLine(_style.Bold("Cached"));
            foreach (var recipe in inventory.Produced.GroupBy(artifact => (artifact.Identity.Cachetype, artifact.Identity.Version)).OrderBy(recipe => recipe.Key.Cachetype, StringComparer.Ordinal).ThenBy(recipe => recipe.Key.Version, StringComparer.Ordinal))
            {
                Print([.. recipe.OrderBy(artifact => artifact.Identity.Hash, StringComparer.Ordinal)], Math.Max(8, width - 35));
            }
        }

        PrintHint([.. inventory.Objects.Where(found => found.Dirty != DirtyState.Clean)]);
    }

    private void Print(StoredDataset dataset, int nameWidth, int tailWidth)
    {
        var name = _style.Link(dataset.Location, Fit(dataset.Name, nameWidth).PadRight(nameWidth));
        var format = _style.Dim(Fit(dataset.Format.Length > 0 ? dataset.Format : "—", 8).PadRight(8));
        var size = _style.Dim((dataset.IsPresent ? ByteSize.Format(dataset.Size ?? 0) : "—").PadLeft(9));
        var place = dataset.IsPresent ? _style.Dim(_style.Link(dataset.Location, FitTail(dataset.Location, tailWidth))) : _style.Bad("missing");
        var custom = dataset.StoragePath.Length > 0 ? _style.Warning(" ⚑custom") : "";
        var (mark, label) = dataset.IsPresent ? (_style.Good("●"), _style.Good(name)) : (_style.Dim("○"), _style.Dim(name));
        console.Out.WriteLine($"{mark} {label}  {format}  {size}  {place}{custom}{Dirty(dataset)}");
    }

    private void Print(ProducedArtifact[] recipe, int parametersWidth)
    {
        var (cachetype, version, _) = recipe[0].Identity;
        var title = $"◆ {cachetype}{(version.Length > 0 ? $" @{version}" : "")}";
        var format = recipe[0].Format.Length > 0 ? recipe[0].Format : "—";
        console.Out.WriteLine($"{_style.Accent(title)}{_style.Dim($"  {format}  {recipe.Length}×  {ByteSize.Format(recipe.Sum(artifact => artifact.Size ?? 0))}")}");
        foreach (var artifact in recipe)
        {
            var branch = !console.IsTerminal ? "    " : _style.Dim(ReferenceEquals(artifact, recipe[^1]) ? "└── " : "├── ");
            var hash = _style.Link(artifact.Location, artifact.Identity.Hash is { Length: > HashDigits } full ? full[..HashDigits] : artifact.Identity.Hash);
            var parameters = _style.Dim(Fit(ObjectFields.Parameters(artifact), parametersWidth).PadRight(parametersWidth));
            var size = _style.Dim(ByteSize.Format(artifact.Size ?? 0).PadLeft(9));
            console.Out.WriteLine($"{branch}{(artifact.IsReferenced ? _style.Accent(hash) : _style.Warning(hash))}  {parameters}  {size}{(artifact.IsReferenced ? "" : _style.Warning(" orphan"))}{Dirty(artifact)}");
        }
    }

    private void PrintHint(StoredObject[] dirty)
    {
        if (dirty.Length == 0)
        {
            return;
        }

        console.Out.WriteLine("");
        var hint = $"{dirty.Length} object{(dirty.Length == 1 ? "" : "s")} marked ✗ — run `datamanifest refresh` to reconcile (record untracked, repoint moved, drop missing).";
        console.Out.WriteLine(_style.Dim(hint + (dirty.Any(found => found.Dirty == DirtyState.Missing)
            ? " For missing ones, `datamanifest refresh --scan` first looks in the read pools and only drops what isn't found there."
            : "")));
    }

    private StyledText Dirty(StoredObject found) => found.Dirty switch
    {
        DirtyState.Clean => "",
        DirtyState.Missing or DirtyState.Modified => _style.Bad($" ✗ {ObjectFields.Dirty(found)}"),
        _ => _style.Warning($" ✗ {ObjectFields.Dirty(found)}"),
    };

    private static string Fit(string text, int width) => text.Length <= width ? text : text[..(width - 1)] + "…";

    private static string FitTail(string text, int width) => text.Length <= width ? text : "…" + text[^(width - 1)..];
}
