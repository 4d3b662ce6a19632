namespace DataManifest.Toml;

/// <summary>How a text made a table; TOML forbids to define one twice, and each origin leaves other ways open.</summary>
internal enum TomlTableOrigin
{
    /// <summary>Only named as a parent in headers: a header or dotted keys may still define it.</summary>
    Implicit,

    /// <summary>Defined by its own <c>[header]</c> or <c>[[header]]</c>, or the document's root.</summary>
    Header,

    /// <summary>Defined by dotted keys: more dotted keys and headers of sub-tables may follow, a header of its own may not.</summary>
    DottedKeys,

    /// <summary>Written inline: complete.</summary>
    Inline,
}
