using DataManifest.Bindings;
using DataManifest.Generator.Model;
using DataManifest.Toml;

namespace DataManifest.Generator.Loading;

/// <summary>All that generated code needs to know of the project's own code: what the references in the manifests mean, as values.</summary>
/// <param name="HasFormats">Whether the runtime's library can load formats; the one for older frameworks cannot.</param>
/// <param name="References">What each reference means.</param>
internal sealed record LoaderMethods(bool HasFormats, EquatableArray<BoundReference> References)
{
    /// <summary>Looks up references.</summary>
    /// <param name="references">The references, each once.</param>
    /// <param name="compilation">The project.</param>
    public static LoaderMethods Find(IReadOnlyList<string> references, Compilation compilation)
    {
        var reader = new ReferenceReader(compilation, explains: false);
        return new LoaderMethods(compilation.GetTypeByMetadataName("DataManifest.Loading.DatasetFormats") is not null, new([.. references.Select(reader.Read)]));
    }

    /// <summary>How datasets are loaded.</summary>
    /// <param name="file">The datasets.</param>
    public DatasetFile Plan(DatasetFile file) => file with { Datasets = new([.. file.Datasets.Select(property => property with { Load = Plan(property.Dataset!.Loader) })]) };

    private LoadPlan Plan(LoaderModel loader)
    {
        if (loader.Reference.Length == 0)
        {
            return loader.IsMalformed ? new LoadPlan(null, BuiltInFormat.None, "", BrokenLoader.Malformed)
                : new LoadPlan(null, HasFormats ? loader.Format : BuiltInFormat.None, HasFormats ? loader.Refusal : "");
        }

        var arguments = TomlDocument.Parse(loader.Arguments).Root;
        var reference = References.First(each => each.Reference == loader.Reference);
        var (call, problem) = CallMatcher.Match(
            reference, (arguments["args"] as TomlArray)?.Items ?? [], arguments["kwargs"] as TomlTable ?? new TomlTable(), loader.Shape);
        return new LoadPlan(call, BuiltInFormat.None, "", problem is null ? null : BrokenLoader.Of(reference, problem));
    }
}
