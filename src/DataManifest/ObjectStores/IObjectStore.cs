namespace DataManifest.ObjectStores;

/// <summary>
/// Reads one kind of object store: finds objects and authorises requests for them. The bytes themselves come over HTTP, so that resuming, retries and digests are the
/// same for every source. Safe for use by several threads at once.
/// </summary>
public interface IObjectStore : IDisposable
{
    /// <summary>What a user can do when the store refuses access, as a sentence: which variables, files or programs credentials are taken from.</summary>
    string AccessHelp { get; }

    /// <summary>
    /// Whether an object's bytes are its content whatever <c>Content-Encoding</c> it was uploaded with, as the other tools of the format take them; otherwise that coding is undone.
    /// </summary>
    bool IgnoresContentCoding { get; }

    /// <summary>Finds what an address stands for: the object of that name; else, and always for an address that ends in a slash, all objects below it.</summary>
    /// <param name="uri">The address, as the manifest has it.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>One object without a name, or any number of objects with names.</returns>
    /// <exception cref="DataManifestException">
    /// There is none (DM0460), the store refuses (DM0462) or cannot be reached (DM0465), or the address is malformed (DM0463); the message has no secrets.
    /// </exception>
    Task<IReadOnlyList<RemoteObject>> FindAsync(string uri, CancellationToken cancellationToken);

    /// <summary>The fields that a GET request for an object needs, credentials among them. Asked for again at each attempt, since signatures expire.</summary>
    /// <param name="stored">An object that <see cref="FindAsync"/> found.</param>
    /// <param name="cancellationToken">Stops the request for a token.</param>
    /// <exception cref="DataManifestException">There are no credentials although they are needed (DM0462).</exception>
    ValueTask<IReadOnlyList<KeyValuePair<string, string>>> AuthorizeAsync(RemoteObject stored, CancellationToken cancellationToken);
}
