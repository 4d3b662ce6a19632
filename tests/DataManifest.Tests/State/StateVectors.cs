using System.Text.Json;

namespace DataManifest.State;

/// <summary>The state file's test vectors, which are kept outside the repository.</summary>
internal static class StateVectors
{
    /// <summary>The cases of a vector file; ends the test when the folder is not given.</summary>
    public static IReadOnlyList<JsonElement> Cases(string file)
    {
        if (Environment.GetEnvironmentVariable("DATAMANIFEST_VECTORS") is not { Length: > 0 } folder)
        {
            Assert.Inconclusive("set DATAMANIFEST_VECTORS to run these cases");
            return [];
        }

        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "state", file)));
        return [.. document.RootElement.Clone().GetProperty("cases").EnumerateArray()];
    }

    /// <summary>A member's text; empty when there is no such member.</summary>
    public static string Text(this JsonElement json, string member) => json.TryGetProperty(member, out var value) ? value.GetString() ?? "" : "";
}
