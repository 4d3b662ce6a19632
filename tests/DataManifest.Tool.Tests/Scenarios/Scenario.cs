using System.Text.Json;
using System.Text.Json.Nodes;

namespace DataManifest.Tool.Scenarios;

/// <summary>Commands in turn on the same files, with what the family's reference printed and left after each.</summary>
/// <param name="Name">What it is about.</param>
/// <param name="Files">The files at the beginning.</param>
/// <param name="Steps">The commands, and changes of files between them.</param>
internal sealed record Scenario(string Name, JsonObject Files, IReadOnlyList<ScenarioStep> Steps)
{
    /// <summary>The recorded scenarios; none when the folder of vectors is not named.</summary>
    public static IReadOnlyList<Scenario> All { get; } = Read();

    private static Scenario[] Read()
    {
        if (Environment.GetEnvironmentVariable("DATAMANIFEST_VECTORS") is not { Length: > 0 } folder)
        {
            return [];
        }

        using var file = File.OpenRead(Path.Combine(folder, "state", "cli_scenarios.json"));
        return [.. JsonNode.Parse(file)!["scenarios"]!.AsArray().Select(scenario => new Scenario(
            (string)scenario!["name"]!, scenario["files"]!.AsObject(), scenario["steps"]!.Deserialize<ScenarioStep[]>(JsonSerializerOptions.Web)!))];
    }
}

/// <summary>One command or one change of files.</summary>
internal sealed record ScenarioStep
{
    /// <summary>The command line: a folder (<c>@cwd:</c>) and variables (<c>NAME=value</c>) first; null for a change of files.</summary>
    public string[]? Argv { get; init; }

    /// <summary>The exit code.</summary>
    public int Exit { get; init; }

    /// <summary>Standard output.</summary>
    public string Stdout { get; init; } = "";

    /// <summary>What is there afterwards; null when nothing changed.</summary>
    public ScenarioState? After { get; init; }

    /// <summary>A change of files.</summary>
    public JsonObject? Setup { get; init; }
}

/// <summary>What is there after a command.</summary>
internal sealed record ScenarioState
{
    /// <summary>The manifest; null when there is none.</summary>
    public string? Manifest { get; init; }

    /// <summary>The state file; null when there is none.</summary>
    public string? State { get; init; }

    /// <summary>The checkout's configuration; null when there is none.</summary>
    [System.Text.Json.Serialization.JsonPropertyName("checkout_config")]
    public string? CheckoutConfig { get; init; }

    /// <summary>The user's configuration; null when there is none.</summary>
    [System.Text.Json.Serialization.JsonPropertyName("user_config")]
    public string? UserConfig { get; init; }

    /// <summary>Every file with digest and size, without those that the scenario began with.</summary>
    public Dictionary<string, string> Files { get; init; } = [];
}
