namespace DataManifest.Generator.Loading;

/// <summary>What the type of a loader's parameter can be given from a manifest.</summary>
internal enum ValueKind
{
    /// <summary>Nothing: TOML has no value for the type.</summary>
    Other,

    /// <summary>A type that does not exist for the generator: missing, or generated in the same compilation.</summary>
    Unknown,

    /// <summary>A text.</summary>
    String,

    /// <summary>A truth value.</summary>
    Boolean,

    /// <summary>A text of one UTF-16 unit.</summary>
    Char,

    /// <summary>One of the integer types, by its keyword.</summary>
    Integer,

    /// <summary><c>float</c>, <c>double</c> or <c>decimal</c>, by its keyword.</summary>
    Real,

    /// <summary>An enumeration: the text is a member's name.</summary>
    Enum,

    /// <summary>Any value, as the closest type of C#.</summary>
    Object,

    /// <summary>A type that is made of one text: <c>FileInfo</c>, <c>DirectoryInfo</c>, <c>Uri</c>.</summary>
    OfText,

    /// <summary>A date, a time or both, by the type's name.</summary>
    Moment,

    /// <summary>A value type that may be null.</summary>
    Nullable,

    /// <summary>An array, or an interface that arrays have.</summary>
    Array,

    /// <summary>A <c>List</c>.</summary>
    List,

    /// <summary>A dictionary with strings as keys.</summary>
    Dictionary,

    /// <summary>The dataset itself.</summary>
    Dataset,

    /// <summary>The opened file.</summary>
    Stream,

    /// <summary>What ends the call early.</summary>
    CancellationToken,
}
