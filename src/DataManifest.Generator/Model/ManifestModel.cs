using DataManifest.Bindings;
using DataManifest.Manifest;
using DataManifest.Toml;

namespace DataManifest.Generator.Model;

/// <summary>What the generated code needs of one manifest. Holds no path and no place in the text, so a comment or a blank line changes nothing.</summary>
/// <param name="Storage">The contents of the <c>_STORAGE</c> table in canonical form; empty when there is none.</param>
/// <param name="Datasets">The datasets, in the order of the file.</param>
internal sealed record ManifestModel(string Storage, EquatableArray<DatasetModel> Datasets)
{
    /// <summary>The model of a manifest.</summary>
    /// <param name="document">The manifest.</param>
    public static ManifestModel Create(ManifestDocument document)
    {
        var ladder = new LoadLadder(document.Structural, BuiltInFormats.Names);
        return new(
            document.Storage is { } storage ? TomlWriter.ToCanonical(storage) : "",
            new([.. document.Datasets.Select(dataset => DatasetModel.Create(dataset, document.TableOf(dataset.Name) ?? new TomlTable(), ladder))]));
    }
}
