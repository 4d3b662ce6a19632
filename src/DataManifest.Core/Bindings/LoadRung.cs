namespace DataManifest.Bindings;

/// <summary>What makes a value of a dataset's files (specification, "Load ladder").</summary>
public enum LoadRung
{
    /// <summary>The dataset's own loader: <c>per-dataset</c>.</summary>
    PerDataset,

    /// <summary>The manifest's loader for the dataset's format: <c>manifest-format-default</c>.</summary>
    ManifestFormatDefault,

    /// <summary>The tool's loader for the format, or the folder of an unpacked archive as it is: <c>built-in</c>.</summary>
    BuiltIn,

    /// <summary>Nothing can load the dataset, or what should is malformed: <c>error</c>.</summary>
    Error,
}
