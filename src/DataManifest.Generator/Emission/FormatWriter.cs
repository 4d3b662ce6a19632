using DataManifest.Bindings;
using DataManifest.Generator.Loading;

namespace DataManifest.Generator.Emission;

/// <summary>Writes the members that load a dataset by its format, without a loader.</summary>
internal static class FormatWriter
{
    private const string Formats = "global::DataManifest.Loading.DatasetFormats";

    private const string Json = "global::System.Text.Json";

    private const string CodeAnalysis = "global::System.Diagnostics.CodeAnalysis";

    /// <summary>Writes <c>Load</c> in the forms that the format has; one that says what is missing for a format that is none of the built-in ones.</summary>
    /// <param name="code">The dataset's type.</param>
    /// <param name="plan">How it is loaded.</param>
    public static void Write(CodeWriter code, LoadPlan plan)
    {
        switch (plan.Format)
        {
            case BuiltInFormat.Text:
                Member(code, "string", "ReadText", "Reads the whole file as text: UTF-8 unless a byte order mark says otherwise.");
                break;
            case BuiltInFormat.Bytes:
                Member(code, "byte[]", "ReadBytes", "Reads the whole file.");
                break;
            case BuiltInFormat.Json:
                WriteJson(code, "ReadJson", "Reads the file as JSON. Dispose of the document when it is not needed any more.");
                break;
            case BuiltInFormat.Yaml:
                WriteJson(code, "ReadYaml", "Reads the file as YAML, as the JSON with the same values. Dispose of the document when it is not needed any more.");
                break;
            case BuiltInFormat.Toml:
                Member(code, "global::DataManifest.Toml.TomlTable", "ReadToml", "Reads the file as TOML.");
                break;
            case BuiltInFormat.Folder:
                Member(code, "global::System.IO.DirectoryInfo", "OpenFolder", "The folder with the dataset's files.");
                break;
            case BuiltInFormat.Archive:
                Member(code, "global::DataManifest.Loading.UnpackedArchive", "Unpack", "Unpacks the archive into a temporary folder, which is deleted when the result is disposed of.");
                break;
            case BuiltInFormat.None when plan.Refusal.Length > 0:
                var rule = DiagnosticRules.NoLoader;
                code.Separate();
                code.Line("/// <summary>Nothing loads the dataset; the compiler says what to do.</summary>");
                code.Line($"[global::System.Obsolete({CSharpText.Literal(plan.Refusal)}, true, DiagnosticId = \"{rule.Code}\", UrlFormat = \"{rule.HelpLink}\")]");
                code.Line($"public dynamic Load() => throw {Formats}.NothingLoads(this);");
                break;
        }
    }

    private static void Member(CodeWriter code, string type, string method, string summary)
    {
        Document(code, summary);
        code.Line($"public {type} Load() => {Formats}.{method}(this);");
    }

    private static void WriteJson(CodeWriter code, string method, string summary)
    {
        Member(code, $"{Json}.JsonDocument", method, summary);
        Document(code, "Reads the file as a value of a type.");
        code.Line("/// <typeparam name=\"T\">The type.</typeparam>");
        code.Line("/// <param name=\"type\">How the type is read: a member of a generated serializer context. Works in programs that are trimmed or compiled ahead of time.</param>");
        code.Line($"public T Load<T>({Json}.Serialization.Metadata.JsonTypeInfo<T> type) => {Formats}.{method}(this, type);");
        Document(code, "Reads the file as a value of a type.");
        code.Line("/// <typeparam name=\"T\">The type.</typeparam>");
        code.Line("/// <param name=\"options\">How; without it, letter case of names does not matter and numbers may be texts, as on the web.</param>");
        code.Line($"[{CodeAnalysis}.RequiresUnreferencedCode({Formats}.ReflectionMessage)]");
        code.Line($"[{CodeAnalysis}.RequiresDynamicCode({Formats}.ReflectionMessage)]");
        code.Line($"public T Load<T>({Json}.JsonSerializerOptions options = null) => {Formats}.{method}<T>(this, options);");
    }

    private static void Document(CodeWriter code, string summary)
    {
        code.Separate();
        code.Line($"/// <summary>{summary}</summary>");
        code.Line("/// <exception cref=\"global::DataManifest.DatasetNotFoundException\">The data are not there, or not wholly; the message says how to get them.</exception>");
        code.Line("/// <exception cref=\"global::DataManifest.DataManifestException\">They are not what their format says.</exception>");
    }
}
