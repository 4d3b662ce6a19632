using System.Text.Json;
using DataManifest.Manifest;
using DataManifest.Toml;

namespace DataManifest.Storage;

/// <summary>The family's vectors: the same configuration must lead to the same places.</summary>
[TestClass]
public sealed class StorageVectorTests
{
    // Where an empty value counts as unset here: in the other tool it makes the file system's root the store, or disables a field.
    private static readonly Dictionary<string, string[]> Departures = new()
    {
        ["s010"] = ["datasets_dir", "datasets"],
        ["s035"] = ["datasets_dir", "datasets"],
        ["s069"] = ["datasets_pools"],
        ["s090"] = ["lock_stale_age"],
    };

    [TestMethod]
    public void Every_case_leads_to_the_same_places()
    {
        if (Environment.GetEnvironmentVariable("DATAMANIFEST_VECTORS") is not { Length: > 0 } folder)
        {
            Assert.Inconclusive("set DATAMANIFEST_VECTORS to the folder with the shared vectors");
            return;
        }

        var failures = new List<string>();
        var cases = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "storage.json"))).RootElement.GetProperty("cases").EnumerateArray().ToList();
        foreach (var item in cases)
        {
            var id = item.GetProperty("id").GetString()!;
            var root = item.GetProperty("project_root").GetString()!;
            var checkout = item.GetProperty("checkout_config").GetString()!;
            var expect = item.GetProperty("expect");
            var host = Hosts.Create(
                item.GetProperty("env").EnumerateObject().ToDictionary(variable => variable.Name, variable => variable.Value.GetString()!),
                name: item.GetProperty("hostname").GetString()!,
                files: [(expect.GetProperty("checkout_config_path").ToString(), checkout), (expect.GetProperty("user_config_path").GetString()!, item.GetProperty("user_config").GetString()!)]);
            var manifest = ManifestDocument.Parse(item.GetProperty("manifest").GetString()!, "datamanifest.toml");
            var storage = new StorageConfiguration(root, manifest.Storage, host);

            Check("datasets_dir", () => storage.DatasetsDirectory);
            Check("datacache_dir", () => storage.DatacacheDirectory);
            Check("datasets_pools", () => string.Join("|", storage.DatasetsPools));
            Check("datacache_pools", () => string.Join("|", storage.DatacachePools));
            Check("project", () => storage.Project);
            Check("default_remote", () => storage.DefaultRemote);
            Check("lock_stale_age", () => storage.LockStaleAge == Timeout.InfiniteTimeSpan ? "inf" : Text(JsonSerializer.SerializeToElement(storage.LockStaleAge.TotalSeconds)));
            Check("canonical_raw", () => storage.Canonical ? "1" : "");
            Check("datasets", () => string.Join("|", expect.GetProperty("datasets").EnumerateArray().Select(dataset => Describe(storage, dataset))));

            void Check(string field, Func<string> actual)
            {
                var expected = field switch
                {
                    "canonical_raw" => expect.GetProperty(field).ToString() is "1" or "yes" or "True" ? "1" : "",
                    "datasets" => string.Join("|", expect.GetProperty(field).EnumerateArray().Select(Describe)),
                    _ => Text(expect.GetProperty(field)),
                };
                string got;
                try
                {
                    got = actual();
                }
                catch (DataManifestException e) when (e.Code == "DM0302")
                {
                    got = "error";
                }

                if (Departures.TryGetValue(id, out var fields) && fields.Contains(field) ? got == expected : got != expected)
                {
                    failures.Add($"{id} {field}: expected {expected}, got {got}");
                }
            }
        }

        Assert.HasCount(100, cases);
        Assert.IsEmpty(failures, string.Join("\n", failures));
    }

    /// <summary>Where each dataset of the key vectors is downloaded to, and where its data are; not that of the datasets without a key, which others put over the whole store.</summary>
    [TestMethod]
    public void Every_dataset_leads_to_the_same_place()
    {
        if (Environment.GetEnvironmentVariable("DATAMANIFEST_VECTORS") is not { Length: > 0 } folder)
        {
            Assert.Inconclusive("set DATAMANIFEST_VECTORS to the folder with the shared vectors");
            return;
        }

        var layout = TomlDocument.Parse("datasets_dir = '/D'\nscratch = '/S'").Root;
        var storage = new StorageConfiguration("/P", layout, Hosts.Create(new() { ["HOME"] = "/home/tester" }));
        var failures = new List<string>();
        var count = 0;
        foreach (var vector in JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "keys.json"))).RootElement.GetProperty("cases").EnumerateArray())
        {
            var expect = vector.GetProperty("expect");
            var expression = vector.GetProperty("input").TryGetProperty("storage_path", out var written) ? written.GetString()! : "";
            if (expect.TryGetProperty("error", out _) || vector.GetProperty("input").TryGetProperty("lazy_access", out _) || vector.GetProperty("input").TryGetProperty("skip_download", out _))
            {
                continue;
            }

            var key = expect.GetProperty("key").GetString()!;
            Check("path_download", storage.Expand(expression, key));
            Check("path_dataset", storage.Expand(expression, expect.GetProperty("extract").GetBoolean() ? DatasetKey.ExtractionName(key) : key));
            Check("user_managed", StorageConfiguration.IsUserManaged(expression).ToString());
            count++;

            void Check(string what, string actual)
            {
                if (expect.GetProperty(what).ToString() != actual)
                {
                    failures.Add($"{vector.GetProperty("id")} {what}: expected {expect.GetProperty(what)}, got {actual}");
                }
            }
        }

        Assert.IsGreaterThan(300, count);
        Assert.IsEmpty(failures, string.Join("\n", failures));
    }

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => string.Join("|", value.EnumerateArray().Select(entry => entry.GetString())),
        JsonValueKind.Object => "error",
        JsonValueKind.Number => value.GetDouble().ToString(System.Globalization.CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };

    private static string Describe(JsonElement dataset) =>
        dataset.TryGetProperty("error", out _) ? "error" : $"{dataset.GetProperty("path")} {dataset.GetProperty("user_managed")} {dataset.GetProperty("local_to_project")}";

    private static string Describe(StorageConfiguration storage, JsonElement dataset)
    {
        var expression = dataset.GetProperty("storage_path").GetString()!;
        try
        {
            var path = storage.Expand(expression, dataset.GetProperty("key").GetString()!);
            return $"{path} {StorageConfiguration.IsUserManaged(expression)} {storage.IsLocalToProject(path)}";
        }
        catch (DataManifestException e) when (e.Code == "DM0302")
        {
            return "error";
        }
    }
}
