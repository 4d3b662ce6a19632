using DataManifest.Maintenance;

namespace DataManifest.Tool.Output;

/// <summary>What an operation does with objects, a heading per kind of deed and an aligned row per object, in the words of the family.</summary>
/// <param name="console">Where it goes.</param>
/// <param name="dryRun">Whether it would only be done.</param>
internal sealed class GroupedOutput(ToolConsole console, bool dryRun)
{
    /// <summary>Prints the objects with which one thing was done; nothing when there are none.</summary>
    /// <param name="results">The objects.</param>
    /// <param name="deed">What was done, from their number and an <c>s</c> where there are several: <c>drop 2 records …</c></param>
    /// <param name="detail">What is told of each object; may be empty.</param>
    public void Print(IReadOnlyList<ObjectResult> results, Func<int, string, string> deed, Func<ObjectResult, string> detail)
    {
        if (results.Count == 0)
        {
            return;
        }

        var text = deed(results.Count, results.Count == 1 ? "" : "s");
        console.Out.WriteLine(dryRun ? $"Would {text}:" : $"{char.ToUpperInvariant(text[0])}{text[1..]}:");
        var width = results.Max(result => result.Subject.Key.Length);
        foreach (var result in results)
        {
            console.Out.WriteLine($"  {result.Subject.Key.PadRight(width)}  {detail(result)}".TrimEnd());
        }
    }

    /// <summary>A way from one place to another with what both have in common outside of the braces: <c>~/{pool -> store}/k/f.csv</c>.</summary>
    /// <param name="from">The old place.</param>
    /// <param name="to">The new place.</param>
    public static string Transition(string from, string to)
    {
        var (source, target) = (Paths.FromHome(from).Split('/'), Paths.FromHome(to).Split('/'));
        var shorter = Math.Min(source.Length, target.Length);
        var head = source.Zip(target).TakeWhile(pair => pair.First == pair.Second).Count();
        var tail = Math.Min(source.Reverse().Zip(target.Reverse()).TakeWhile(pair => pair.First == pair.Second).Count(), shorter - head);
        if (head + tail == 0)
        {
            return $"{string.Join('/', source)} -> {string.Join('/', target)}";
        }

        var middle = $"{{{string.Join('/', source[head..^tail])} -> {string.Join('/', target[head..^tail])}}}";
        return string.Join('/', new[] { string.Join('/', source[..head]), middle, string.Join('/', source[^tail..]) }.Where((part, index) => index == 1 || part.Length > 0));
    }
}
