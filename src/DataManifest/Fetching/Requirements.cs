namespace DataManifest.Fetching;

/// <summary>Where the datasets are that one needs: the places where they were found, not those where they would be stored.</summary>
/// <param name="direct">Each entry of <c>requires</c> as written, and that dataset's path.</param>
/// <param name="all">Finds the paths of all that are needed.</param>
internal sealed class Requirements(IReadOnlyList<KeyValuePair<string, string>> direct, Func<IReadOnlyList<string>> all)
{
    private readonly Lazy<IReadOnlyList<string>> _all = new(all);

    /// <summary>The requirements of a dataset that has none.</summary>
    public static Requirements None { get; } = new([], () => []);

    /// <summary>Each entry of <c>requires</c> as written, and that dataset's path.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Direct => direct;

    /// <summary>
    /// The paths of all that are needed, directly or not, in the order in which they are fetched. Only commands and fetchers ask for them, and in a long chain they are many.
    /// </summary>
    public IReadOnlyList<string> All => _all.Value;

    /// <summary>Collects the requirements of a dataset.</summary>
    /// <param name="dataset">The dataset; nothing that it needs is in a circle.</param>
    /// <param name="database">Where its requirements are looked up.</param>
    /// <param name="pathOf">The path of a dataset that is there.</param>
    public static Requirements Of(Dataset dataset, Database database, Func<Dataset, string> pathOf) => dataset.Declaration.Requires.Count == 0
        ? None
        : new Requirements(
            [.. dataset.Declaration.Requires.Select(name => new KeyValuePair<string, string>(name, pathOf(database[name])))],
            () => [.. InOrder(dataset, database).SkipLast(1).Select(pathOf)]);

    /// <summary>What a dataset needs, each behind what it needs itself, and the dataset last. Without recursion, for chains are long.</summary>
    private static List<Dataset> InOrder(Dataset dataset, Database database)
    {
        var order = new List<Dataset>();
        var seen = new HashSet<Dataset> { dataset };
        var open = new Stack<(Dataset Dataset, int Next)>([(dataset, 0)]);
        while (open.TryPop(out var current))
        {
            if (current.Next == current.Dataset.Declaration.Requires.Count)
            {
                order.Add(current.Dataset);
                continue;
            }

            open.Push((current.Dataset, current.Next + 1));
            var required = database[current.Dataset.Declaration.Requires[current.Next]];
            if (seen.Add(required))
            {
                open.Push((required, 0));
            }
        }

        return order;
    }
}
