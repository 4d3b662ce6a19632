namespace DataManifest.Storage;

/// <content>Making it.</content>
internal static partial class PrivateFolder
{
    /// <summary>Makes the folder, if it is not there, and the <c>.gitignore</c> in it; one that is there stays as it is.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder above is not writable.</exception>
    public static void Create(string folder)
    {
        Directory.CreateDirectory(folder);
        var ignore = Path.Combine(folder, ".gitignore");
        if (!Path.Exists(ignore))
        {
            // In one step: an empty one, which a full volume leaves, would ignore nothing for ever.
            AtomicFile.Replace(ignore, "*\n"u8);
        }
    }
}
