namespace DataManifest.Fetching;

/// <summary>Where the datasets are that one needs: the places where they were found, not those where they would be stored.</summary>
/// <param name="Direct">Each entry of <c>requires</c> as written, and that dataset's path.</param>
/// <param name="All">The paths of all that are needed, directly or not, in the order in which they are fetched.</param>
internal sealed record Requirements(IReadOnlyList<KeyValuePair<string, string>> Direct, IReadOnlyList<string> All)
{
    /// <summary>Collects the requirements of a dataset.</summary>
    /// <param name="dataset">The dataset; nothing that it needs is in a circle.</param>
    /// <param name="database">Where its requirements are looked up.</param>
    /// <param name="pathOf">The path of a dataset that is there.</param>
    public static Requirements Of(Dataset dataset, Database database, Func<Dataset, string> pathOf)
    {
        var order = new List<Dataset>();
        var seen = new HashSet<Dataset>();
        Visit(dataset);
        return new Requirements(
            [.. dataset.Declaration.Requires.Select(name => new KeyValuePair<string, string>(name, pathOf(database[name])))],
            [.. order.SkipLast(1).Select(pathOf)]);

        void Visit(Dataset current)
        {
            if (seen.Add(current))
            {
                foreach (var name in current.Declaration.Requires)
                {
                    Visit(database[name]);
                }

                order.Add(current);
            }
        }
    }
}
