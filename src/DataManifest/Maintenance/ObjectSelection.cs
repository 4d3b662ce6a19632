using DataManifest.Diagnostics;

namespace DataManifest.Maintenance;

/// <summary>The objects that an operation works on: what one identifier stands for, or what a filter leaves.</summary>
public sealed record ObjectSelection
{
    private readonly string _identifier;
    private readonly bool _mayBeSeveral;

    private ObjectSelection(string identifier, bool mayBeSeveral, ObjectFilter? filter) => (_identifier, _mayBeSeveral, Filter) = (identifier, mayBeSeveral, filter);

    /// <summary>The filter; null when an identifier selects.</summary>
    internal ObjectFilter? Filter { get; }

    /// <summary>What an identifier stands for, see <see cref="Inventory.Find"/>.</summary>
    /// <param name="identifier">The identifier.</param>
    /// <param name="mayBeSeveral">Whether all are meant when it stands for several; otherwise that is an error.</param>
    public static ObjectSelection Of(string identifier, bool mayBeSeveral = false) => new(identifier, mayBeSeveral, null);

    /// <summary>What a filter leaves.</summary>
    /// <param name="filter">The filter.</param>
    public static ObjectSelection Of(ObjectFilter filter) => new("", true, filter);

    /// <summary>The selected objects of an inventory, which was made with <see cref="Filter"/>.</summary>
    /// <exception cref="DataManifestException">The identifier stands for nothing, or for several objects where one is meant.</exception>
    internal IReadOnlyList<StoredObject> From(Inventory inventory)
    {
        if (Filter is not null)
        {
            return [.. inventory.Objects];
        }

        var found = inventory.Find(_identifier);
        const int shown = 10;
        return found.Count switch
        {
            0 => throw new DataManifestException(DiagnosticRules.StoredObjectNotFound, $"Nothing that is stored matches '{_identifier}'.", "", "Write a dataset's name, or cachetype[/version]/hash."),
            > 1 when !_mayBeSeveral => throw new DataManifestException(
                DiagnosticRules.StoredObjectAmbiguous,
                $"'{_identifier}' matches {found.Count} objects ({string.Join(", ", found.Take(shown).Select(each => each.StorageKey))}{(found.Count > shown ? ", …" : "")}).", "",
                "Write more of it, or say that all are meant."),
            _ => found,
        };
    }
}
