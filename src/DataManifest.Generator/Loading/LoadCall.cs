namespace DataManifest.Generator.Loading;

/// <summary>The call of a loader, as it is written.</summary>
/// <param name="Method">The method.</param>
/// <param name="Arguments">Its arguments as code.</param>
/// <param name="UsesStream">Whether the file is opened for it.</param>
/// <param name="TakesToken">Whether it can be cancelled.</param>
internal sealed record LoadCall(MethodModel Method, string Arguments, bool UsesStream, bool TakesToken);
