using DataManifest.Manifest;
using DataManifest.Toml;

namespace DataManifest.Tool.Output;

/// <summary>The fields of a dataset in the family's order, without those that are empty, have their default, or follow from others.</summary>
internal static class DatasetFields
{
    private static readonly HashSet<string> Modelled = new(StringComparer.Ordinal)
    {
        "uri", "uris", "host", "path", "scheme", "version", "ref", "branch", "doi", "aliases", "description", "key", "storage_path", "checksum", "sha256",
        "skip_checksum", "skip_download", "lazy_access", "extract", "format", "shell", "requires", "delegate", "fetcher", "loader", "downloads", "_LANG",
    };

    /// <summary>The fields of a dataset: those of the format first, then what else its table has, then its bindings by language.</summary>
    /// <param name="manifest">The manifest.</param>
    /// <param name="name">The dataset's exact name.</param>
    public static IReadOnlyList<(string Field, TomlValue Value)> Of(ManifestDocument manifest, string name)
    {
        var dataset = manifest.Get(name)!;
        var fields = new List<(string, TomlValue)>();
        Text("uri", dataset.Uri.Length > 0 ? dataset.Uri : (manifest.TableOf(name)!["uri"] as TomlString)?.Value ?? "");
        List("uris", dataset.Uris);
        Text("version", dataset.Version);
        Text("branch", dataset.Branch);
        Text("doi", dataset.Doi);
        List("aliases", dataset.Aliases);
        Text("description", dataset.Description);
        Text("key", !dataset.IsKeyFromName && (dataset.Uris.Count > 0 || dataset.Key != DatasetKey.Derive(dataset.Source.Host, dataset.Source.Path, dataset.Version)) ? dataset.Key : "");
        Text("storage_path", dataset.StoragePath);
        Text("checksum", dataset.Checksum);
        Flag("skip_checksum", dataset.SkipChecksum);
        Flag("skip_download", dataset.SkipDownload);
        Flag("lazy_access", dataset.LazyAccess);
        Flag("extract", dataset.Extract);
        Text("format", dataset.Format != DatasetKey.Format(dataset.Key) ? dataset.Format : "");
        Text("shell", dataset.Shell);
        List("requires", dataset.Requires);
        if (dataset.Delegate == false)
        {
            fields.Add(("delegate", new TomlBoolean(false)));
        }

        Value("fetcher", dataset.Fetcher);
        Value("loader", dataset.Loader);
        fields.AddRange(manifest.TableOf(name)!.Where(entry => !Modelled.Contains(entry.Key)).Select(entry => (entry.Key, entry.Value)));
        Value("_LANG", dataset.Languages);
        return fields;

        void Text(string field, string text)
        {
            if (text.Length > 0)
            {
                fields.Add((field, new TomlString(text)));
            }
        }

        void List(string field, IReadOnlyList<string> texts)
        {
            if (texts.Count > 0)
            {
                fields.Add((field, new TomlArray([.. texts.Select(text => new TomlString(text))])));
            }
        }

        void Flag(string field, bool isSet)
        {
            if (isSet)
            {
                fields.Add((field, new TomlBoolean(true)));
            }
        }

        void Value(string field, TomlValue? value)
        {
            if (value is not null)
            {
                fields.Add((field, value));
            }
        }
    }
}
