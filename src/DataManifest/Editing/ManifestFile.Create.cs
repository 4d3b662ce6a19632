using System.Text;
using DataManifest.Diagnostics;
using DataManifest.Storage;

namespace DataManifest;

public sealed partial class ManifestFile
{
    /// <summary>The address of the manifest's JSON schema, which TOML editors complete and check by.</summary>
    public const string SchemaAddress = "https://raw.githubusercontent.com/datamanifest/DataManifest.Build/main/docs/schemas/datamanifest.schema.json";

    private const string NewText = $"""
        #:schema {SchemaAddress}

        # Each table is a dataset: [name] and, below it, uri = "https://...".
        # Data go to the store that all projects of this machine share, unless [_STORAGE] says otherwise.

        [_META]
        schema = 1

        """;

    /// <summary>Makes a manifest without datasets, <c>datamanifest.toml</c>, in a folder (specification, "File naming and discovery").</summary>
    /// <param name="folder">The folder; made if it is not there.</param>
    /// <param name="force">Whether to make it although the folder has a manifest: one of that name is replaced, and one of another name is not found any more.</param>
    /// <param name="cancellationToken">Nothing is written once it is cancelled.</param>
    /// <returns>The manifest's full path.</returns>
    /// <exception cref="DataManifestException">The folder has a manifest, whatever its name, or cannot be written.</exception>
    public static Task<string> CreateAsync(string folder, bool force = false, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var path = Path.Combine(Path.GetFullPath(folder), ManifestDiscovery.FileNames[0]);
        if (!force && ManifestDiscovery.FileNames.Select(name => Path.Combine(Path.GetDirectoryName(path)!, name)).FirstOrDefault(Path.Exists) is { } existing)
        {
            throw new DataManifestException(
                DiagnosticRules.ManifestExists, $"There is a manifest already: '{existing}'.", "", "Use it, or ask explicitly for a new one in its place (--force).");
        }

        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            AtomicFile.Replace(path, Encoding.UTF8.GetBytes(NewText.ReplaceLineEndings("\n")));
            return Task.FromResult(path);
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            throw new DataManifestException(
                DiagnosticRules.ManifestNotWritable, $"The manifest '{path}' cannot be made: {unwritable.Message}", "", "Make the folder writable, or name another one.", unwritable);
        }
    }
}
