using DataManifest.Bindings;
using DataManifest.Fetching;

namespace DataManifest;

/// <summary>What a fetcher is told: which dataset to make, where to put it, and where the datasets are that it needs.</summary>
public sealed class FetchTarget
{
    private readonly Action<string> _say;
    private readonly Requirements _requirements;

    internal FetchTarget(Dataset dataset, string path, string projectRoot, Binding binding, Requirements requirements, Action<string> say) =>
        (Dataset, Path, ProjectRoot, Binding, _requirements, _say) = (dataset, path, projectRoot, binding, requirements, say);

    /// <summary>The dataset.</summary>
    public Dataset Dataset { get; }

    /// <summary>Where the fetcher must make a file or a folder, absolute. Nothing is there yet; the folder around it is. It becomes the dataset once its checksum holds.</summary>
    public string Path { get; }

    /// <summary>The manifest's folder, absolute; empty when the manifest is no file.</summary>
    public string ProjectRoot { get; }

    /// <summary>Where each dataset is that this one requires, by the name under which <c>requires</c> lists it.</summary>
    public IReadOnlyDictionary<string, string> Requires => new Dictionary<string, string>(_requirements.Direct, StringComparer.Ordinal);

    /// <summary>Where all datasets are that this one needs, directly or not, in the order in which they were fetched.</summary>
    public IReadOnlyList<string> RequiredPaths => _requirements.All;

    /// <summary>
    /// The binding's positional arguments (<c>args</c>), variables replaced: strings, <see cref="long"/>, <see cref="double"/>, <see cref="bool"/>, dates and times, arrays of
    /// these, and dictionaries by name.
    /// </summary>
    public IReadOnlyList<object?> Arguments => [.. Binding.Arguments.Select(TomlArgument.Plain)];

    /// <summary>The binding's arguments by name (<c>kwargs</c>), variables replaced.</summary>
    public IReadOnlyDictionary<string, object?> KeywordArguments => TomlArgument.Plain(Binding.KeywordArguments);

    /// <summary>The binding, variables replaced.</summary>
    internal Binding Binding { get; }

    /// <summary>Says something to whoever waits for the data: a line in the build's log.</summary>
    /// <param name="line">The line, without secrets.</param>
    public void Report(string line) => _say(line);
}
