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

    /// <summary>Of each reported dataset: how far down the path, while it is on it, everything is reported too.</summary>
    private readonly Dictionary<string, int> _reportedDownTo = new(StringComparer.Ordinal);
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
                ReportCycle(path, depth);
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

    /// <summary>Reports a circle, the path from a depth on, at every dataset of it, once, since none of them can be fetched. What is reported already is passed over in one step.</summary>
    private void ReportCycle(List<(DatasetDeclaration Dataset, int Next)> path, int depth)
    {
        const int shown = 8;
        string? text = null;
        for (var i = path.Count - 1; i >= depth; i--)
        {
            var dataset = path[i].Dataset;
            var isReported = _reportedDownTo.TryGetValue(dataset.Name, out var downTo);
            _reportedDownTo[dataset.Name] = isReported ? Math.Min(downTo, depth) : depth;
            if (isReported)
            {
                i = downTo;
                continue;
            }

            text ??= Text();
            report(dataset, "requires", -1, DiagnosticRules.RequirementCycle, $"Datasets require each other in a circle: {text}; remove one of these requirements.");
        }

        string Text()
        {
            var names = Enumerable.Range(depth, Math.Min(shown, path.Count - depth)).Select(i => path[i].Dataset.Name).Concat(path.Count - depth > shown ? ["…"] : []);
            return string.Join(" -> ", [.. names, path[depth].Dataset.Name]);
        }
    }
}
