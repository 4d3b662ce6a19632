using DataManifest.Diagnostics;

namespace DataManifest.ObjectStores;

/// <summary>Collects the objects below an address page by page, and ends a listing that would never end by itself.</summary>
/// <param name="address">The address.</param>
public sealed class ObjectListing(ObjectAddress address)
{
    /// <summary>The most objects that one dataset may have.</summary>
    public const int LargestCount = 1_000_000;

    /// <summary>Stores may answer with pages that bring nothing, but not for ever.</summary>
    private const int EmptyPages = 1000;

    private readonly List<RemoteObject> _objects = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private int _pages;

    /// <summary>The objects so far.</summary>
    public IReadOnlyList<RemoteObject> Objects => _objects;

    /// <summary>Adds an object of the page. One of an earlier page is not added again: while objects come and go, two pages may both have one, and a page may come again and again.</summary>
    /// <param name="stored">The object.</param>
    public void Add(RemoteObject stored)
    {
        if (_names.Add(stored.Name))
        {
            _objects.Add(stored);
        }
    }

    /// <summary>Says that a page is here.</summary>
    /// <exception cref="DataManifestException">There are more than <see cref="LargestCount"/> objects, or pages without objects (DM0464).</exception>
    public void EndPage()
    {
        _pages++;
        if (_objects.Count > LargestCount || _pages > EmptyPages + _objects.Count)
        {
            throw new DataManifestException(
                DiagnosticRules.ObjectsDoNotFit,
                $"The store lists more than {LargestCount} objects below '{address.Name}' in '{address.Bucket}', or pages without objects and without end.", "", "Use a longer prefix, or single objects.");
        }
    }
}
