namespace DataManifest.Generator.Model;

/// <summary>How large data are, for the tooltips: all that these need of what is known of contents.</summary>
/// <param name="sizes">The sizes, the most trustworthy first.</param>
internal sealed class KnownSizes(EquatableArray<KnownContents> sizes) : IEquatable<KnownSizes>
{
    private readonly EquatableArray<KnownContents> _sizes = sizes;
    private readonly ILookup<string, KnownContents> _byName = sizes.ToLookup(contents => contents.Name, StringComparer.Ordinal);

    /// <summary>The sizes among what is known.</summary>
    /// <param name="known">What is known, the most trustworthy first.</param>
    public static KnownSizes Of(EquatableArray<KnownContents> known) => new(new([.. known.Select(contents => contents with { Text = "" })]));

    /// <summary>Gives datasets their sizes.</summary>
    /// <param name="file">The datasets.</param>
    public DatasetFile Fill(DatasetFile file) => _sizes.Count == 0 ? file : file with { Datasets = new([.. file.Datasets.Select(property => property with { Size = Of(property.Dataset!) })]) };

    /// <inheritdoc/>
    public bool Equals(KnownSizes? other) => other is not null && _sizes.Equals(other._sizes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as KnownSizes);

    /// <inheritdoc/>
    public override int GetHashCode() => _sizes.GetHashCode();

    private string Of(DatasetModel dataset) => _byName[dataset.Name].FirstOrDefault(contents => contents.Describes(dataset))?.Size ?? "";
}
