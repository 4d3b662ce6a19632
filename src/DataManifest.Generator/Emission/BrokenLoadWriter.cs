using DataManifest.Generator.Loading;

namespace DataManifest.Generator.Emission;

/// <summary>Writes members that stand in for a loader that cannot be called. Of an unknown type, they fit wherever they are used.</summary>
internal static class BrokenLoadWriter
{
    /// <summary>Writes the members.</summary>
    /// <param name="code">The dataset's type.</param>
    /// <param name="broken">The loader.</param>
    /// <param name="isReported">Whether an analyzer reports it; without one the members themselves have to be the error.</param>
    public static void Write(CodeWriter code, BrokenLoader broken, bool isReported)
    {
        foreach (var (name, type) in Members(broken.Method))
        {
            code.Separate();
            code.Line("/// <summary>Cannot be called: the dataset's loader is wrong, which is an error at its line in the manifest.</summary>");
            if (!isReported)
            {
                code.Line($"[global::System.Obsolete({CSharpText.Literal(broken.Problem)}, true)]");
            }

            code.Line($"{(broken.Method is { IsPublic: false } ? "internal" : "public")} {type} {name}({LoadWriter.Token}) => throw new global::System.InvalidOperationException({CSharpText.Literal(broken.Problem)});");
        }
    }

    private static (string Name, string Type)[] Members(MethodModel? method) => method switch
    {
        null => [("Load", "dynamic"), ("LoadAsync", "dynamic")],
        { Form: LoadForm.Value } => [("Load", method.ReturnType)],
        { Form: LoadForm.Task } => [("LoadAsync", method.ReturnType), ("Load", method.ResultType)],
        _ => [("LoadAsync", method.ReturnType)],
    };
}
