namespace DataManifest.Citations;

/// <summary>A person or an institution that made data.</summary>
/// <param name="Family">The family name, or the institution's whole name.</param>
/// <param name="Given">The given names; empty for an institution.</param>
public sealed record CitedCreator(string Family, string Given)
{
    /// <summary>Whether it is a person; without given names it counts as an institution.</summary>
    public bool IsPerson => Given.Length > 0;

    /// <summary>Reads <c>Family, Given</c>; a text without a comma is an institution.</summary>
    /// <param name="text">The text of a manifest.</param>
    internal static CitedCreator Read(string text)
    {
        var comma = text.IndexOf(',');
        return comma < 0 ? new CitedCreator(text.Trim(), "") : new CitedCreator(text.Substring(0, comma).Trim(), text.Substring(comma + 1).Trim());
    }

    /// <summary>The name as the manifest has it.</summary>
    public override string ToString() => IsPerson ? $"{Family}, {Given}" : Family;
}
