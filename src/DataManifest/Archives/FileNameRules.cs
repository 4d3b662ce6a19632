using System.Text;

namespace DataManifest.Archives;

/// <summary>Which names a file system takes, and which it takes for the same. Two entries of an archive must not meet in one file.</summary>
/// <param name="IsWindows">Whether the backslash separates, and reserved names and characters are refused.</param>
/// <param name="IgnoresCase">Whether names that differ only in case are one.</param>
/// <param name="IgnoresForm">Whether names that differ only in how letters and accents are composed are one.</param>
internal sealed record FileNameRules(bool IsWindows, bool IgnoresCase, bool IgnoresForm) : IEqualityComparer<string>
{
    /// <summary>The rules of this system's usual file system.</summary>
    public static FileNameRules ForThisSystem { get; } =
        new(OperatingSystem.IsWindows(), OperatingSystem.IsWindows() || OperatingSystem.IsMacOS(), OperatingSystem.IsMacOS());

    /// <inheritdoc/>
    public bool Equals(string? x, string? y) => Comparer.Equals(Form(x), Form(y));

    /// <inheritdoc/>
    public int GetHashCode(string obj) => Comparer.GetHashCode(Form(obj)!);

    private StringComparer Comparer => IgnoresCase ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;

    private string? Form(string? name) => IgnoresForm && name is not null && !Ascii.IsValid(name) ? name.Normalize() : name;
}
