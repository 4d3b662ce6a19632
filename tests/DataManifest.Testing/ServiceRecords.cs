namespace DataManifest.Testing;

/// <summary>A small record of a repository service: what a user writes to add it, and what the service answers, in its documented shape.</summary>
/// <param name="Reference">The DOI or address that stands for it.</param>
/// <param name="Answers">The addresses that are asked for, query included, and the answers.</param>
public sealed record ServiceRecord(string Reference, params IReadOnlyList<(string Url, string Text)> Answers);

/// <summary>One record of each service.</summary>
public static class ServiceRecords
{
    /// <summary>The SHA-256 that services publish here.</summary>
    public const string Sha256 = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    /// <summary>The MD5 that services publish here.</summary>
    public const string Md5 = "0123456789abcdef0123456789abcdef";

    /// <summary>A commit, or a SHA-1.</summary>
    public const string Commit = "0123456789abcdef0123456789abcdef01234567";

    /// <summary>A record at Zenodo.</summary>
    /// <param name="files">The names of its files, for which nothing needs an escape.</param>
    public static ServiceRecord Zenodo(params string[] files) => new("10.5281/zenodo.7", ("https://zenodo.org/api/records/7", """
        {"id": 7, "doi": "10.5281/zenodo.7", "metadata": {"title": "Air, Land & Sea", "publication_date": "2023-05-06", "access_right": "open", "license": {"id": "cc-by-4.0"},
         "creators": [{"name": "Lan, Xin"}, {"name": "NOAA"}]},
         "files": [FILES]}
        """.Replace("FILES", string.Join(',', files.Select(ZenodoFile)), StringComparison.Ordinal)));

    /// <summary>A dataset at PANGAEA that is a table of two files.</summary>
    public static ServiceRecord Pangaea { get; } = new(
        "https://doi.org/10.1594/PANGAEA.900001",
        ("https://doi.pangaea.de/10.1594/PANGAEA.900001?format=metadata_jsonld", """
            {"@type": "Dataset", "name": "Moorings of Fram Strait", "isAccessibleForFree": true, "datePublished": "2021-06-07", "license": "https://creativecommons.org/licenses/by/4.0/",
             "creator": [{"@type": "Person", "familyName": "Berg", "givenName": "Anna"}],
             "distribution": [{"encodingFormat": "text/tab-separated-values", "contentUrl": "https://doi.pangaea.de/10.1594/PANGAEA.900001?format=textfile"}]}
            """),
        ("https://doi.pangaea.de/10.1594/PANGAEA.900001?format=textfile", Filled("/* DATA DESCRIPTION:\nCitation: Berg\n*/\nBinary\tBinary (Size)\tBinary (Hash)\nnorth.nc\t10\tMD5\nsouth.nc\t11\tMD5\n")));

    /// <summary>An article at Figshare with two files and a link to elsewhere.</summary>
    public static ServiceRecord Figshare { get; } = new(
        "https://doi.org/10.6084/m9.figshare.5.v2",
        ("https://api.figshare.com/v2/articles/5/versions/2", """
            {"id": 5, "title": "Ice cores", "doi": "10.6084/m9.figshare.5.v2", "published_date": "2021-03-04T10:00:00Z", "license": {"name": "CC BY 4.0"},
             "authors": [{"full_name": "Jane Doe", "first_name": "Jane", "last_name": "Doe"}], "files": []}
            """),
        ("https://api.figshare.com/v2/articles/5/versions/2/files?page=1&page_size=1000", Filled("""
            [{"id": 1, "name": "core.csv", "download_url": "https://ndownloader.figshare.com/files/1", "computed_md5": "MD5", "is_link_only": false},
             {"id": 2, "name": "map.nc", "download_url": "https://ndownloader.figshare.com/files/2", "computed_md5": "", "supplied_md5": "", "is_link_only": false},
             {"id": 3, "name": "elsewhere", "download_url": "https://elsewhere.example", "is_link_only": true}]
            """)));

    /// <summary>A dataset at a Dataverse with a file in a folder, one that was converted, and one that is restricted.</summary>
    public static ServiceRecord Dataverse { get; } = new(
        "https://dataverse.harvard.edu/dataset.xhtml?persistentId=doi:10.7910/DVN/ABC123",
        ("https://dataverse.harvard.edu/api/datasets/:persistentId/?persistentId=doi%3A10.7910%2FDVN%2FABC123", Filled("""
            {"status": "OK", "data": {"publisher": "Harvard Dataverse", "publicationDate": "2020-01-02", "latestVersion": {"license": {"name": "CC0 1.0"},
             "files": [
              {"label": "raw.csv", "directoryLabel": "in", "restricted": false, "dataFile": {"id": 11, "filename": "raw.csv", "checksum": {"type": "SHA-1", "value": "COMMIT"}}},
              {"label": "table.tab", "restricted": false, "dataFile": {"id": 12, "filename": "table.tab", "originalFileFormat": "text/csv", "md5": "MD5"}},
              {"label": "secret.csv", "restricted": true, "dataFile": {"id": 13}}],
             "metadataBlocks": {"citation": {"fields": [
              {"typeName": "title", "value": "Votes"}, {"typeName": "author", "value": [{"authorName": {"value": "Roe, R."}}]}]}}}}}
            """)));

    /// <summary>A dataset at Dryad whose files come in two pages.</summary>
    public static ServiceRecord Dryad { get; } = new(
        "10.5061/dryad.abc12",
        ("https://datadryad.org/api/v2/datasets/doi%3A10.5061%2Fdryad.abc12", """
            {"title": "Birds", "publicationDate": "2019-08-07", "license": "https://spdx.org/licenses/CC0-1.0.html", "authors": [{"firstName": "A. B.", "lastName": "Cee"}],
             "_links": {"stash:version": {"href": "/api/v2/versions/9"}}}
            """),
        ("https://datadryad.org/api/v2/versions/9/files", Filled("""
            {"_links": {"next": {"href": "/api/v2/versions/9/files?page=2"}}, "_embedded": {"stash:files": [
             {"path": "birds.csv", "digestType": "sha-256", "digest": "SHA256", "_links": {"stash:download": {"href": "/api/v2/files/1/download"}}}]}}
            """)),
        ("https://datadryad.org/api/v2/versions/9/files?page=2", """
            {"_embedded": {"stash:files": [{"path": "README.md", "_links": {"stash:download": {"href": "/api/v2/files/2/download"}}}]}}
            """));

    /// <summary>A project at OSF with a file in a folder.</summary>
    public static ServiceRecord Osf { get; } = new(
        "https://osf.io/abcde/",
        ("https://api.osf.io/v2/guids/abcde/", """{"data": {"id": "abcde", "type": "nodes"}}"""),
        ("https://api.osf.io/v2/nodes/abcde/?embed=contributors&embed=license", """
            {"data": {"attributes": {"title": "Trial", "date_created": "2022-02-03T04:05:06"}, "embeds": {
             "license": {"data": {"attributes": {"name": "MIT License"}}},
             "contributors": {"data": [{"embeds": {"users": {"data": {"attributes": {"family_name": "Poe", "given_name": "E.", "full_name": "E. Poe"}}}}}]}}}}
            """),
        ("https://api.osf.io/v2/nodes/abcde/files/osfstorage/", """
            {"data": [{"attributes": {"kind": "folder", "name": "raw"}, "relationships": {"files": {"links": {"related": {"href": "https://api.osf.io/v2/nodes/abcde/files/osfstorage/1/"}}}}}], "links": {"next": null}}
            """),
        ("https://api.osf.io/v2/nodes/abcde/files/osfstorage/1/", Filled("""
            {"data": [{"attributes": {"kind": "file", "name": "t.csv", "materialized_path": "/raw/t.csv", "extra": {"hashes": {"md5": "MD5", "sha256": "SHA256"}}}, "links": {"download": "https://osf.io/download/fghij/"}}]}
            """)));

    /// <summary>A data set at Hugging Face with a large file and a small one.</summary>
    public static ServiceRecord HuggingFace { get; } = new(
        "hf:org/sets@v1/data/train.parquet",
        ("https://huggingface.co/api/datasets/org/sets/revision/v1?blobs=true", Filled("""
            {"id": "org/sets", "author": "org", "sha": "COMMIT", "gated": false, "private": false, "cardData": {"license": "cc-by-sa-4.0"}, "lastModified": "2024-05-06T07:08:09.000Z",
             "siblings": [{"rfilename": "data/train.parquet", "lfs": {"sha256": "SHA256"}}, {"rfilename": "README.md"}]}
            """)));

    /// <summary>A release at GitHub with two assets, one without a digest.</summary>
    public static ServiceRecord GitHub { get; } = new(
        "https://github.com/org/tool/releases/tag/v1.0",
        ("https://api.github.com/repos/org/tool", """{"license": {"spdx_id": "MIT"}, "owner": {"login": "org"}}"""),
        ("https://api.github.com/repos/org/tool/releases/tags/v1.0", Filled("""
            {"tag_name": "v1.0", "published_at": "2024-01-02T03:04:05Z", "assets": [
             {"name": "a.zip", "digest": "sha256:SHA256", "browser_download_url": "https://github.com/org/tool/releases/download/v1.0/a.zip"},
             {"name": "b.zip", "digest": null, "browser_download_url": "https://github.com/org/tool/releases/download/v1.0/b.zip"}]}
            """)));

    private static string ZenodoFile(string file) =>
        Filled("""{"key": "NAME", "checksum": "md5:MD5", "links": {"self": "https://zenodo.org/api/records/7/files/NAME/content"}}""").Replace("NAME", file, StringComparison.Ordinal);

    /// <summary>Puts digests into an answer, whose own braces leave no room for interpolation.</summary>
    private static string Filled(string answer) => answer.Replace("SHA256", Sha256, StringComparison.Ordinal)
        .Replace("MD5\"", Md5 + "\"", StringComparison.Ordinal).Replace("\tMD5", "\t" + Md5, StringComparison.Ordinal).Replace("COMMIT", Commit, StringComparison.Ordinal);
}
