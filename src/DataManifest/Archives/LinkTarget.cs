namespace DataManifest.Archives;

/// <summary>Where a symbolic link of an archive leads, judged before it is made.</summary>
internal static class LinkTarget
{
    private const int MostHops = 40;

    /// <summary>Follows a link the way the system would, through other links too, and refuses it as soon as the way climbs above the root.</summary>
    /// <param name="path">The link's path below the root.</param>
    /// <param name="target">The link's text, relative.</param>
    /// <param name="links">All links: path below the root, and text.</param>
    /// <exception cref="DataManifest.Fetching.FetchFaultException">The way leaves the root or runs in a circle.</exception>
    public static void RequireInside(string path, string target, IReadOnlyDictionary<string, string> links)
    {
        var pending = new Stack<string>();
        var here = new List<string>(path.Split('/')[..^1]);
        Push(target);
        for (var hops = 0; pending.TryPop(out var segment);)
        {
            if (segment is "" or ".")
            {
                continue;
            }

            if (segment == "..")
            {
                if (here.Count == 0)
                {
                    throw EntryPath.Refuse(path, $"is a link to '{target}', outside the folder");
                }

                here.RemoveAt(here.Count - 1);
                continue;
            }

            here.Add(segment);
            if (!links.TryGetValue(string.Join('/', here), out var next))
            {
                continue;
            }

            if (++hops > MostHops)
            {
                throw EntryPath.Refuse(path, $"is a link to '{target}', which runs in a circle");
            }

            here.RemoveAt(here.Count - 1);
            Push(next);
        }

        void Push(string text)
        {
            foreach (var segment in Enumerable.Reverse(text.Split('/', '\\')))
            {
                pending.Push(segment);
            }
        }
    }
}
