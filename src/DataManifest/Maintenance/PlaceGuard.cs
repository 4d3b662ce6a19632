using DataManifest.Diagnostics;
using DataManifest.Storage;

namespace DataManifest.Maintenance;

/// <summary>Knows what each path belongs to, so that nothing is deleted or moved together with what is not meant.</summary>
internal sealed class PlaceGuard
{
    private static readonly StringComparer Comparer = OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;

    private readonly StorageConfiguration _storage;
    private readonly IReadOnlyList<string> _roots;
    private readonly Dictionary<string, List<StoredDataset>> _owners = new(Comparer);
    private readonly List<string> _places;

    /// <summary>Notes the places of all datasets.</summary>
    /// <param name="locator">The places of datasets and of the store.</param>
    /// <param name="datasets">Every dataset of the manifest.</param>
    /// <param name="roots">Folders that hold stores and projects.</param>
    public PlaceGuard(DatasetLocator locator, IEnumerable<StoredDataset> datasets, IEnumerable<string> roots)
    {
        _storage = locator.Storage;
        _roots = [.. roots.Where(root => root.Length > 0).Select(_storage.Normalize)];
        foreach (var dataset in datasets)
        {
            foreach (var place in PlacesOf(locator, dataset).Where(place => place.Length > 0).Distinct(Comparer))
            {
                (_owners.TryGetValue(place, out var owners) ? owners : _owners[place] = []).Add(dataset);
            }
        }

        _places = [.. _owners.Keys.Order(Comparer)];
    }

    /// <summary>Other datasets whose data are at a path.</summary>
    /// <param name="path">The path, normalised.</param>
    /// <param name="self">The object that is known to be there.</param>
    public IEnumerable<StoredDataset> OthersAt(string path, StoredObject self) =>
        _owners.TryGetValue(path, out var owners) ? owners.Where(owner => self is not StoredDataset dataset || owner.Name != dataset.Name) : [];

    /// <summary>Makes sure that a path is an object's own.</summary>
    /// <param name="path">The path, normalised.</param>
    /// <param name="self">The object.</param>
    /// <exception cref="DataManifestException">The path holds more than the object, or is part of another one.</exception>
    public void Require(string path, StoredObject self)
    {
        if (_roots.Append(Path.GetPathRoot(path)!).FirstOrDefault(root => StoragePath.IsBelowOrEqual(root, path)) is { } root)
        {
            throw NotOwn(self, $"'{path}' holds the folder '{root}'", "");
        }

        if (self is ProducedArtifact { IsIdentified: false, Identity.Hash: var hash } && Path.GetFileName(path) != hash)
        {
            throw NotOwn(self, $"nothing in '{path}' says that it is the artifact '{self.StorageKey}'", "");
        }

        if (InsideOf(path).FirstOrDefault(place => OthersAt(place, self).Any() && Path.Exists(place)) is { } inner)
        {
            throw NotOwn(self, $"'{path}' holds '{inner}'", _owners[inner][0].Name);
        }

        for (var folder = Path.GetDirectoryName(path); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (OthersAt(folder, self).FirstOrDefault() is { } owner && File.Exists(new EntryPaths(folder).FolderMarker))
            {
                throw NotOwn(self, $"'{path}' is inside '{folder}'", owner.Name);
            }
        }
    }

    private IEnumerable<string> InsideOf(string folder)
    {
        var prefix = Path.EndsInDirectorySeparator(folder) ? folder : folder + Path.DirectorySeparatorChar;
        var at = _places.BinarySearch(prefix, Comparer);
        for (at = at < 0 ? ~at : at; at < _places.Count && StoragePath.IsBelow(_places[at], folder); at++)
        {
            yield return _places[at];
        }
    }

    private static IEnumerable<string> PlacesOf(DatasetLocator locator, StoredDataset dataset)
    {
        yield return dataset.DirectivePath;
        yield return dataset.Location;
        yield return dataset.RecordedPath;
        yield return ArchiveOf(locator, dataset) ?? "";
    }

    /// <summary>The archive that a dataset is unpacked from; null when it is none, or has no place of its own.</summary>
    internal static string? ArchiveOf(DatasetLocator locator, StoredDataset dataset)
    {
        if (!dataset.Declaration.Extract || dataset.DirectivePath.Length == 0 || dataset.Declaration.LazyAccess || dataset.Protection == Protection.UserManaged)
        {
            return null;
        }

        try
        {
            return locator.Storage.Normalize(locator.DownloadPathOf(dataset.Declaration)) is var archive && archive != dataset.DirectivePath ? archive : null;
        }
        catch (DataManifestException)
        {
            return null;
        }
    }

    private static DataManifestException NotOwn(StoredObject self, string why, string owner) => new(
        DiagnosticRules.PlaceNotOwn,
        $"The data of '{self.Name}' are left alone: {why}{(owner.Length > 0 ? $", which belongs to dataset '{owner}'" : "")}.", self is StoredDataset ? self.Name : "",
        "Give each dataset a key = \"…\" of its own, or remove the files by hand.");
}
