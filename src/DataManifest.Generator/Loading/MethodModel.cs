using DataManifest.Generator.Model;

namespace DataManifest.Generator.Loading;

/// <summary>A method that a binding may mean, as a value. Equal to another one when the code that calls it would be the same.</summary>
/// <param name="Display">The method for messages, with its parameters.</param>
/// <param name="Target">What is called, as code writes it: type, method and type arguments.</param>
/// <param name="Interface">The interface that has the static abstract method which is called; empty for any other method, which needs no way round.</param>
/// <param name="Implementation">The type that implements it.</param>
/// <param name="TypeParameters">The type parameters that the manifest leaves open, with brackets; empty when there are none.</param>
/// <param name="Constraints">The constraints of <paramref name="TypeParameters"/>.</param>
/// <param name="Form">How it gives its result.</param>
/// <param name="ReturnType">What it returns.</param>
/// <param name="ResultType">What is loaded: the type in the task, or <paramref name="ReturnType"/>.</param>
/// <param name="IsPublic">Whether everybody sees what it returns.</param>
/// <param name="KeepsStream">Whether the result goes on reading when the method has returned.</param>
/// <param name="Parameters">The parameters.</param>
/// <param name="Problem">Why no binding can call it; null when one can.</param>
internal sealed record MethodModel(
    string Display,
    string Target,
    string Interface,
    string Implementation,
    string TypeParameters,
    string Constraints,
    LoadForm Form,
    string ReturnType,
    string ResultType,
    bool IsPublic,
    bool KeepsStream,
    EquatableArray<ParameterModel> Parameters,
    MethodProblem? Problem);

/// <summary>Why no binding can call a method.</summary>
/// <param name="Rule">Which finding it is; null when the compiler reports it.</param>
/// <param name="Message">What is wrong with the method, as the end of a sentence that it begins.</param>
internal sealed record MethodProblem(DiagnosticRule? Rule, string Message);
