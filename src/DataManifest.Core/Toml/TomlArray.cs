using DataManifest.Text;

namespace DataManifest.Toml;

/// <summary>A TOML array.</summary>
/// <param name="items">The elements, in order.</param>
/// <param name="span">Where it is written: from <c>[</c> to <c>]</c>, or its first <c>[[header]]</c>.</param>
/// <param name="isArrayOfTables">Whether it is written as <c>[[headers]]</c>.</param>
public sealed class TomlArray(IReadOnlyList<TomlValue> items, TextSpan span = default, bool isArrayOfTables = false) : TomlValue(span)
{
    /// <summary>The elements, in order.</summary>
    public IReadOnlyList<TomlValue> Items { get; } = items;

    /// <summary>Whether the array is written as <c>[[headers]]</c>.</summary>
    public bool IsArrayOfTables { get; } = isArrayOfTables;

    /// <inheritdoc/>
    public override TomlKind Kind => TomlKind.Array;
}
