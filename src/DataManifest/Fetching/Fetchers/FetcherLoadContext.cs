using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.Loader;
using DataManifest.Manifest;

namespace DataManifest.Fetching;

/// <summary>
/// Where an assembly with fetchers lives in another program, a build: with its own dependencies, but with this engine. Files are read and closed, so that they can be
/// built again; all can be unloaded.
/// </summary>
/// <param name="path">The assembly's file.</param>
[RequiresUnreferencedCode("Loads assemblies from files.")]
internal sealed class FetcherLoadContext(string path) : AssemblyLoadContext(Path.GetFileNameWithoutExtension(path), isCollectible: true)
{
    private static readonly Assembly[] Shared = [typeof(Database).Assembly, typeof(DatasetDeclaration).Assembly];

    private readonly AssemblyDependencyResolver _resolver = new(path);

    /// <summary>Loads the assembly.</summary>
    public Assembly LoadMain() => LoadFile(path);

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName) =>
        Array.Find(Shared, shared => shared.GetName().Name == assemblyName.Name) is { } engine ? engine
        : (_resolver.ResolveAssemblyToPath(assemblyName) ?? Beside(assemblyName)) is { } file ? LoadFile(file)
        : null;

    /// <inheritdoc/>
    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        _resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } file ? LoadUnmanagedDllFromPath(file) : 0;

    private string? Beside(AssemblyName name) => Path.Join(Path.GetDirectoryName(path), name.Name + ".dll") is var file && File.Exists(file) ? file : null;

    private Assembly LoadFile(string file)
    {
        using var image = new MemoryStream(File.ReadAllBytes(file));
        var symbols = Path.ChangeExtension(file, ".pdb");
        using var debug = File.Exists(symbols) ? new MemoryStream(File.ReadAllBytes(symbols)) : null;
        return LoadFromStream(image, debug);
    }
}
