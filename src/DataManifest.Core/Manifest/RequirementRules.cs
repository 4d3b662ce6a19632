using DataManifest.Diagnostics;

namespace DataManifest.Manifest;

/// <summary>Checks that what datasets require exists and can come first (specification, field <c>requires</c>). Linear, and without recursion.</summary>
internal sealed class RequirementRules(
    IReadOnlyList<DatasetDeclaration> datasets, DatasetIndex index, Action<DatasetDeclaration, string, int, DiagnosticRule, string> report)
{
    /// <summary>A suggestion looks at every name, so only the first few wrong names get one.</summary>
    private const int MaxSuggestions = 20;

    private readonly Dictionary<string, List<DatasetDeclaration>> _required = new(StringComparer.Ordinal);
    private readonly HashSet<string> _finished = new(StringComparer.Ordinal);
    private readonly HashSet<string> _reported = new(StringComparer.Ordinal);
    private int _unknown;

    /// <summary>Checks all requirements.</summary>
    public void Check()
    {
        foreach (var dataset in datasets.Where(dataset => dataset.Requires.Count > 0))
        {
            _required[dataset.Name] = [.. dataset.Requires.Select((name, item) => Resolve(dataset, name, item)).OfType<DatasetDeclaration>()];
        }

        foreach (var dataset in datasets.Where(dataset => _required.ContainsKey(dataset.Name)))
        {
            Visit(dataset);
        }
    }

    private DatasetDeclaration? Resolve(DatasetDeclaration dataset, string name, int item)
    {
        var lookup = index.Find(name, suggest: _unknown < MaxSuggestions);
        if (lookup.Rule is not null)
        {
            _unknown++;
            report(dataset, "requires", item, DiagnosticRules.UnknownRequirement, $"Dataset '{dataset.Name}' requires '{name}': {lookup.Message}");
        }

        return lookup.Dataset;
    }

    private void Visit(DatasetDeclaration start)
    {
        var path = new List<(DatasetDeclaration Dataset, int Next)>();
        var depths = new Dictionary<string, int>(StringComparer.Ordinal);
        Enter(start);
        while (path.Count > 0)
        {
            var (dataset, next) = path[path.Count - 1];
            if (!_required.TryGetValue(dataset.Name, out var required) || next == required.Count)
            {
                path.RemoveAt(path.Count - 1);
                depths.Remove(dataset.Name);
                _finished.Add(dataset.Name);
                continue;
            }

            path[path.Count - 1] = (dataset, next + 1);
            if (depths.TryGetValue(required[next].Name, out var depth))
            {
                ReportCycle([.. path.Skip(depth).Select(step => step.Dataset)]);
            }
            else
            {
                Enter(required[next]);
            }
        }

        void Enter(DatasetDeclaration dataset)
        {
            if (!_finished.Contains(dataset.Name))
            {
                depths.Add(dataset.Name, path.Count);
                path.Add((dataset, 0));
            }
        }
    }

    /// <summary>Reports a circle at every dataset of it, once, since none of them can be fetched.</summary>
    private void ReportCycle(List<DatasetDeclaration> cycle)
    {
        const int shown = 8;
        var names = cycle.Take(shown).Select(dataset => dataset.Name).Concat(cycle.Count > shown ? ["…"] : []);
        var text = string.Join(" -> ", [.. names, cycle[0].Name]);
        foreach (var dataset in cycle.Where(dataset => _reported.Add(dataset.Name)))
        {
            report(dataset, "requires", -1, DiagnosticRules.RequirementCycle, $"Datasets require each other in a circle: {text}; remove one of these requirements.");
        }
    }
}
