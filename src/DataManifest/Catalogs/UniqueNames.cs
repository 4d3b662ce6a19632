namespace DataManifest.Catalogs;

/// <summary>Gives every dataset a name of its own. Many of one name cost no more than as many different ones.</summary>
/// <param name="taken">The names there are.</param>
internal sealed class UniqueNames(IEnumerable<string> taken)
{
    private readonly HashSet<string> _taken = new(taken, StringComparer.Ordinal);
    private readonly Dictionary<string, int> _next = new(StringComparer.Ordinal);

    /// <summary>Takes a name as it is.</summary>
    /// <param name="name">The name.</param>
    /// <returns>Whether it was free.</returns>
    public bool TryTake(string name) => _taken.Add(name);

    /// <summary>Takes the name itself, or with <c>_2</c>, <c>_3</c>, … behind it where it is taken.</summary>
    /// <param name="name">The wanted name.</param>
    public string Take(string name)
    {
        if (_taken.Add(name))
        {
            return name;
        }

        for (var number = _next.GetValueOrDefault(name, 2); ; number++)
        {
            if (_taken.Add($"{name}_{number}"))
            {
                _next[name] = number + 1;
                return $"{name}_{number}";
            }
        }
    }
}
