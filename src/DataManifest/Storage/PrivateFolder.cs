namespace DataManifest.Storage;

/// <summary>The folder <c>.datamanifest</c> of a checkout, which git ignores as a whole (specification, "Scoped configuration").</summary>
internal static partial class PrivateFolder
{
    /// <summary>Its name, beside the manifest.</summary>
    public const string Name = ".datamanifest";
}
