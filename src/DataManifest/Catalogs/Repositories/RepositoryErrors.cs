using DataManifest.Diagnostics;

namespace DataManifest.Catalogs.Repositories;

/// <summary>What keeps records from being declared.</summary>
internal static class RepositoryErrors
{
    /// <summary>The files of a record are not for everybody.</summary>
    /// <param name="source">The record as reports call it.</param>
    /// <param name="reason">Why, as the rest of the sentence.</param>
    public static DataManifestException NotOpen(string source, string reason) => new(
        DiagnosticRules.RecordNotOpen, $"{source} cannot be declared: {reason}.", "", "Ask its owner for access, put the files where you can fetch them from, and declare that place.");

    /// <summary>An answer lacks what every answer of its kind has.</summary>
    /// <param name="source">The record as reports call it.</param>
    /// <param name="problem">What is wrong, as the rest of a sentence that begins with "The answer about …".</param>
    public static DataManifestException Unusable(string source, string problem) => new(
        DiagnosticRules.UnusableAnswer, $"The answer about {source} {problem}.", "", "Try again later; or declare the addresses of the files themselves.");
}
