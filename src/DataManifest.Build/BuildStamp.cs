using System.Security.Cryptography;
using System.Text;

namespace DataManifest.Build;

/// <summary>
/// What has to hold for the next build to have nothing to do. It is read back by property functions, without a task, in <c>_DataManifestReadStamp</c>
/// of <c>DataManifest.Build.targets</c>, which explains the parts.
/// </summary>
internal sealed class BuildStamp
{
    private readonly string _environment;
    private readonly string _environmentDigest;
    private readonly IReadOnlyList<string> _configurations;
    private readonly string[] _textDigests;

    private BuildStamp(IEnumerable<string> variables, IReadOnlyList<string> configurations)
    {
        // A variable that is not set stays %NAME%, so that "unset" and "empty" differ.
        _environment = string.Concat(variables.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(name => $"%{name}%;"));
        _environmentDigest = Digest(Environment.ExpandEnvironmentVariables(_environment));
        _configurations = configurations;
        _textDigests = [.. configurations.Select(path => File.Exists(path) ? Digest(File.ReadAllText(path)) : "")];
    }

    /// <summary>Notes the present values of what a run is about to consult: a change during the run must be seen by the next one.</summary>
    /// <param name="variables">Names of environment variables.</param>
    /// <param name="configurations">Absolute paths of configuration files, there or not.</param>
    public static BuildStamp Observe(IEnumerable<string> variables, IReadOnlyList<string> configurations) => new(variables, configurations);

    /// <summary>The stamp's lines, as MSBuild item specifications.</summary>
    /// <param name="paths">Absolute paths that have to exist.</param>
    public IEnumerable<string> Lines(IEnumerable<string> paths) =>
        new[] { _environment, "|", _environmentDigest, "|" }
            .Concat(_configurations.Select(Twice)).Append("|").Append(string.Join(',', _textDigests)).Append("|")
            .Concat(paths.Select(Twice)).Append("|end")
            .Select(MSBuildText.Escape);

    private static string Twice(string path) => MSBuildText.Escape(MSBuildText.Escape(path)) + ";";

    private static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
