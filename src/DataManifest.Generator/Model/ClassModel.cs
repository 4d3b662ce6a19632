using DataManifest.Generator.Naming;

namespace DataManifest.Generator.Model;

/// <summary>The generated class and the names of its own that are chosen with regard to the datasets'.</summary>
/// <param name="Settings">What the project says of the class.</param>
/// <param name="TypesName">The nested class that holds the types of the properties.</param>
/// <param name="AllName">The list of all datasets.</param>
internal sealed record ClassModel(GeneratorSettings Settings, string TypesName, string AllName)
{
    /// <summary>The namespace as code writes it; empty for the global one.</summary>
    public string Namespace => string.Join(".", Settings.Namespace.Split('.').Select(Identifier.Escape));

    /// <summary>The class as code writes it.</summary>
    public string Name => Identifier.Escape(Settings.ClassName);

    /// <summary>Whether the project's C# knows nullable annotations.</summary>
    public bool HasNullable => Settings.LanguageVersion >= LanguageVersion.CSharp8;
}
