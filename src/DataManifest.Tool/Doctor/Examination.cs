using DataManifest.Diagnostics;
using DataManifest.Storage;

namespace DataManifest.Tool.Doctor;

/// <summary>Looks at everything that commands depend on, without a network and without changing anything.</summary>
/// <param name="database">The opened manifest.</param>
internal sealed class Examination(Database database)
{
    private const int MostShown = 5;

    /// <summary>What can be found where there is no manifest that can be read: that, and what commands depend on besides.</summary>
    /// <param name="unreadable">Why it cannot.</param>
    public static IEnumerable<Check> WithoutManifest(DataManifestException unreadable) =>
        [new Check("manifest", Verdict.Bad, unreadable.Problem, unreadable.Remedy), .. new NetworkChecks(new StorageConfiguration("", null)).Run()];

    /// <summary>Everything that was found, good or bad.</summary>
    public IEnumerable<Check> Run() =>
    [
        .. Manifest(),
        .. Configuration(),
        .. new FolderChecks(database).Run(),
        .. new ProgramChecks(database).Run(),
        .. new NetworkChecks(database.Locator.Storage).Run(),
        .. Locks(),
    ];

    private IEnumerable<Check> Manifest()
    {
        var (findings, path) = (database.Manifest.Diagnostics, database.Manifest.Path);
        var errors = findings.Count(finding => finding.Rule.Severity == DiagnosticSeverity.Error);
        yield return new Check("manifest", Verdict.Good, $"{path} has {database.Datasets.Count} dataset{(database.Datasets.Count == 1 ? "" : "s")}.");
        foreach (var finding in findings.Take(MostShown))
        {
            yield return new Check("manifest", finding.Rule.Severity == DiagnosticSeverity.Error ? Verdict.Bad : Verdict.Doubtful, $"{finding.Rule.Code} at line {finding.Start.Line}: {finding.Message}");
        }

        if (findings.Count > MostShown)
        {
            yield return new Check("manifest", errors > 0 ? Verdict.Bad : Verdict.Doubtful, $"There are {findings.Count} findings in all, {errors} of them errors.", "'datamanifest verify' tells them all.");
        }
    }

    private IEnumerable<Check> Configuration()
    {
        var storage = database.Locator.Storage;
        foreach (var problem in storage.Diagnostics)
        {
            yield return new Check("configuration", Verdict.Doubtful, problem.Message);
        }

        foreach (var field in storage.Fields)
        {
            if (field.Problem.Length > 0)
            {
                yield return new Check("configuration", Verdict.Bad, field.Problem, $"Correct {field.Name}: 'datamanifest config' shows where it is set.");
            }
            else if (field.Values.FirstOrDefault(value => value.Contains('$', StringComparison.Ordinal)) is { } unresolved && field.Name != "default_remote")
            {
                yield return new Check("configuration", Verdict.Doubtful, $"{field.Name} comes to '{unresolved}', in which a symbol stands for nothing.", "Define it, or set the environment variable of that name.");
            }
        }

        if (database.Locator.State.Problem is { } damaged)
        {
            yield return new Check("state file", Verdict.Doubtful, damaged.Message);
        }
    }

    /// <summary>Locks that somebody has left: the next writer waits for them, and then takes over.</summary>
    private IEnumerable<Check> Locks()
    {
        var age = database.Locator.Storage.LockStaleAge;
        foreach (var dataset in database.Datasets.Where(dataset => !dataset.Declaration.LazyAccess && !dataset.Declaration.SkipDownload))
        {
            string path;
            try
            {
                path = database.Locator.StoragePathOf(dataset.Declaration) + ".lock";
            }
            catch (DataManifestException)
            {
                continue; // Among the manifest's findings already.
            }

            if (new FileInfo(path) is { Exists: true } file && age > TimeSpan.Zero && DateTime.UtcNow - file.LastWriteTimeUtc > age)
            {
                yield return new Check("locks", Verdict.Doubtful, $"'{path}' is older than {age.TotalSeconds:0} s: its writer was killed.", "The next fetch of the dataset takes over; nothing is to be done.");
            }
        }
    }
}
