using System.Globalization;
using System.Xml;
using DataManifest.Manifest;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace DataManifest.Build;

/// <summary>A dataset as an MSBuild item: its local path, and what the manifest says of it as metadata.</summary>
internal sealed class DatasetItem
{
    private readonly string _path;
    private readonly (string Name, string Value)[] _metadata;

    /// <summary>Looks a dataset up on disk.</summary>
    /// <param name="database">The opened manifest.</param>
    /// <param name="dataset">The dataset.</param>
    /// <param name="reference">What the project calls it; empty when it names no datasets.</param>
    public DatasetItem(Database database, Dataset dataset, string reference = "")
    {
        var location = dataset.Location;
        var declaration = database.Manifest.Get(dataset.Name)!;
        // Items end up in binary logs and in obj, which are sent around; a program reads an address with its credentials from the manifest.
        _path = MSBuildText.Escape(location.State == DatasetState.Lazy ? UriCredentials.Remove(location.Path) : location.Path);
        (string Name, string Value)[] metadata =
        [
            ("Name", dataset.Name),
            ("Key", dataset.Key),
            ("Uri", UriCredentials.Remove(dataset.Uri)),
            ("Checksum", dataset.Checksum),
            ("Version", dataset.Version),
            ("Doi", dataset.Doi),
            ("Format", dataset.Format),
            ("Description", dataset.Description),
            ("State", location.State.ToString()),
            ("Pinned", declaration.IsPinned ? "true" : "false"),
            ("Size", location.IsUsable && File.Exists(location.Path) ? new FileInfo(location.Path).Length.ToString(CultureInfo.InvariantCulture) : ""),
            ("StoredName", declaration.StoredName),
            ("Marker", location.Marker),
            ("Reference", reference),
            ("Manifest", database.Manifest.Path),
        ];
        _metadata = [.. metadata.Where(field => field.Value.Length > 0).Select(field => (field.Name, MSBuildText.Escape(field.Value)))];
    }

    /// <summary>The item.</summary>
    public ITaskItem ToItem() => new TaskItem(_path, _metadata.ToDictionary(field => field.Name, field => field.Value));

    /// <summary>The item as an element of a project file, on one line.</summary>
    public string ToXml() => $"<DataManifestDataset Include=\"{Xml(_path)}\">{string.Concat(_metadata.Select(field => $"<{field.Name}>{Xml(field.Value)}</{field.Name}>"))}</DataManifestDataset>";

    /// <summary>An escaped text as it can stand in XML, whose own characters are escaped already, for MSBuild; what is left are those that no XML may have.</summary>
    /// <param name="escaped">The text, escaped for MSBuild.</param>
    public static string Xml(string escaped) =>
        string.Concat(escaped.Select(character => XmlConvert.IsXmlChar(character) || char.IsSurrogate(character) ? character : '\uFFFD'));
}
