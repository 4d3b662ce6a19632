using System.Security.Cryptography;
using System.Text;
using DataManifest.Storage;

namespace DataManifest.Build;

/// <summary>
/// What has to hold for the next build to have nothing to do. It is read back by property functions, without a task, in <c>_DataManifestReadStamp</c>
/// of <c>DataManifest.Build.targets</c>, which explains the parts.
/// </summary>
internal sealed class BuildStamp
{
    private readonly Database _database;
    private readonly IReadOnlyDictionary<string, string> _environment = HostEnvironment.Capture().Variables;
    private readonly string[] _configurations;
    private readonly string[] _textDigests;

    /// <summary>Notes what the configuration files say before a run: a change during the run must be seen by the next one.</summary>
    /// <param name="database">The database that the run works on.</param>
    public BuildStamp(Database database)
    {
        _database = database;
        _configurations = [database.Locator.Storage.CheckoutConfigurationFile, database.Locator.Storage.UserConfigurationFile];
        _textDigests = [.. _configurations.Select(path => File.Exists(path) ? Digest(File.ReadAllText(path)) : "")];
    }

    /// <summary>The stamp's lines, as MSBuild item specifications, once the data are there.</summary>
    /// <param name="datasets">The datasets that have to be there.</param>
    public IEnumerable<string> Lines(IEnumerable<Dataset> datasets)
    {
        // Deleting the record of what is verified is how DataVerify asks the next build to look again.
        var record = VerifiedData.FileOf(_database);
        var paths = datasets.SelectMany(PathsOf).Concat(File.Exists(record) ? [record] : []).ToArray();
        var variables = _database.Locator.Storage.ConsultedVariables.Keys.Order(StringComparer.Ordinal).ToArray();
        // A variable that is not set stays %NAME%, as it does where the stamp is read. What a property of the project stands in for is in the digest of its name.
        var values = string.Concat(variables.Select(variable => $"{(_environment.TryGetValue(variable, out var value) && value.Length > 0 ? value : $"%{variable}%")};"));
        return new[] { string.Concat(variables.Select(variable => $"%{variable}%;")), "|" }.Append(Digest(values)).Append("|")
            .Concat(_configurations.Select(MSBuildText.Recorded)).Append("|").Append(string.Join(',', _textDigests)).Append("|")
            .Concat(paths.Select(MSBuildText.Recorded)).Append("|end")
            .Select(MSBuildText.Escape);
    }

    private static IEnumerable<string> PathsOf(Dataset dataset) => dataset.Location switch
    {
        { State: DatasetState.Complete } complete => [complete.Path, complete.Marker],
        { State: DatasetState.UserManaged or DatasetState.Recorded } unmarked => [unmarked.Path],
        _ => [],
    };

    private static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
