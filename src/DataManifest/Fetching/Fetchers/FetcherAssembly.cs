using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.Loader;
using DataManifest.Bindings;
using DataManifest.Diagnostics;
using DataManifest.Manifest;

namespace DataManifest.Fetching;

/// <summary>An assembly in which fetchers are looked for, and those around it.</summary>
internal sealed class FetcherAssembly : IDisposable
{
    private const string IsAnnotated = "Both ways of adding an assembly to a registry say that they need this.";

    private readonly string _folder;
    private readonly Lazy<Assembly> _assembly;
    private FetcherLoadContext? _own;

    /// <summary>An assembly that is loaded.</summary>
    /// <param name="assembly">The assembly.</param>
    public FetcherAssembly(Assembly assembly) => (_folder, _assembly) = (AppContext.BaseDirectory, new(assembly));

    /// <summary>An assembly that is loaded from its file when it is needed.</summary>
    /// <param name="path">The file, absolute.</param>
    public FetcherAssembly(string path) => (_folder, _assembly) = (Path.GetDirectoryName(path)!, new(() => Load(path)));

    /// <summary>Lets go of what was loaded from files.</summary>
    public void Dispose() => _own?.Unload();

    /// <summary>The type in which a binding's function is; null when there is none of that name.</summary>
    /// <param name="binding">The binding.</param>
    /// <param name="searched">Receives the names of the assemblies that do not have it.</param>
    /// <exception cref="FetchFaultException">The assembly is not there or cannot be loaded.</exception>
    public Type? FindType(Binding binding, List<string> searched)
    {
        foreach (var assembly in Assemblies(binding.Module))
        {
            if (TypeOf(assembly, binding.Module) is { } type)
            {
                return type;
            }

            searched.Add(assembly.GetName().Name ?? "");
        }

        return null;
    }

    /// <summary>A reference close to one that names no type here; null when none is.</summary>
    /// <param name="binding">The binding.</param>
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = IsAnnotated)]
    public string? Meant(Binding binding)
    {
        string[] types = [.. TypesOf(_assembly.Value).Select(type => type.FullName!.Replace('+', '.'))];
        var last = binding.Module[(binding.Module.LastIndexOf('.') + 1)..];
        var meant = Array.Find(types, type => type == last || type.EndsWith("." + last, StringComparison.Ordinal)) ?? Spelling.Closest(binding.Module, types);
        return meant is null ? null : $"{meant}:{binding.Function}";
    }

    /// <summary>The assembly itself, those that it references, and at last those in its folder, the likeliest first.</summary>
    private IEnumerable<Assembly> Assemblies(string module)
    {
        yield return _assembly.Value;
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { _assembly.Value.GetName().Name ?? "" };
        var files = Directory.Exists(_folder) ? Directory.EnumerateFiles(_folder, "*.dll").Select(file => Path.GetFileNameWithoutExtension(file)) : [];
        var near = files.OrderByDescending(name => module.StartsWith(name, StringComparison.OrdinalIgnoreCase)).ThenBy(name => name, StringComparer.Ordinal);
        foreach (var name in ReferencesOf(_assembly.Value).Concat(near).Where(seen.Add))
        {
            if (!IsPlatform(name) && TryLoad(name) is { } assembly)
            {
                yield return assembly;
            }
        }
    }

    private Assembly? TryLoad(string name)
    {
        try
        {
            return AssemblyLoadContext.GetLoadContext(_assembly.Value)!.LoadFromAssemblyName(new AssemblyName(name));
        }
        catch (Exception e) when (e is IOException or BadImageFormatException)
        {
            return null; // A native library, or one for another platform.
        }
    }

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = IsAnnotated)]
    private Assembly Load(string path)
    {
        if (!File.Exists(path))
        {
            throw new FetchFaultException(
                DiagnosticRules.FetcherNotFound, $"The assembly '{path}' with the fetchers does not exist. Build its project first, or correct DataManifestFetcherAssembly.");
        }

        try
        {
            _own = new FetcherLoadContext(path);
            return _own.LoadMain();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or BadImageFormatException or InvalidOperationException)
        {
            throw new FetchFaultException(DiagnosticRules.FetcherNotFound, $"The assembly '{path}' with the fetchers cannot be loaded: {e.Message}", e);
        }
    }

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = IsAnnotated)]
    private static IEnumerable<string> ReferencesOf(Assembly assembly) => assembly.GetReferencedAssemblies().Select(name => name.Name ?? "");

    /// <summary>A type by its name in C#, in which a nested type follows a dot.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = IsAnnotated)]
    private static Type? TypeOf(Assembly assembly, string module)
    {
        var name = module.StartsWith("global::", StringComparison.Ordinal) ? module["global::".Length..] : module;
        while (true)
        {
            if (assembly.GetType(name) is { } type)
            {
                return type;
            }

            var dot = name.LastIndexOf('.');
            if (dot < 0)
            {
                return null;
            }

            name = $"{name[..dot]}+{name[(dot + 1)..]}";
        }
    }

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = IsAnnotated)]
    private static IEnumerable<Type> TypesOf(Assembly assembly)
    {
        try
        {
            return assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException some)
        {
            return some.Types.OfType<Type>();
        }
    }

    private static bool IsPlatform(string name) =>
        name is "mscorlib" or "netstandard" || name.StartsWith("System.", StringComparison.Ordinal) || name.StartsWith("Microsoft.", StringComparison.Ordinal);
}
