using System.Collections.Concurrent;
using DataManifest.Fetching.Commands;
using DataManifest.Storage;
using DataManifest.Toml;

namespace DataManifest.Fetching.Delegation;

/// <summary>Finds out which other tools of the format are installed; each language is probed once.</summary>
/// <param name="storage">The environment and the project's root.</param>
internal sealed class ForeignTools(StorageConfiguration storage)
{
    /// <summary>Set for a tool that was asked for a dataset, to the dataset's name: it must not ask a third one, which could be the first.</summary>
    public const string DelegatedVariable = "DATAMANIFEST_DELEGATED";

    /// <summary>What stands in place of a dataset's name while a tool is only asked whether it can be used.</summary>
    public const string Probe = "probe";

    /// <summary>The name of the manifest's variable, which every tool of the format reads.</summary>
    public const string ManifestVariable = "DATAMANIFEST_TOML";

    // A constant: what differs between datasets never becomes code.
    private const string JuliaCode = $"using DataManifest; download_dataset(Database(ENV[\"{ManifestVariable}\"]), ENV[\"{DelegatedVariable}\"])";

    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, Lazy<Task<ForeignTool?>>> _found = new(StringComparer.Ordinal);

    /// <summary>Whether this process was asked for its datasets by another tool.</summary>
    public bool IsDelegated => storage.Host.Variables.TryGetValue(DelegatedVariable, out var name) && name.Length > 0;

    private string Folder => storage.ProjectRoot.Length > 0 ? storage.ProjectRoot : storage.Host.WorkingDirectory;

    /// <summary>The environment in which other tools see what this process sees.</summary>
    /// <param name="manifest">The manifest, absolute.</param>
    /// <param name="dataset">The dataset's name.</param>
    public Dictionary<string, string?> Variables(string manifest, string dataset) => new(storage.Host.Variables.ToDictionary(variable => variable.Key, string? (variable) => variable.Value))
    {
        [ManifestVariable] = manifest,
        ["DATASETS_TOML"] = null,
        ["DATAMANIFEST_DATASETS_DIR"] = storage.DatasetsDirectory,
        [DelegatedVariable] = dataset,
    };

    /// <summary>The tool that runs the fetchers of a language; null when none is installed that can be used.</summary>
    /// <param name="language">The language's tag.</param>
    /// <param name="cancellationToken">Ends the probing.</param>
    public Task<ForeignTool?> FindAsync(string language, CancellationToken cancellationToken) =>
        _found.GetOrAdd(language, _ => new Lazy<Task<ForeignTool?>>(() => ProbeAsync(language, cancellationToken))).Value;

    private async Task<ForeignTool?> ProbeAsync(string language, CancellationToken cancellationToken) => language switch
    {
        "python" => await ProbePythonAsync(cancellationToken).ConfigureAwait(false),
        "julia" => await ProbeJuliaAsync(cancellationToken).ConfigureAwait(false),
        _ => null,
    };

    /// <summary>The command line for Python. It has the contract's <c>fetch</c>, or else <c>download</c> with the manifest in the environment (specification, "Peer-CLI contract").</summary>
    private async Task<ForeignTool?> ProbePythonAsync(CancellationToken cancellationToken)
    {
        const string name = "datamanifest";
        foreach (var program in ProgramPath.FindAll(name, Folder, storage.Host.Variables.GetValueOrDefault("PATH")))
        {
            // The .NET tool, which has the same name, does not answer.
            if (await AnswersAsync([program, "--version"], cancellationToken).ConfigureAwait(false))
            {
                return await AnswersAsync([program, "fetch", "--help"], cancellationToken).ConfigureAwait(false)
                    ? new ForeignTool(name, (dataset, manifest) => [program, "fetch", dataset, "--datasets-toml", manifest, "--datasets-folder", storage.DatasetsDirectory])
                    : new ForeignTool(name, (dataset, _) => [program, "download", "--", dataset]);
            }
        }

        return null;
    }

    private async Task<ForeignTool?> ProbeJuliaAsync(CancellationToken cancellationToken)
    {
        const string program = "julia";
        return JuliaProject() is { } project && await AnswersAsync([program, "--version"], cancellationToken).ConfigureAwait(false)
            ? new ForeignTool(program, (_, _) => [program, $"--project={project}", "-e", JuliaCode])
            : null;
    }

    /// <summary>The nearest Julia project, from <c>JULIA_PROJECT</c> or the manifest's folder upward, that depends on DataManifest.</summary>
    private string? JuliaProject()
    {
        var named = storage.Host.Variables.GetValueOrDefault("JULIA_PROJECT") ?? "";
        var first = Path.GetFileName(named) == "Project.toml" ? Path.GetDirectoryName(named)! : named;
        List<string> folders = first.Length > 0 ? [Path.GetFullPath(first, storage.Host.WorkingDirectory)] : [];
        for (var folder = storage.ProjectRoot; !string.IsNullOrEmpty(folder); folder = Path.GetDirectoryName(folder))
        {
            folders.Add(folder);
        }

        return folders.Find(folder => HasDataManifest(Path.Combine(folder, "Project.toml")));
    }

    private static bool HasDataManifest(string file)
    {
        try
        {
            return File.Exists(file) && TomlDocument.Parse(File.ReadAllText(file)).Root["deps"] is TomlTable dependencies && dependencies["DataManifest"] is not null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or TomlException)
        {
            return false;
        }
    }

    private async Task<bool> AnswersAsync(IReadOnlyList<string> command, CancellationToken cancellationToken)
    {
        try
        {
            await new ChildProcess(command, Folder, ProbeTimeout, _ => { }) { Variables = Variables("", Probe) }.RunAsync(cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (FetchFaultException)
        {
            return false;
        }
    }
}
