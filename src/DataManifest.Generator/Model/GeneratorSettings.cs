using DataManifest.Generator.Analysis;
using DataManifest.Generator.Naming;

namespace DataManifest.Generator.Model;

/// <summary>What the project says of the generated class.</summary>
/// <param name="Namespace">The namespace, its parts valid identifiers (keywords not yet escaped); empty for the global one.</param>
/// <param name="ClassName">The class, a valid identifier.</param>
/// <param name="IsPublic">Whether other projects see the class.</param>
/// <param name="LanguageVersion">The project's C# version.</param>
internal sealed record GeneratorSettings(string Namespace, string ClassName, bool IsPublic, LanguageVersion LanguageVersion)
{
    /// <summary>The class when the project says nothing.</summary>
    public const string DefaultClassName = "Datasets";

    /// <summary>The MSBuild property that names the class.</summary>
    public const string ClassProperty = "DataManifestClass";

    private static readonly string[] AnalyzerProperties = ["RunAnalyzers", "RunAnalyzersDuringBuild"];

    /// <summary>Whether the project's framework has what reads the rows of tables: .NET 8 or later.</summary>
    public bool HasRows { get; init; } = true;

    /// <summary>Whether analyzers run beside the generator; a project may turn them off.</summary>
    public bool HasAnalyzers { get; init; } = true;

    /// <summary>The datasets that the project says that it uses; none when it uses all.</summary>
    public EquatableArray<string> References { get; init; } = new([]);

    /// <summary>Whether an analyzer reports what is wrong with the loader of a dataset. It is silent about those that the project leaves out.</summary>
    /// <param name="dataset">The dataset's name; one that only an alias or a requirement brings in counts as left out.</param>
    public bool ReportsLoaderOf(string dataset) => HasAnalyzers && (References.Count == 0 || References.Contains(dataset));

    /// <summary>Reads the project's properties. What is no identifier is made one, as the compiler has no way to refuse it here.</summary>
    /// <param name="options">The properties that the project shows to analyzers.</param>
    /// <param name="languageVersion">The project's C# version.</param>
    public static GeneratorSettings Read(AnalyzerConfigOptions options, LanguageVersion languageVersion)
    {
        var space = Property(options, "DataManifestNamespace");
        space = space.Length > 0 ? space : Property(options, "RootNamespace");
        var parts = space.Split(['.'], StringSplitOptions.RemoveEmptyEntries).Select(Identifier.Replace);
        return new GeneratorSettings(
            string.Join(".", parts),
            Identifier.Replace(ClassNameOf(options)),
            !Property(options, "DataManifestVisibility").Equals("internal", StringComparison.OrdinalIgnoreCase),
            languageVersion)
        {
            HasRows = Property(options, "TargetFrameworkIdentifier") is "" or ".NETCoreApp"
                && (!Version.TryParse(Property(options, "TargetFrameworkVersion").TrimStart('v'), out var version) || version.Major >= 8),
            References = new([.. DatasetReferences.Read(options)]),
            HasAnalyzers = !AnalyzerProperties.Any(property => Property(options, property).Equals("false", StringComparison.OrdinalIgnoreCase)),
        };
    }

    /// <summary>The class name as the project writes it, or the default.</summary>
    /// <param name="options">The properties that the project shows to analyzers.</param>
    public static string ClassNameOf(AnalyzerConfigOptions options) =>
        Property(options, ClassProperty) is { Length: > 0 } name ? name : DefaultClassName;

    private static string Property(AnalyzerConfigOptions options, string name) =>
        options.TryGetValue("build_property." + name, out var value) ? value.Trim() : "";
}
