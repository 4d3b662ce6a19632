using System.Text;
using DataManifest.Diagnostics;
using DataManifest.Storage;

namespace DataManifest.Catalogs.Importers;

/// <summary>The file that is imported, and the options.</summary>
/// <param name="request">What was asked for; relative paths begin at the working folder.</param>
/// <param name="storage">The working folder.</param>
/// <param name="http">Asks for what the file only points at.</param>
internal sealed class ImportSource(ImportRequest request, StorageConfiguration storage, CatalogHttp http)
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The file, absolute.</summary>
    public string Path { get; } = storage.Normalize(request.Path);

    /// <summary>The file's name without its folder.</summary>
    public string FileName => System.IO.Path.GetFileName(Path);

    /// <summary>The folder that the file lies in, absolute.</summary>
    public string Folder => System.IO.Path.GetDirectoryName(Path) ?? Path;

    /// <summary>The folder of downloaded files, absolute; empty for none.</summary>
    public string CacheDirectory { get; } = request.CacheDirectory.Length == 0 ? "" : storage.Normalize(request.CacheDirectory);

    /// <summary>What relative addresses hang on; empty for nothing.</summary>
    public string BaseUrl => request.BaseUrl;

    /// <summary>Asks for what the file only points at.</summary>
    public CatalogHttp Http { get; } = http;

    /// <summary>The file's text.</summary>
    /// <exception cref="DataManifestException">It cannot be read, is too large, or is not UTF-8.</exception>
    public string ReadText() => ReadText(Path);

    /// <summary>The text of a file that belongs to this one.</summary>
    /// <param name="path">The file, absolute.</param>
    /// <exception cref="DataManifestException">It cannot be read, is too large, or is not UTF-8.</exception>
    public string ReadText(string path)
    {
        try
        {
            return Utf8.GetString(SmallFile.ReadAllBytes(path)).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            throw Unreadable("it is not UTF-8 text", path);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Unreadable("it does not exist", path);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(unreadable.Message.TrimEnd('.'), path);
        }
    }

    /// <summary>An address as it is declared: behind the base URL, if it is relative and there is one.</summary>
    /// <param name="address">The address in the file.</param>
    public string Absolute(string address) =>
        BaseUrl.Length == 0 || address.Contains("://", StringComparison.Ordinal) ? address : $"{BaseUrl.TrimEnd('/')}/{address.TrimStart('/')}";

    /// <summary>A proposal for one address, named after its file, whose local copy has the file's name.</summary>
    /// <param name="address">The address, absolute.</param>
    public Proposal Propose(string address)
    {
        var path = address.Split('?')[0];
        return WithCache(new Proposal { Name = DatasetNames.OfPath(address), MayRename = true, Uris = [address] }, path[(path.LastIndexOf('/') + 1)..]);
    }

    /// <summary>The proposal, with the place where its local copy would be.</summary>
    /// <param name="proposal">The proposal.</param>
    /// <param name="file">The copy's path in the cache folder; one that leads out of it is not looked at.</param>
    public Proposal WithCache(Proposal proposal, string file)
    {
        if (CacheDirectory.Length == 0)
        {
            return proposal;
        }

        var path = file.Contains('\0', StringComparison.Ordinal) ? CacheDirectory : System.IO.Path.GetFullPath(System.IO.Path.Combine(CacheDirectory, StoragePath.Native(file)));
        return proposal with { LooksInCache = true, CacheFile = StoragePath.IsBelow(path, CacheDirectory) ? path : "" };
    }

    /// <summary>The error that the file is none of its kind.</summary>
    /// <param name="problem">What is wrong, as the rest of a sentence.</param>
    /// <param name="path">The file; null for the one that is imported.</param>
    public DataManifestException Unreadable(string problem, string? path = null) => new(
        DiagnosticRules.CatalogUnreadable, $"'{path ?? Path}' cannot be imported: {problem}.", "", "Correct the file, or choose the importer that fits it. Nothing was declared.");

    /// <summary>The error that relative addresses have nothing to hang on.</summary>
    public DataManifestException NeedsBaseUrl() => new(
        DiagnosticRules.BaseUrlMissing, $"'{Path}' has entries without an address of their own.", "", "Say where they are with a base URL (--base-url).");
}
