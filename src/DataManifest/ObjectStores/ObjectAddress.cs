using DataManifest.Diagnostics;
using DataManifest.Fetching;

namespace DataManifest.ObjectStores;

/// <summary>
/// The address of objects: <c>scheme://bucket/name</c>. Nothing is decoded and nothing cut off: names may contain <c>?</c>, <c>#</c> and <c>%</c>, as the other tools of the
/// format take them.
/// </summary>
/// <param name="Bucket">The bucket or container, or whatever else stands in front of the first slash, as written.</param>
/// <param name="Name">The object's name, or a prefix of names without slashes at its end; empty for the whole bucket.</param>
/// <param name="IsPrefix">Whether only objects below the name are meant: it is empty, or written with a slash at its end.</param>
public sealed record ObjectAddress(string Bucket, string Name, bool IsPrefix)
{
    /// <summary>What the names of the objects below this one begin with; empty for the whole bucket.</summary>
    public string Prefix => Name.Length == 0 ? "" : Name + "/";

    /// <summary>Whether an object of the bucket lies below the name, whatever a listing says.</summary>
    /// <param name="name">The object's name.</param>
    public bool Covers(string name) => name.Length > Prefix.Length && name.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Splits an address.</summary>
    /// <param name="uri">The address, as the manifest has it.</param>
    /// <exception cref="DataManifestException">It names no bucket, or has a password (DM0463).</exception>
    public static ObjectAddress Parse(string uri)
    {
        var start = uri.IndexOf("://", StringComparison.Ordinal) + 3;
        var slash = start < 3 ? -1 : uri.IndexOf('/', start);
        var bucket = start < 3 ? "" : slash < 0 ? uri[start..] : uri[start..slash];
        if (bucket.Length == 0 || bucket.Contains(':', StringComparison.Ordinal) || bucket.Any(c => char.IsControl(c) || c is ' ' or '?' or '#' or '\\'))
        {
            throw new DataManifestException(DiagnosticRules.InvalidStoreUri, $"'{SafeUrl.Of(uri)}' does not name a bucket.", "", "Write scheme://bucket/name, without a port and without credentials.");
        }

        var name = slash < 0 ? "" : uri[(slash + 1)..];
        var isPrefix = name.Length == 0 || name.EndsWith('/');
        return new ObjectAddress(bucket, name.TrimEnd('/'), isPrefix);
    }

    /// <summary>A name as a part of a URL's path.</summary>
    /// <param name="name">The name; its slashes stay.</param>
    /// <exception cref="DataManifestException">It has a part <c>.</c> or <c>..</c>, so that the URL would be another object's (DM0463).</exception>
    public static string Escape(string name)
    {
        var segments = name.Split('/');
        return !segments.Any(segment => segment is "." or "..") ? string.Join('/', segments.Select(Uri.EscapeDataString)) : throw new DataManifestException(
            DiagnosticRules.InvalidStoreUri, $"The object '{name}' has '.' or '..' in its name, which no web address can hold.", "", "Give the object another name.");
    }
}
