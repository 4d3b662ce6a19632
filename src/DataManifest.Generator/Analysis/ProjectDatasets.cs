using System.Runtime.CompilerServices;
using DataManifest.Generator.Model;
using DataManifest.Generator.Naming;

namespace DataManifest.Generator.Analysis;

/// <summary>All datasets of a project under the names that the generated class gives them; made once for as long as the manifests' texts stay the same.</summary>
internal sealed class ProjectDatasets
{
    // An analyzer runs at each keystroke; what it looks up in hangs on the first manifest's text, and goes with it.
    private static readonly ConditionalWeakTable<ReadManifest, StrongBox<ProjectDatasets?>> Known = new();

    private readonly Lazy<DatasetTree> _tree;
    private readonly Lazy<Dictionary<string, DatasetNode>> _byName;
    private readonly Lazy<DatasetPlaces> _places;

    private ProjectDatasets(IReadOnlyList<AdditionalText> files, IReadOnlyList<ReadManifest> manifests, GeneratorSettings settings)
    {
        (Files, Manifests, Settings) = (files, manifests, settings);
        _tree = new(() => new DatasetTree([.. manifests.Select(manifest => manifest.Model)], settings.ClassName));
        _byName = new(() => Tree.Datasets.ToDictionary(node => node.Dataset!.Name));
        _places = new(() => new DatasetPlaces(this));
    }

    /// <summary>The manifests' files, in the order of the project.</summary>
    public IReadOnlyList<AdditionalText> Files { get; }

    /// <summary>The manifests, in the order of the project.</summary>
    public IReadOnlyList<ReadManifest> Manifests { get; }

    /// <summary>What the project says of the generated class.</summary>
    public GeneratorSettings Settings { get; }

    /// <summary>The names in the generated class.</summary>
    public DatasetTree Tree => _tree.Value;

    /// <summary>The datasets by their places in the store.</summary>
    public DatasetPlaces Places => _places.Value;

    /// <summary>The generated class as the compiler calls it: <c>My.Science.Datasets</c>.</summary>
    public string ClassName => Settings.Namespace.Length == 0 ? Settings.ClassName : $"{Settings.Namespace}.{Settings.ClassName}";

    /// <summary>The datasets of a project; null when it has no manifest.</summary>
    /// <param name="options">What the project shows to analyzers.</param>
    /// <param name="cancellationToken">Ends the wait for a text.</param>
    public static ProjectDatasets? Of(AnalyzerOptions options, CancellationToken cancellationToken)
    {
        var provider = options.AnalyzerConfigOptionsProvider;
        var files = new List<AdditionalText>();
        var manifests = new List<ReadManifest>();
        foreach (var file in options.AdditionalFiles)
        {
            if (ManifestTexts.IsManifest(file, provider) && ManifestTexts.Read(file, cancellationToken) is { } manifest)
            {
                files.Add(file);
                manifests.Add(manifest);
            }
        }

        if (files.Count == 0)
        {
            return null;
        }

        var settings = GeneratorSettings.Read(provider.GlobalOptions, LanguageVersion.Latest);
        var known = Known.GetValue(manifests[0], static _ => new StrongBox<ProjectDatasets?>());
        var datasets = Volatile.Read(ref known.Value);
        if (datasets is null || datasets.Settings != settings || !datasets.Manifests.SequenceEqual(manifests))
        {
            datasets = new ProjectDatasets(files, manifests, settings);
            Volatile.Write(ref known.Value, datasets);
        }

        return datasets;
    }

    /// <summary>The dataset that an identifier stands for, as <c>Database</c> understands it; null when it is none, or not a single one.</summary>
    /// <param name="identifier">A name, alias, DOI or key.</param>
    public DatasetNode? Find(string identifier)
    {
        if (_byName.Value.TryGetValue(identifier, out var exact))
        {
            return exact;
        }

        var found = Manifests.SelectMany(manifest => manifest.Readable.FindAll(identifier)).Take(2).ToList();
        return found.Count == 1 ? NodeOf(found[0].Name) : null;
    }

    /// <summary>The property of a dataset; null when no dataset has exactly that name.</summary>
    /// <param name="name">The dataset's name.</param>
    public DatasetNode? NodeOf(string name) => _byName.Value.TryGetValue(name, out var node) ? node : null;
}
