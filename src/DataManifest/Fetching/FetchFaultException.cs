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

    /// <summary>Whether the source itself works and simply has nothing under the name that it was asked for.</summary>
    public bool IsMissing { get; init; }

    /// <summary>The status that a server answered with, when that is the reason; empty otherwise.</summary>
    public string Status { get; init; } = "";

    /// <summary>Whether every source was tried.</summary>
    public bool IsFinal { get; init; }

    /// <summary>What is wrong, without what to do about it: the first sentence.</summary>
    public string Problem => Message.IndexOf(". ", StringComparison.Ordinal) is var end and >= 0 ? Message[..(end + 1)] : Message;

    /// <summary>The fault of data on disk that could not be read.</summary>
    /// <param name="cause">The system's exception.</param>
    public static FetchFaultException Unreadable(Exception cause) =>
        new(DiagnosticRules.ContentUnreadable, $"The data cannot be read or written: {cause.Message}", cause);

    /// <summary>The public exception, which names the dataset.</summary>
    /// <param name="name">The dataset's name.</param>
    public DataManifestException ForDataset(string name) => new(
        Rule, Problem.Contains($"'{name}'", StringComparison.Ordinal) ? Message : $"Dataset '{name}': {Message}", name, "", InnerException);
}
