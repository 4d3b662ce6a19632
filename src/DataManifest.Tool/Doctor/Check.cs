namespace DataManifest.Tool.Doctor;

/// <summary>What the doctor found about one thing.</summary>
/// <param name="Subject">What was looked at, in a word or two.</param>
/// <param name="Verdict">How it is.</param>
/// <param name="Finding">What was found, as a sentence without secrets.</param>
/// <param name="Remedy">What to do, as a sentence; empty when nothing is to be done.</param>
internal sealed record Check(string Subject, Verdict Verdict, string Finding, string Remedy = "");

/// <summary>How something is.</summary>
internal enum Verdict
{
    /// <summary>As it should be.</summary>
    Good,

    /// <summary>Something would go wrong, or not as somebody expects.</summary>
    Doubtful,

    /// <summary>Commands will fail.</summary>
    Bad,
}
