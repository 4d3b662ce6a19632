namespace DataManifest.Generator.Model;

/// <summary>What is known of the contents of one dataset, as a value that is quickly compared.</summary>
/// <param name="Name">The dataset's name.</param>
/// <param name="Checksum">The digest of the data that were looked into.</param>
/// <param name="Text">The contents as text.</param>
internal sealed record KnownContents(string Name, string Checksum, string Text);
