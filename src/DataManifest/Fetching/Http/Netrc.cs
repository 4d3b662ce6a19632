namespace DataManifest.Fetching.Http;

/// <summary>Names and passwords by host, from the file that <c>NETRC</c> names or else <c>.netrc</c> in the home folder, as curl and Python read it.</summary>
internal sealed class Netrc
{
    /// <summary>No names and passwords.</summary>
    public static readonly Netrc None = new("");

    private readonly Dictionary<string, (string Login, string Password)> _machines = new(StringComparer.OrdinalIgnoreCase);
    private (string Login, string Password)? _default;

    private Netrc(string text)
    {
        var words = new Queue<string>(Words(text));
        string? machine = null;
        var (login, password) = ("", "");
        while (words.TryDequeue(out var word))
        {
            switch (word)
            {
                case "machine":
                    Add();
                    (machine, login, password) = (Value(), "", "");
                    break;
                case "default":
                    Add();
                    (machine, login, password) = ("", "", "");
                    break;
                case "login" or "user":
                    login = Value();
                    break;
                case "password" or "passwd":
                    password = Value();
                    break;
                case "account":
                    Value();
                    break;
            }
        }

        Add();

        string Value() => words.TryDequeue(out var value) ? value : "";

        void Add()
        {
            if (machine is { Length: > 0 })
            {
                _machines.TryAdd(machine, (login, password));
            }
            else if (machine is not null)
            {
                _default ??= (login, password);
            }
        }
    }

    /// <summary>Reads a file; one that is not there or cannot be read has no names and passwords.</summary>
    /// <param name="path">The file.</param>
    public static Netrc Read(string path)
    {
        try
        {
            return File.Exists(path) ? new Netrc(File.ReadAllText(path)) : None;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return None;
        }
    }

    /// <summary>The name and password for a host, or for every host that is not listed; null when there are none.</summary>
    /// <param name="host">The host, without port.</param>
    public (string Login, string Password)? Find(string host) => _machines.TryGetValue(host, out var found) ? found : _default;

    /// <summary>The file's words: separated by blanks, in double quotes if they contain some, without comments and macros.</summary>
    private static IEnumerable<string> Words(string text)
    {
        var isMacro = false;
        foreach (var line in text.Split('\n'))
        {
            // A macro goes on up to an empty line.
            isMacro = isMacro ? line.Trim().Length > 0 : line.TrimStart().StartsWith("macdef", StringComparison.Ordinal);
            for (var rest = line.Trim(); rest.Length > 0 && !isMacro && rest[0] != '#'; rest = rest.TrimStart())
            {
                var word = "";
                var isQuoted = rest[0] == '"';
                var at = isQuoted ? 1 : 0;
                for (; at < rest.Length && (isQuoted ? rest[at] != '"' : !char.IsWhiteSpace(rest[at])); at++)
                {
                    at += rest[at] == '\\' && at + 1 < rest.Length ? 1 : 0;
                    word += rest[at];
                }

                rest = rest[Math.Min(rest.Length, isQuoted ? at + 1 : at)..];
                yield return word;
            }
        }
    }
}
