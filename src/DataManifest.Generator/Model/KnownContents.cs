using DataManifest.Contents;
using DataManifest.Generator.Emission;
using DataManifest.Text;

namespace DataManifest.Generator.Model;

/// <summary>What is known of the contents of one dataset, as a value that is quickly compared.</summary>
/// <param name="Name">The dataset's name.</param>
/// <param name="Checksum">The digest of the data that were looked into.</param>
/// <param name="Size">How large the data are, for people; empty when that is not known.</param>
/// <param name="Text">The files and tables as text; empty when there are none, so that no code is written for them.</param>
internal sealed record KnownContents(string Name, string Checksum, string Size, string Text)
{
    /// <summary>What a record says of a dataset.</summary>
    /// <param name="contents">The dataset's contents.</param>
    public static KnownContents Of(DatasetContents contents) => new(
        contents.Name, contents.Checksum, SizeOf(contents), contents.Files.Count + contents.Tables.Count > 0 ? ContentsWriter.Write([contents]) : "");

    /// <summary>Whether this is about the data that a manifest declares: those with the declared checksum, or any when none is declared.</summary>
    /// <param name="dataset">The dataset of that name.</param>
    public bool Describes(DatasetModel dataset) => dataset.Checksum.Length == 0 || dataset.Checksum == Checksum;

    private static string SizeOf(DatasetContents contents)
    {
        var count = contents.Files.Count + contents.OmittedFiles;
        return contents.Size is not { } size ? "" : ByteSize.Format(size) + (count > 0 ? $", {Counted.Of(count, "file")}" : "");
    }
}
