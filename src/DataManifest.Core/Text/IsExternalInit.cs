#if NETSTANDARD2_0
namespace System.Runtime.CompilerServices;

/// <summary>Lets the compiler emit <c>init</c> accessors and records for netstandard2.0, whose reference assemblies lack this type.</summary>
internal static class IsExternalInit;
#endif
