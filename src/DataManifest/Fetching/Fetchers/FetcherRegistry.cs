using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using DataManifest.Bindings;
using DataManifest.Diagnostics;
using DataManifest.Fetching;

namespace DataManifest;

/// <summary>
/// The C# functions that manifests name as fetchers: functions that were registered under the text of their reference, then static methods of assemblies. Not for use
/// by several threads while it is filled.
/// </summary>
public sealed class FetcherRegistry : IDisposable
{
    private readonly Dictionary<string, Fetcher> _functions = new(StringComparer.Ordinal);
    private readonly List<FetcherAssembly> _assemblies = [];

    /// <summary>Whether no function and no assembly is known.</summary>
    public bool IsEmpty => _functions.Count == 0 && _assemblies.Count == 0;

    /// <summary>Registers a function; works in trimmed and natively compiled programs too.</summary>
    /// <param name="reference">The reference as the manifest has it, <c>Namespace.Type:Method</c>.</param>
    /// <param name="fetcher">The function. Arguments in the binding are in its target.</param>
    /// <returns>This registry.</returns>
    public FetcherRegistry Add(string reference, Fetcher fetcher)
    {
        _functions[reference] = fetcher;
        return this;
    }

    /// <summary>Finds fetchers in an assembly that is loaded, in those that it references, and in those that lie in the program's folder.</summary>
    /// <param name="assembly">The assembly.</param>
    /// <returns>This registry.</returns>
    [RequiresUnreferencedCode("Finds methods by name; register functions in a trimmed program.")]
    [RequiresDynamicCode("Makes arguments of types that are known at run time only; register functions in a natively compiled program.")]
    public FetcherRegistry AddAssembly(Assembly assembly)
    {
        _assemblies.Add(new FetcherAssembly(assembly));
        return this;
    }

    /// <summary>
    /// Finds fetchers in an assembly's file and in the assemblies beside it. They are loaded when a fetcher is needed first, apart from the program's own
    /// assemblies, and the files are not held open.
    /// </summary>
    /// <param name="path">The file; it need not exist as long as no fetcher is needed.</param>
    /// <returns>This registry.</returns>
    [RequiresUnreferencedCode("Finds methods by name; register functions in a trimmed program.")]
    [RequiresDynamicCode("Makes arguments of types that are known at run time only; register functions in a natively compiled program.")]
    public FetcherRegistry AddAssembly(string path)
    {
        _assemblies.Add(new FetcherAssembly(Path.GetFullPath(path)));
        return this;
    }

    /// <summary>Lets go of assemblies that were loaded from files, once nothing of theirs runs any more.</summary>
    public void Dispose()
    {
        foreach (var assembly in _assemblies)
        {
            assembly.Dispose();
        }
    }

    /// <summary>The fetchers of the program that runs.</summary>
    /// <param name="assembly">Its assembly; null for the one that was started.</param>
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "In a trimmed program a fetcher is not found, and the error says to register it.")]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "In a natively compiled program a fetcher is not found, and the error says to register it.")]
    internal static FetcherRegistry OfProgram(Assembly? assembly = null) =>
        (assembly ?? Assembly.GetEntryAssembly()) is { } program ? new FetcherRegistry().AddAssembly(program) : new FetcherRegistry();

    /// <summary>The function that a binding names.</summary>
    /// <param name="dataset">The dataset's name, for messages.</param>
    /// <param name="binding">Its fetcher.</param>
    /// <exception cref="FetchFaultException">There is none, or it cannot be called with what the binding gives it.</exception>
    internal Fetcher Find(string dataset, Binding binding)
    {
        if (_functions.TryGetValue(binding.Reference, out var function))
        {
            return function;
        }

        var searched = new List<string>();
        foreach (var assembly in _assemblies)
        {
            if (assembly.FindType(binding, searched) is { } type)
            {
                return FetcherMethod.Of(dataset, binding, type);
            }
        }

        var meant = _assemblies.Select(assembly => assembly.Meant(binding)).FirstOrDefault(name => name is not null)
            ?? Manifest.Spelling.Closest(binding.Reference, _functions.Keys);
        throw new FetchFaultException(
            DiagnosticRules.FetcherNotFound,
            $"The fetcher '{binding.Reference}' of dataset '{dataset}' was not found: "
            + (searched.Count > 0 ? $"there is no type '{binding.Module}' in {string.Join(", ", searched)}" : "no assembly and no function is known that could hold it")
            + (meant is not null ? $"; did you mean '{meant}'?" : ".")
            + " A build looks into the assembly that DataManifestFetcherAssembly names, a program into its own, or it registers the function (DatabaseOptions.Fetchers).");
    }
}
