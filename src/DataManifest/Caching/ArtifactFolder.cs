using System.Globalization;
using DataManifest.Text;
using DataManifest.Toml;

namespace DataManifest.Caching;

/// <summary>What the folder of a produced artifact tells besides its identity. Nothing here fails for what others have left in it.</summary>
internal static class ArtifactFolder
{
    private const string MetadataName = "metadata.toml";

    /// <summary>The format of the data: the extension of the first file that is none of the tool's own; empty when there is none.</summary>
    /// <param name="folder">The folder.</param>
    public static string FormatOf(string folder)
    {
        try
        {
            return new DirectoryInfo(folder).EnumerateFiles()
                .Where(file => file.Name is not (ArtifactConfig.FileName or MetadataName) && file.Name.LastIndexOf('.') > 0 && !file.Name.EndsWith('.'))
                .MinBy(file => file.Name, CodePointComparer.Instance) is { } data
                ? data.Name[(data.Name.LastIndexOf('.') + 1)..]
                : "";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    /// <summary>When it was produced, according to its <c>metadata.toml</c>; null when that does not say.</summary>
    /// <param name="folder">The folder.</param>
    public static DateTimeOffset? CreatedOf(string folder)
    {
        try
        {
            return SidecarFile.Read(Path.Combine(folder, MetadataName))["created"] switch
            {
                TomlString { Value: var text } when DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) => time,
                TomlDateTime { Kind: TomlKind.OffsetDateTime } time => new DateTimeOffset(time.Date + time.Time, time.Offset).ToUniversalTime(),
                _ => null,
            };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or TomlException or ArgumentException)
        {
            return null;
        }
    }
}
