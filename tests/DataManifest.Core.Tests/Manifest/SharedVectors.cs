using System.Globalization;
using System.Numerics;
using System.Text.Json;
using DataManifest.Toml;

namespace DataManifest.Manifest;

/// <summary>Reads the format's test vectors, which are kept outside the repository.</summary>
internal static class SharedVectors
{
    /// <summary>The content of a vector file; ends the test when the folder is not given.</summary>
    public static JsonElement Read(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder("DATAMANIFEST_VECTORS"), file)));
        return document.RootElement.Clone();
    }

    /// <summary>The folder that an environment variable names; ends the test when it is not set.</summary>
    public static string Folder(string variable)
    {
        if (Environment.GetEnvironmentVariable(variable) is not { Length: > 0 } folder)
        {
            Assert.Inconclusive($"set {variable} to run these cases");
            throw new InvalidOperationException();
        }

        return folder;
    }

    /// <summary>A JSON object as a TOML table; nulls, which TOML lacks, are left out.</summary>
    public static TomlTable Table(JsonElement json)
    {
        var table = new TomlTable();
        foreach (var property in json.EnumerateObject().Where(property => property.Value.ValueKind != JsonValueKind.Null))
        {
            table.Add(property.Name, Value(property.Value));
        }

        return table;
    }

    /// <summary>The strings of a JSON array.</summary>
    public static string[] Strings(JsonElement json) => [.. json.EnumerateArray().Select(item => item.GetString()!)];

    private static TomlValue Value(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => new TomlString(json.GetString()!),
        JsonValueKind.True or JsonValueKind.False => new TomlBoolean(json.GetBoolean()),
        JsonValueKind.Number => new TomlInteger(BigInteger.Parse(json.GetRawText(), CultureInfo.InvariantCulture)),
        JsonValueKind.Array => new TomlArray([.. json.EnumerateArray().Select(Value)]),
        _ => Table(json),
    };
}
