using System.Text.RegularExpressions;

namespace DataManifest.Tool.Scenarios;

/// <summary>Where the tool does better than the reference, or another thing, on purpose.</summary>
/// <param name="Scenario">The scenario.</param>
/// <param name="From">The first step.</param>
/// <param name="To">The last step.</param>
/// <param name="Aspect">Of what.</param>
/// <param name="Lines">A pattern of the lines that differ.</param>
/// <param name="Why">The reason; W-nn is the reference's weak spot of that number.</param>
internal sealed record KnownDifference(string Scenario, int From, int To, Aspect Aspect, string Lines, string Why)
{
    /// <summary>Scenarios that are not played, and why.</summary>
    public static IReadOnlyDictionary<string, string> Excluded { get; } = new Dictionary<string, string>
    {
        ["push / pull to a local folder, export"] = "there is no push and pull yet; export has tests of its own",
        ["produced artifacts: list, delete, move"] = "data that programs produce are not made yet",
    };

    /// <summary>Every difference.</summary>
    public static IReadOnlyList<KnownDifference> All { get; } =
    [
    ];

    /// <summary>Whether a deviation is this difference.</summary>
    /// <param name="deviation">The deviation.</param>
    public bool Covers(Deviation deviation) =>
        deviation.Aspect == Aspect && deviation.Step >= From && deviation.Step <= To && Regex.IsMatch(deviation.Line, Lines, RegexOptions.CultureInvariant);
}
