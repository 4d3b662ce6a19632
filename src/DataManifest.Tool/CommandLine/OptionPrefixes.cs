using System.CommandLine;

namespace DataManifest.Tool.CommandLine;

/// <summary>Long options may be cut short as long as they stay clear (<c>--dry</c> for <c>--dry-run</c>), as in the other tools of the family.</summary>
internal static class OptionPrefixes
{
    /// <summary>Writes out every option that is cut short.</summary>
    /// <param name="root">The command that the line is for; its subcommands are followed.</param>
    /// <param name="arguments">The command line.</param>
    public static IReadOnlyList<string> Expand(Command root, IReadOnlyList<string> arguments)
    {
        var command = root;
        var expanded = arguments.ToArray();
        for (var i = 0; i < expanded.Length && expanded[i] != "--"; i++)
        {
            if (expanded[i].StartsWith("--", StringComparison.Ordinal))
            {
                var end = expanded[i].IndexOf('=', StringComparison.Ordinal) is var sign and >= 0 ? sign : expanded[i].Length;
                if (Meant(command, expanded[i][..end]) is { } name)
                {
                    expanded[i] = name + expanded[i][end..];
                }
            }
            else if (command.Subcommands.FirstOrDefault(sub => sub.Name == expanded[i] || sub.Aliases.Contains(expanded[i])) is { } sub)
            {
                command = sub;
            }
        }

        return expanded;
    }

    private static string? Meant(Command command, string written)
    {
        var meant = new List<Option>();
        foreach (var option in command.Options.Where(option => !option.Hidden))
        {
            if (option.Name == written || option.Aliases.Contains(written))
            {
                return null;
            }

            if (option.Name.StartsWith(written, StringComparison.Ordinal) || option.Aliases.Any(alias => alias.StartsWith(written, StringComparison.Ordinal)))
            {
                meant.Add(option);
            }
        }

        return meant is [var only] ? only.Name : null;
    }
}
