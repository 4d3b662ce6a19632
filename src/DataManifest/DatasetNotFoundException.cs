using DataManifest.Diagnostics;

namespace DataManifest;

/// <summary>The data of a declared dataset are not on this machine, or not wholly.</summary>
/// <param name="datasetName">The dataset's name.</param>
/// <param name="problem">What is missing, as a sentence.</param>
/// <param name="remedy">How to get it, as a sentence.</param>
/// <param name="probedPaths">Where it was looked for, in order.</param>
public sealed class DatasetNotFoundException(string datasetName, string problem, string remedy, IReadOnlyList<string> probedPaths)
    : DataManifestException(DiagnosticRules.DataMissing, problem, datasetName, remedy)
{
    /// <summary>Where the data were looked for, in order.</summary>
    public IReadOnlyList<string> ProbedPaths { get; } = probedPaths;
}
