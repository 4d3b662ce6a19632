using DataManifest.Manifest;

namespace DataManifest.Bindings;

/// <summary>What to do about data that nothing here loads: the package that reads such files, and the loader to bind.</summary>
public static class FormatPackages
{
    private static readonly Dictionary<string, string> ByFormat = new(StringComparer.OrdinalIgnoreCase)
    {
        ["nc"] = "PureHDF",
        ["nc4"] = "PureHDF",
        ["netcdf"] = "PureHDF",
        ["h5"] = "PureHDF",
        ["hdf5"] = "PureHDF",
        ["parquet"] = "Parquet.Net",
        ["arrow"] = "Apache.Arrow",
        ["feather"] = "Apache.Arrow",
        ["avro"] = "Apache.Avro",
        ["xlsx"] = "ClosedXML",
        ["xls"] = "ExcelDataReader",
        ["tif"] = "BitMiracle.LibTiff.NET",
        ["tiff"] = "BitMiracle.LibTiff.NET",
        ["onnx"] = "Microsoft.ML.OnnxRuntime",
        ["sqlite"] = "Microsoft.Data.Sqlite",
        ["db"] = "Microsoft.Data.Sqlite",
        ["png"] = "SkiaSharp",
        ["jpg"] = "SkiaSharp",
        ["jpeg"] = "SkiaSharp",
    };

    // What another language writes for itself alone.
    private static readonly HashSet<string> ForeignFormats = new(["pickle", "pkl", "jld2", "jls", "rds", "rdata"], StringComparer.OrdinalIgnoreCase);

    /// <summary>The package that reads a format; empty when none is known.</summary>
    /// <param name="format">The format.</param>
    public static string Of(string format) => ByFormat.TryGetValue(format.Trim(), out var package) ? package : "";

    /// <summary>Why nothing loads a dataset that no loader is bound to, and what to do, as sentences.</summary>
    /// <param name="dataset">The dataset.</param>
    public static string Refusal(DatasetDeclaration dataset) => (
        dataset.LazyAccess ? $"Dataset '{dataset.Name}' is opened where it is (lazy_access), which only a loader can do. "
        : dataset.Format.Trim().Length == 0 ? $"Dataset '{dataset.Name}' has no format and no loader. "
        : $"There is no loader for the format '{dataset.Format.Trim()}' of dataset '{dataset.Name}'. ") + Remedy(dataset);

    /// <summary>What to do to have a dataset loaded that neither a loader nor a built-in format loads, as sentences.</summary>
    /// <param name="dataset">The dataset.</param>
    public static string Remedy(DatasetDeclaration dataset)
    {
        var package = Of(dataset.Format);
        var advice = package.Length > 0 ? $"Add a package that reads it (for example {package}), write a static method that takes the path, and bind it in the manifest, under "
            : ForeignFormats.Contains(dataset.Format.Trim()) ? "Only the language that wrote such a file reads it; have its tool write csv, json or parquet too, or bind a loader in the manifest, under "
            : "Write a static method that takes the path, and bind it in the manifest, under ";
        var foreign = ((IEnumerable<Toml.TomlEntry>?)dataset.Languages ?? [])
            .Where(language => language.Key != BindingLanguage.CSharp && language.Value is Toml.TomlTable table && BindingLanguage.Present(table["loader"]) is not null)
            .Select(language => language.Key)
            .FirstOrDefault();
        return (foreign is null ? "" : $"Its loader for {foreign} cannot run here. ")
            + advice
            + $"[{Toml.TomlFormat.Key(dataset.Name)}._LANG.csharp]: loader = \"My.Namespace.Loaders:Read\".";
    }
}
