using DataManifest.Hashing;
using DataManifest.Storage;
using DataManifest.Toml;

namespace DataManifest.Caching;

/// <summary>
/// What the <c>config.toml</c> of a produced artifact says: its identity and the parameters that were hashed (specification, "Cache layout and sidecars").
/// </summary>
/// <param name="Identity">The identity; null when the file names none.</param>
/// <param name="Parameters">The parameters that were hashed, by name.</param>
internal sealed record ArtifactConfig(ArtifactIdentity? Identity, TomlTable Parameters)
{
    /// <summary>The file's name in the artifact's folder.</summary>
    public const string FileName = "config.toml";

    /// <summary>Why the file cannot be used, as the rest of a sentence that begins with "it"; empty when it can.</summary>
    public string Problem { get; init; } = "";

    /// <summary>Whether the hash of the parameters is the recorded one, without which the artifact must not be used.</summary>
    public bool IsValid { get; init; }

    /// <summary>Reads the file of an artifact. A damaged one is no exception.</summary>
    /// <param name="folder">The artifact's folder.</param>
    /// <returns>What it says; null when there is no such file.</returns>
    public static ArtifactConfig? Read(string folder)
    {
        var file = Path.Combine(folder, FileName);
        try
        {
            return File.Exists(file) ? Parse(SidecarFile.Read(file)) : null;
        }
        catch (TomlException e)
        {
            return Damaged($"is not TOML, line {e.Position.Line}: {e.Reason.TrimEnd('.')}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Damaged($"cannot be read: {e.Message.TrimEnd('.')}");
        }
    }

    /// <summary>What the table of such a file says.</summary>
    /// <param name="root">The table.</param>
    public static ArtifactConfig Parse(TomlTable root)
    {
        TomlTable parameters = [];
        foreach (var entry in root.Where(entry => entry.Key != "_META"))
        {
            parameters.Add(entry);
        }

        var meta = root["_META"] as TomlTable;
        var (cachetype, hash) = (Text(meta, "cachetype"), Text(meta, "hash"));
        return new ArtifactConfig(cachetype.Length > 0 && hash.Length > 0 ? new ArtifactIdentity(cachetype, Text(meta, "version"), hash) : null, parameters)
        {
            IsValid = hash.Length > 0 && Matches(parameters, hash),
        };
    }

    /// <summary>The canonical text of such a file.</summary>
    /// <param name="identity">The artifact.</param>
    /// <param name="parameters">The parameters that were hashed.</param>
    public static string ToText(ArtifactIdentity identity, TomlTable parameters)
    {
        TomlTable meta = [];
        meta.Add("cachetype", new TomlString(identity.Cachetype));
        meta.Add("hash", new TomlString(identity.Hash));
        meta.Add("schema", new TomlInteger(1));
        if (identity.Version.Length > 0)
        {
            meta.Add("version", new TomlString(identity.Version));
        }

        TomlTable root = [];
        foreach (var entry in parameters)
        {
            root.Add(entry);
        }

        root.Add("_META", meta);
        return TomlWriter.ToCanonical(root, structuralFirst: false);
    }

    private static ArtifactConfig Damaged(string problem) => new(null, []) { Problem = problem };

    private static bool Matches(TomlTable parameters, string hash)
    {
        try
        {
            return ParameterHash.Compute(parameters) == hash;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static string Text(TomlTable? table, string key) => (table?[key] as TomlString)?.Value ?? "";
}
