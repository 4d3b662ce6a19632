using System.Text.RegularExpressions;

namespace DataManifest.Packages;

/// <summary>What a command did.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">What it wrote to both of its outputs, in the order of arrival.</param>
internal sealed record CommandResult(int ExitCode, string Output)
{
    /// <summary>The errors of the product, one per distinct text: MSBuild repeats each in its summary.</summary>
    public IReadOnlyList<string> Errors => Findings("error");

    /// <summary>The warnings of the product, one per distinct text.</summary>
    public IReadOnlyList<string> Warnings => Findings("warning");

    /// <summary>Ends the test unless the command succeeded.</summary>
    public CommandResult MustSucceed()
    {
        Assert.AreEqual(0, ExitCode, Output);
        return this;
    }

    /// <summary>Ends the test unless the command failed.</summary>
    public CommandResult MustFail()
    {
        Assert.AreNotEqual(0, ExitCode, Output);
        return this;
    }

    private List<string> Findings(string severity) =>
        [.. Output.Split('\n').Select(line => line.Trim()).Where(line => Regex.IsMatch(line, $@"\b{severity} (DM|MSB|CS|NU|NETSDK)\d+")).Distinct()];
}
