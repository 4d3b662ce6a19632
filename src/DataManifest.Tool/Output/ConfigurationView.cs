using System.Text.Json.Nodes;
using DataManifest.Storage;

namespace DataManifest.Tool.Output;

/// <summary>The storage configuration of this machine, and every rule that it comes from.</summary>
internal static class ConfigurationView
{
    /// <summary>Prints it.</summary>
    /// <param name="console">Where it goes.</param>
    /// <param name="database">The opened manifest.</param>
    /// <param name="asJson">Whether as JSON.</param>
    public static void Print(ToolConsole console, Database database, bool asJson)
    {
        var storage = database.Locator.Storage;
        if (asJson)
        {
            console.WriteJson(Json(storage));
            return;
        }

        var style = new Style(console.IsTerminal);
        console.Out.WriteLine(style.Bold($"Host: {storage.HostName}"));
        console.Out.WriteLine(style.Bold("Resolved for this host:"));
        foreach (var field in storage.Fields.Where(field => field.Name is "datasets_dir" or "datacache_dir" || (field.Name is "datasets_pools" or "datacache_pools" && field.Values.Count > 0)))
        {
            console.Out.WriteLine($"  {field.Name,-14} -> {(field.Problem.Length > 0 ? $"<unresolved: {field.Problem}>" : string.Join(", ", field.Values))}");
        }

        var rules = storage.Rules;
        foreach (var layer in rules.GroupBy(rule => rule.Layer))
        {
            console.Out.WriteLine(style.Bold($"{Title(layer.Key, storage, database.Manifest.Path)}:"));
            foreach (var rule in layer)
            {
                var pattern = rule.HostPattern.Length > 0 ? $"[_HOST \"{rule.HostPattern}\"] " : "";
                var matches = rule.HostPattern.Length > 0 && rule.IsForThisHost ? style.Good("  ←matches") : "";
                console.Out.WriteLine($"  {pattern}{rule.Name} = {PythonText.Of(rule.Value)}{matches}");
            }
        }

        if (rules.Count == 0)
        {
            console.Out.WriteLine(style.Dim("  (no rules — built-in defaults apply)"));
        }
    }

    private static string Title(ConfigurationLayer layer, StorageConfiguration storage, string manifest) => layer switch
    {
        ConfigurationLayer.Environment => "environment",
        ConfigurationLayer.Checkout => $"local — {storage.CheckoutConfigurationFile}",
        ConfigurationLayer.Manifest => $"project — [_STORAGE] in {manifest}",
        _ => $"global — {storage.UserConfigurationFile}",
    };

    private static JsonObject Json(StorageConfiguration storage) => new()
    {
        ["host"] = storage.HostName,
        ["fields"] = new JsonArray([.. storage.Fields.Select(field => new JsonObject
        {
            ["name"] = field.Name,
            ["values"] = JsonOutput.Array(field.Values),
            ["layer"] = field.Layer.ToString().ToLowerInvariant(),
            ["host"] = field.HostPattern,
            ["problem"] = field.Problem.Length > 0 ? field.Problem : null,
        })]),
        ["rules"] = new JsonArray([.. storage.Rules.Select(rule => new JsonObject
        {
            ["layer"] = rule.Layer.ToString().ToLowerInvariant(),
            ["host"] = rule.HostPattern,
            ["matches"] = rule.IsForThisHost,
            ["name"] = rule.Name,
            ["value"] = DatasetJson.Of(rule.Value),
        })]),
    };
}
