using System.Runtime.CompilerServices;

namespace DataManifest.Text;

/// <summary>Marks what runs for every character or every field of a manifest.</summary>
internal static class HotPath
{
    /// <summary>
    /// Compiles a method well at its first call. Most programs read one manifest and once, which is over before the runtime has noticed which methods are worth
    /// compiling well. (<c>AggressiveOptimization</c>, a name that netstandard2.0 lacks; runtimes that do not know it ignore it.)
    /// </summary>
    public const MethodImplOptions CompiledWell = (MethodImplOptions)512;
}
