namespace DataManifest.Diagnostics;

/// <summary>One kind of finding: its code is stable, documented and never used again for something else.</summary>
/// <param name="Code"><c>DM</c> and four digits.</param>
/// <param name="Severity">How bad it is unless the user says otherwise.</param>
/// <param name="Title">What it is, in a few words.</param>
public sealed record DiagnosticRule(string Code, DiagnosticSeverity Severity, string Title)
{
    /// <summary>The page that explains the finding.</summary>
    public string HelpLink => $"https://github.com/datamanifest/DataManifest.Build/blob/main/docs/diagnostics.md#{Code.ToLowerInvariant()}";
}

/// <summary>How bad a finding is.</summary>
public enum DiagnosticSeverity
{
    /// <summary>Nothing is wrong; an editor offers something better, and a build is silent.</summary>
    Suggestion,

    /// <summary>The operation goes on; somebody should look.</summary>
    Warning,

    /// <summary>The operation cannot go on, or not for this dataset.</summary>
    Error,
}
