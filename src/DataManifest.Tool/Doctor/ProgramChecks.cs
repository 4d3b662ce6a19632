using DataManifest.Bindings;
using DataManifest.Fetching;
using DataManifest.Fetching.Commands;

namespace DataManifest.Tool.Doctor;

/// <summary>Whether the programs are there that datasets are fetched with.</summary>
/// <param name="database">The opened manifest.</param>
internal sealed class ProgramChecks(Database database)
{
    /// <summary>Looks for each program once.</summary>
    public IEnumerable<Check> Run() =>
        from need in database.Datasets.SelectMany(Programs).GroupBy(need => need.Program, need => need.Dataset, StringComparer.Ordinal)
        let datasets = need.Distinct().ToArray()
        let names = string.Join(", ", datasets.Take(5).Select(name => $"'{name}'"))
        let path = ProgramPath.Find(need.Key, database.Locator.Storage.ProjectRoot, null)
        select path is null
            ? new Check("programs", Verdict.Bad, $"{need.Key} is not installed, and {names} {(datasets.Length == 1 ? "needs" : "need")} it.", $"Install {need.Key}.")
            : new Check("programs", Verdict.Good, $"{need.Key} is {path}.");

    private static IEnumerable<(string Program, string Dataset)> Programs(Dataset dataset)
    {
        var declaration = dataset.Declaration;
        if (declaration.LazyAccess || declaration.SkipDownload)
        {
            yield break;
        }

        if (FetchLadder.IsClone(declaration))
        {
            yield return ("git", dataset.Name);
        }
        else if (declaration.Shell.Length > 0)
        {
            var program = declaration.Shell.TrimStart().Split(' ', 2)[0].Trim('\'', '"');
            if (!program.Contains('$', StringComparison.Ordinal))
            {
                yield return (program, dataset.Name);
            }
        }
        else if (declaration.Source.Scheme is "ssh" or "sshfs" or "rsync")
        {
            yield return ("rsync", dataset.Name);
            yield return ("ssh", dataset.Name);
        }
    }
}
