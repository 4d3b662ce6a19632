using DataManifest.Bindings;

namespace DataManifest.Generator.Model;

/// <summary>What the code of a dataset's files and rows is made of.</summary>
/// <param name="Class">The generated class.</param>
/// <param name="TypeName">The dataset's type.</param>
/// <param name="IsLoaded">Whether loading the dataset means to read its rows, because it is a table and no loader is bound to it.</param>
/// <param name="Text">What the dataset contains, as text.</param>
internal sealed record ContentsPart(ClassModel Class, string TypeName, bool IsLoaded, string Text);

/// <summary>A generated file with the files and rows of one dataset, or, where there are many, of some.</summary>
/// <param name="Name">What stands in the file's name for them.</param>
/// <param name="Parts">The datasets, one at least.</param>
internal sealed record ContentsFile(string Name, EquatableArray<ContentsPart> Parts)
{
    /// <summary>The files of a project: for the datasets whose contents are known, as they lie in the files of datasets.</summary>
    /// <param name="datasets">The files of datasets.</param>
    /// <param name="known">What is known, the most trustworthy first.</param>
    public static IEnumerable<ContentsFile> Divide(IEnumerable<DatasetFile> datasets, IReadOnlyList<KnownContents> known)
    {
        var byName = known.ToLookup(contents => contents.Name, StringComparer.Ordinal);
        return datasets.Select(file => new ContentsFile(file.Name, new([.. file.Datasets.SelectMany(Parts)]))).Where(file => file.Parts.Count > 0);

        IEnumerable<ContentsPart> Parts(PropertyModel property) => byName[property.Dataset!.Name]
            .Where(contents => contents.Describes(property.Dataset))
            .Take(1)
            .Where(contents => contents.Text.Length > 0)
            .Select(contents => new ContentsPart(property.Class, property.TypeName, property.Dataset.Loader.Format == BuiltInFormat.Table, contents.Text));
    }
}
