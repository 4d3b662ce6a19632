namespace DataManifest.Contents;

/// <summary>What the data of one dataset contain, as they were when they had a checksum.</summary>
/// <param name="Name">The dataset's name.</param>
/// <param name="Checksum">The digest of the data that were looked into, as <c>algo:hex</c>.</param>
/// <param name="Recipe">A digest of all that decided, beside the data, what was written down: the rules' version and what the manifest says of the columns.</param>
/// <param name="Files">The files of a folder, in ordinal order of their paths; empty when the dataset is one file.</param>
/// <param name="OmittedFiles">How many files of the folder are not listed because there are too many.</param>
/// <param name="Tables">The tables among the files, in ordinal order of their paths.</param>
/// <param name="Notes">What was left out and why, for people.</param>
public sealed record DatasetContents(
    string Name, string Checksum, string Recipe, IReadOnlyList<ContentFile> Files, int OmittedFiles, IReadOnlyList<TableSchema> Tables, IReadOnlyList<string> Notes)
{
    /// <summary>How large the data are: the bytes of the file, or of all files of the folder, listed or not. Null in a record that does not say.</summary>
    public long? Size { get; init; }

    /// <summary>Whether this is about the data that a manifest declares: those with the declared checksum, or any when none is declared.</summary>
    /// <param name="declaredChecksum">The declared checksum; empty when there is none.</param>
    public bool Describes(string declaredChecksum) => declaredChecksum.Length == 0 || declaredChecksum == Checksum;
}

/// <summary>One file of a dataset.</summary>
/// <param name="Path">Its path in the dataset's folder, with slashes.</param>
/// <param name="Length">Its size in bytes.</param>
public sealed record ContentFile(string Path, long Length);
