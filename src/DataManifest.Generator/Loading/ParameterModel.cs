namespace DataManifest.Generator.Loading;

/// <summary>A loader's parameter as a value.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type.</param>
/// <param name="IsOptional">Whether a call may leave it out.</param>
/// <param name="IsParams">Whether it takes any number of values.</param>
internal sealed record ParameterModel(string Name, TypeModel Type, bool IsOptional, bool IsParams)
{
    /// <summary>The parameter as code shows it.</summary>
    public string Display => $"{(IsParams ? "params " : "")}{Type.Display} {Name}";
}
