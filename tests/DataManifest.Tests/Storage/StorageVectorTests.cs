using System.Text.Json;
using DataManifest.Manifest;

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
