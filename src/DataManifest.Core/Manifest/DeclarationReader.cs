using DataManifest.Diagnostics;
using DataManifest.Hashing;
using DataManifest.Toml;

namespace DataManifest.Manifest;

/// <summary>Reads one dataset's table, resolves its legacy spellings and fills in what is derived (specification, "Language-agnostic contract").</summary>
internal sealed class DeclarationReader(string name, TomlTable table, List<Finding> findings)
{
    private readonly FieldReader _fields = new(name, table, findings);

    /// <summary>Reads the table; what is wrong with it goes to the findings.</summary>
    public DatasetDeclaration Read()
    {
        var (uri, uris) = ReadSources();
        var declaration = new DatasetDeclaration
        {
            Name = name,
            Key = _fields.Text("key"),
            Uri = uri,
            Uris = uris,
            Mirrors = MirrorRules.Read(table),
            Version = _fields.Text("version"),
            Branch = _fields.Text("branch"),
            Doi = _fields.Text("doi"),
            Aliases = _fields.List("aliases"),
            Description = _fields.Text("description"),
            StoragePath = _fields.Text("storage_path"),
            Checksum = ReadChecksum(),
            SkipChecksum = _fields.Flag("skip_checksum") ?? false,
            SkipDownload = _fields.Flag("skip_download") ?? false,
            LazyAccess = _fields.Flag("lazy_access") ?? false,
            Delegate = _fields.Flag("delegate"),
            Extract = _fields.Flag("extract") ?? false,
            Format = _fields.Text("format"),
            Requires = _fields.List("requires"),
            Shell = _fields.Text("shell"),
            Fetcher = _fields.Binding("fetcher"),
            Loader = _fields.Binding("loader"),
            Languages = _fields.Table("_LANG"),
        };
        return uris.Count > 0 ? CompleteBatch(declaration) : CompleteSingle(declaration);
    }

    private (string Uri, IReadOnlyList<string> Uris) ReadSources()
    {
        var isList = table["uri"] is TomlArray;
        var uri = isList ? "" : _fields.Text("uri");
        var uris = _fields.List("uris");
        if (uris.Count > 0 && (isList || uri.Length > 0))
        {
            _fields.Report(DiagnosticRules.UriAndUris, "uri", $"Dataset '{name}' has both 'uri' and 'uris'; keep one of them.");
            return ("", uris);
        }

        if (isList)
        {
            return ("", _fields.List("uri"));
        }

        var downloads = _fields.List("downloads");
        if (downloads.Count > 1 || (downloads.Count == 1 && uri.Length > 0))
        {
            _fields.Report(DiagnosticRules.LegacyField, "downloads", $"'downloads' of dataset '{name}' is retired and ignored here; write 'uri' for one source or 'uris' for several.");
        }

        return (uri.Length == 0 && uris.Count == 0 && downloads.Count == 1 ? downloads[0] : uri, uris);
    }

    private string ReadChecksum()
    {
        var checksum = _fields.Text("checksum");
        if (checksum.Length == 0)
        {
            checksum = _fields.Text("sha256");
        }

        return checksum.Length == 0 || checksum.IndexOf(':') >= 0 ? checksum : $"{Checksum.DefaultAlgorithm}:{checksum}";
    }

    private DatasetDeclaration CompleteBatch(DatasetDeclaration declaration)
    {
        var members = declaration.Uris.Select((uri, i) => Split(uri, table["uris"] is null ? "uri" : "uris", i)).ToList();
        if (declaration.Extract)
        {
            _fields.Report(DiagnosticRules.ExtractWithoutArchive, "extract", $"'extract' has no effect on dataset '{name}', a batch of files; remove it.");
        }

        return declaration with
        {
            Members = members,
            Key = declaration.Key.Length > 0 ? declaration.Key : DatasetKey.DeriveBatch(members),
            Extract = false,
        };
    }

    private DatasetDeclaration CompleteSingle(DatasetDeclaration declaration)
    {
        var written = Split(declaration.Uri, "uri");
        var source = written with
        {
            Scheme = FirstOf(written.Scheme, _fields.Text("scheme")),
            Host = FirstOf(written.Host, _fields.Text("host")),
            Path = FirstOf(written.Path, _fields.Text("path")),
        };
        var version = FirstOf(written.Version, declaration.Version, declaration.Uri.Length > 0 ? _fields.Text("ref") : "");
        var uri = declaration.Uri;
        if (uri.Length == 0 && (source.Host.Length > 0 || source.Path.Length > 0) && declaration.Shell.Length == 0 && declaration.Fetcher is null)
        {
            var path = source.Path.Length == 0 ? "" : "/" + source.Path.Trim('/');
            uri = $"{source.Scheme}://{source.Host}{path}" + (version.Length == 0 ? "" : $"#{version}");
        }

        var isKeyFromName = declaration.Key.Length == 0 && uri.Length == 0 && source.Host.Length == 0 && source.Path.Length == 0;
        var key = FirstOf(declaration.Key, isKeyFromName ? DatasetKey.Derive("", name, version) : DatasetKey.Derive(source.Host, source.Path, version));
        var format = FirstOf(written.Format, declaration.Format);
        format = format.Length == 0 ? DatasetKey.Format(key) : format.TrimStart('.');
        var canExtract = ArchiveFormat.Of(format, key).Length > 0;
        if (declaration.Extract && !canExtract)
        {
            _fields.Report(
                DiagnosticRules.ExtractWithoutArchive,
                "extract",
                $"'extract' has no effect on dataset '{name}': its format '{format}' is no archive that can be unpacked (zip, tar, tar.gz, tar.bz2, gz). Write 'format' if it is one, or remove 'extract'.");
        }

        return declaration with
        {
            Uri = uri,
            Source = source,
            Version = version,
            Key = key,
            IsKeyFromName = isKeyFromName,
            Format = format,
            Extract = declaration.Extract && canExtract,
        };
    }

    private SourceUri Split(string uri, string field, int item = -1)
    {
        if (!SourceUri.TryParse(uri, out var source))
        {
            _fields.Report(DiagnosticRules.InvalidUri, field, $"The host in '{field}' of dataset '{name}' cannot be read; only an IPv6 address may stand in [ ].", item);
        }

        if (UriCredentials.IsIn(uri))
        {
            _fields.Report(
                DiagnosticRules.CredentialsInUri,
                field,
                $"'{field}' of dataset '{name}' has a password, a token or a signature in it, which everybody who sees the manifest can use. Remove it before you share the manifest, and revoke it if it was shared.",
                item);
        }

        return source;
    }

    private static string FirstOf(string first, string second, string third = "") => first.Length > 0 ? first : second.Length > 0 ? second : third;
}
