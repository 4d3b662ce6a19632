using DataManifest.Bindings;
using DataManifest.Contents;
using DataManifest.Generator.Loading;
using DataManifest.Manifest;
using DataManifest.Toml;

namespace DataManifest.Generator.Model;

/// <summary>What the manifest says of how a dataset is loaded, as a value.</summary>
/// <param name="Reference">The loader that is bound; empty when none is.</param>
/// <param name="Arguments">The arguments in the binding, as TOML: <c>args</c> and <c>kwargs</c>.</param>
/// <param name="Shape">What the data are on disk.</param>
/// <param name="Format">What is made of the data without a loader.</param>
/// <param name="Refusal">Why nothing loads them; empty when something does, or when the manifest's reader reports the reason.</param>
internal sealed record LoaderModel(string Reference, string Arguments, DataShape Shape, BuiltInFormat Format, string Refusal)
{
    /// <summary>Whether a loader is bound in a way that is none, which the manifest's reader reports.</summary>
    public bool IsMalformed => Reference.Length == 0 && Format == BuiltInFormat.None && Refusal.Length == 0;

    /// <summary>The model of a dataset's loading.</summary>
    /// <param name="ladder">The manifest's ladder.</param>
    /// <param name="dataset">The dataset.</param>
    /// <param name="table">Its table, as written.</param>
    public static LoaderModel Create(LoadLadder ladder, DatasetDeclaration dataset, TomlTable table)
    {
        var step = ladder.Resolve(dataset);
        var format = BuiltInFormats.Of(dataset);
        if (format == BuiltInFormat.None && ShapeOf(dataset) == DataShape.File && TableDeclaration.Read(table, "").IsAsked == true)
        {
            format = BuiltInFormat.Table; // Whatever the file is called, the manifest says what its columns are.
        }

        return step.Loader is { } loader
            ? new LoaderModel(loader.Reference, ArgumentsOf(loader), ShapeOf(dataset), BuiltInFormat.None, "")
            : new LoaderModel("", "", ShapeOf(dataset), IsAbsent(step) ? format : BuiltInFormat.None, IsAbsent(step) && format == BuiltInFormat.None ? FormatPackages.Refusal(dataset) : "");
    }

    /// <summary>What a dataset's path leads to.</summary>
    /// <param name="dataset">The dataset.</param>
    public static DataShape ShapeOf(DatasetDeclaration dataset) =>
        dataset.LazyAccess ? DataShape.Address : dataset.Extract || dataset.Uris.Count > 0 ? DataShape.Folder : DataShape.File;

    private static bool IsAbsent(LoadStep step) => step.Rung == LoadRung.BuiltIn || step.Problem?.Rule == Diagnostics.DiagnosticRules.NoLoader;

    private static string ArgumentsOf(Binding loader)
    {
        var table = new TomlTable();
        if (loader.Arguments.Count > 0)
        {
            table.Add("args", new TomlArray(loader.Arguments));
        }

        if (loader.KeywordArguments.Count > 0)
        {
            table.Add("kwargs", loader.KeywordArguments);
        }

        return TomlWriter.ToCanonical(table);
    }
}
