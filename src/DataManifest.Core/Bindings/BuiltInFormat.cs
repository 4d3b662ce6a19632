namespace DataManifest.Bindings;

/// <summary>What is made of a dataset without a loader (specification, "Load ladder", the built-in rung).</summary>
public enum BuiltInFormat
{
    /// <summary>Nothing: the format needs a library.</summary>
    None,

    /// <summary>A text.</summary>
    Text,

    /// <summary>The bytes as they are.</summary>
    Bytes,

    /// <summary>A JSON document.</summary>
    Json,

    /// <summary>A YAML document, as the JSON with the same values.</summary>
    Yaml,

    /// <summary>A TOML document.</summary>
    Toml,

    /// <summary>A table of rows: comma or tab separated values, or a JSON value on each line.</summary>
    Table,

    /// <summary>A folder: an unpacked archive, or a batch.</summary>
    Folder,

    /// <summary>An archive that is still packed.</summary>
    Archive,
}
