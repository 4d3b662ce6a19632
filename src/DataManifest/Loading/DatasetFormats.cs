using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using DataManifest.Bindings;
using DataManifest.Diagnostics;
using DataManifest.Toml;

namespace DataManifest.Loading;

/// <summary>
/// Loads data by their format, without a loader (specification, "Load ladder", the built-in rung). <c>Load()</c> of a generated dataset calls the method of its
/// format; a program without generated code calls the one that it wants.
/// </summary>
public static class DatasetFormats
{
    /// <summary>Why reading values of any type by reflection does not work in every program.</summary>
    public const string ReflectionMessage = "Reads types by reflection. In a program that is trimmed or compiled ahead of time give the JsonTypeInfo of a JsonSerializerContext.";

    /// <summary>Reads the whole file as text: UTF-8 unless a byte order mark says otherwise.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <exception cref="DatasetNotFoundException">The data are not there.</exception>
    /// <exception cref="DataManifestException">The dataset is a folder, or is opened where it is.</exception>
    public static string ReadText(this Dataset dataset) => dataset.ReadAllText();

    /// <summary>Reads the whole file.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <exception cref="DatasetNotFoundException">The data are not there.</exception>
    /// <exception cref="DataManifestException">The dataset is a folder, or is opened where it is.</exception>
    public static byte[] ReadBytes(this Dataset dataset)
    {
        using var stream = dataset.OpenRead();
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>Reads the file as JSON; comments and commas at the end of lists are allowed.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <returns>The document; the caller disposes of it.</returns>
    /// <exception cref="DatasetNotFoundException">The data are not there.</exception>
    /// <exception cref="DataManifestException">The data are no JSON (DM0808), or the dataset is no file.</exception>
    public static JsonDocument ReadJson(this Dataset dataset) => JsonData.OfJson(dataset).ReadDocument();

    /// <summary>Reads the file as JSON, as a value of a type.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="dataset">The dataset.</param>
    /// <param name="type">How the type is read; its options apply.</param>
    /// <exception cref="DatasetNotFoundException">The data are not there.</exception>
    /// <exception cref="DataManifestException">The data are no such value (DM0808), or the dataset is no file.</exception>
    public static T ReadJson<T>(this Dataset dataset, JsonTypeInfo<T> type) => JsonData.OfJson(dataset).Read(type);

    /// <summary>Reads the file as JSON, as a value of a type.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="dataset">The dataset.</param>
    /// <param name="options">How; without it letter case of names does not matter, and comments, commas at the end of lists and numbers in quotes are allowed.</param>
    /// <exception cref="DatasetNotFoundException">The data are not there.</exception>
    /// <exception cref="DataManifestException">The data are no such value (DM0808), or the dataset is no file.</exception>
    [RequiresUnreferencedCode(ReflectionMessage)]
    [RequiresDynamicCode(ReflectionMessage)]
    public static T ReadJson<T>(this Dataset dataset, JsonSerializerOptions? options = null) => JsonData.OfJson(dataset).Read<T>(options);

    /// <summary>
    /// Reads the file as YAML, as the JSON with the same values: what has no quotes is null, a boolean or a number when YAML 1.2 says so, keys are texts. Tags are
    /// not acted on.
    /// </summary>
    /// <param name="dataset">The dataset.</param>
    /// <returns>The document; the caller disposes of it.</returns>
    /// <exception cref="DatasetNotFoundException">The data are not there.</exception>
    /// <exception cref="DataManifestException">The data are no YAML or several documents (DM0808), or the dataset is no file.</exception>
    public static JsonDocument ReadYaml(this Dataset dataset) => JsonData.OfYaml(dataset).ReadDocument();

    /// <summary>Reads the file as YAML, as a value of a type: that of the JSON with the same values.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="dataset">The dataset.</param>
    /// <param name="type">How the type is read; its options apply.</param>
    /// <exception cref="DatasetNotFoundException">The data are not there.</exception>
    /// <exception cref="DataManifestException">The data are no such value (DM0808), or the dataset is no file.</exception>
    public static T ReadYaml<T>(this Dataset dataset, JsonTypeInfo<T> type) => JsonData.OfYaml(dataset).Read(type);

    /// <summary>Reads the file as YAML, as a value of a type: that of the JSON with the same values.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="dataset">The dataset.</param>
    /// <param name="options">How; without it letter case of names does not matter, and numbers in quotes are allowed.</param>
    /// <exception cref="DatasetNotFoundException">The data are not there.</exception>
    /// <exception cref="DataManifestException">The data are no such value (DM0808), or the dataset is no file.</exception>
    [RequiresUnreferencedCode(ReflectionMessage)]
    [RequiresDynamicCode(ReflectionMessage)]
    public static T ReadYaml<T>(this Dataset dataset, JsonSerializerOptions? options = null) => JsonData.OfYaml(dataset).Read<T>(options);

    /// <summary>Reads the file as TOML 1.0.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <returns>The table of the whole document.</returns>
    /// <exception cref="DatasetNotFoundException">The data are not there.</exception>
    /// <exception cref="DataManifestException">The data are no TOML (DM0808), or the dataset is no file.</exception>
    public static TomlTable ReadToml(this Dataset dataset)
    {
        try
        {
            return TomlDocument.Parse(TomlText.Decode(dataset.ReadBytes())).Root;
        }
        catch (TomlException broken)
        {
            throw DataFault.Malformed(dataset, "TOML", broken.Message, broken);
        }
    }

    /// <summary>The folder of a dataset that is one: an archive that was unpacked, or a batch.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <exception cref="DatasetNotFoundException">The data are not there.</exception>
    /// <exception cref="DataManifestException">The dataset is no folder (DM0808).</exception>
    public static DirectoryInfo OpenFolder(this Dataset dataset)
    {
        var path = dataset.Path;
        return Directory.Exists(path)
            ? new DirectoryInfo(path)
            : throw DataFault.Malformed(dataset, "a folder", $"'{path}' is none");
    }

    /// <summary>Unpacks the archive that a dataset is into a temporary folder; with <c>extract = true</c> in the manifest it is unpacked once, when it is fetched.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <returns>The folder; deleted when it is disposed of.</returns>
    /// <exception cref="DatasetNotFoundException">The data are not there.</exception>
    /// <exception cref="DataManifestException">The data are no archive that can be unpacked safely, or the dataset is no file.</exception>
    public static UnpackedArchive Unpack(this Dataset dataset) => UnpackedArchive.Of(dataset);

    /// <summary>For generated code: why nothing loads a dataset.</summary>
    /// <param name="dataset">The dataset.</param>
    public static DataManifestException NothingLoads(Dataset dataset) => new(DiagnosticRules.NoLoader, FormatPackages.Refusal(dataset.Declaration), dataset.Name);
}
