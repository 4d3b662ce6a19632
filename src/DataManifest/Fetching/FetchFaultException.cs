using DataManifest.Diagnostics;

namespace DataManifest.Fetching;

/// <summary>
/// Why one dataset cannot be had, told by the part that found out: hashing, an archive, a transport. The fetch operation adds the dataset's name
/// and turns it into the public exception.
/// </summary>
/// <param name="rule">Which finding it is.</param>
/// <param name="message">What is wrong and what to do; without secrets.</param>
/// <param name="inner">What it follows from, or null.</param>
internal sealed class FetchFaultException(DiagnosticRule rule, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Which finding it is.</summary>
    public DiagnosticRule Rule { get; } = rule;
}
