using DataManifest.Diagnostics;

namespace DataManifest;

/// <summary>Anything that DataManifest cannot do for a reason that the user can act on. The message says what is wrong and, at its end, what to do.</summary>
/// <param name="rule">Which finding it is.</param>
/// <param name="problem">What is wrong, as a sentence.</param>
/// <param name="datasetName">The dataset's name; empty when it is about no single one.</param>
/// <param name="remedy">What to do, as a sentence; empty when <paramref name="problem"/> says it.</param>
/// <param name="innerException">What led to it, if anything.</param>
public class DataManifestException(DiagnosticRule rule, string problem, string datasetName = "", string remedy = "", Exception? innerException = null)
    : Exception(remedy.Length == 0 ? problem : Joined(problem, remedy), innerException)
{
    /// <summary>Which finding it is.</summary>
    public DiagnosticRule Rule { get; } = rule;

    /// <summary>The finding's stable code, <c>DM</c> and four digits.</summary>
    public string Code => Rule.Code;

    /// <summary>The dataset's name; empty when it is about no single one.</summary>
    public string DatasetName { get; } = datasetName;

    /// <summary>What is wrong, without the remedy.</summary>
    public string Problem { get; } = problem;

    /// <summary>What to do; empty when <see cref="Problem"/> says it.</summary>
    public string Remedy { get; } = remedy;

    /// <inheritdoc/>
    public override string ToString() => $"{Code}: {base.ToString()}";

    // Some of the system's own messages, which end the problem, have no full stop.
    private static string Joined(string problem, string remedy) => $"{problem}{(problem.Length > 0 && (char.IsLetterOrDigit(problem[^1]) || problem[^1] is '\'' or ')') ? "." : "")} {remedy}";
}
