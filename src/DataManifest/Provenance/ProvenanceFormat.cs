namespace DataManifest.Provenance;

/// <summary>A kind of document about the origin of data.</summary>
public enum ProvenanceFormat
{
    /// <summary>A bill of materials: CycloneDX 1.6 in JSON, with a component of the type <c>data</c> per dataset.</summary>
    CycloneDx,

    /// <summary>A BibTeX file with an entry per dataset.</summary>
    BibTeX,

    /// <summary>A <c>CITATION.cff</c> file (Citation File Format 1.2.0).</summary>
    Cff,

    /// <summary>A page for people, in Markdown: citation, licence and address of each dataset.</summary>
    Markdown,
}
