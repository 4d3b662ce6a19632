using System.CommandLine;

namespace DataManifest.Tool.CommandLine;

/// <summary>Arguments and options that several commands have.</summary>
internal static class Parameters
{
    /// <summary>One dataset.</summary>
    public static Argument<string> Dataset() =>
        WithNames(new Argument<string>("NAME") { Description = "A dataset: its name, alias, DOI, key or path" });

    /// <summary>One stored object.</summary>
    public static Argument<string> Object() =>
        WithNames(new Argument<string>("ID") { Description = "A dataset (name, alias, DOI, key or path), or an artifact (cachetype[/version]/hash, which may be cut short)" });

    /// <summary>Any number of datasets.</summary>
    /// <param name="description">What none means.</param>
    public static Argument<string[]> Datasets(string description) =>
        WithNames(new Argument<string[]>("NAME") { Description = description, Arity = ArgumentArity.ZeroOrMore });

    /// <summary>The datasets that a command line names; null for all.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="names">The argument.</param>
    public static string[]? Chosen(ParseResult parsed, Argument<string[]> names) => parsed.GetValue(names) is { Length: > 0 } chosen ? chosen : null;

    /// <summary>A switch.</summary>
    /// <param name="name">Its long name.</param>
    /// <param name="description">What it does.</param>
    public static Option<bool> Switch(string name, string description) => new(name) { Description = description };

    /// <summary>Results as JSON.</summary>
    public static Option<bool> Json() => Switch("--json", "Print the result as JSON");

    /// <summary>A look at what a command would do.</summary>
    public static Option<bool> DryRun() => Switch("--dry-run", "Show what would be done, and change nothing");

    /// <summary>The name of <see cref="Batch"/>.</summary>
    public const string BatchName = "--batch";

    /// <summary>Leave to act on several objects.</summary>
    public static Option<bool> Batch() => Switch(BatchName, "Act on all objects when the identifier stands for several");

    /// <summary>An option with as many values as follow it.</summary>
    /// <param name="name">Its long name.</param>
    /// <param name="value">What its values are called.</param>
    /// <param name="description">What it does.</param>
    /// <param name="mayBeEmpty">Whether no value at all means an empty list.</param>
    public static Option<string[]?> List(string name, string value, string description, bool mayBeEmpty = false) => new(name)
    {
        HelpName = value,
        Description = description,
        Arity = mayBeEmpty ? ArgumentArity.ZeroOrMore : ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => null,
    };

    /// <summary>The values of an option, perhaps none; null when the option is not on the command line.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="option">The option.</param>
    public static string[]? Given(ParseResult parsed, Option<string[]?> option) => parsed.GetResult(option) is { Implicit: false } ? parsed.GetValue(option) ?? [] : null;

    /// <summary>An option with one value.</summary>
    /// <param name="name">Its long name.</param>
    /// <param name="value">What its value is called.</param>
    /// <param name="description">What it does.</param>
    public static Option<string?> Text(string name, string value, string description) => new(name) { HelpName = value, Description = description };

    private static TArgument WithNames<TArgument>(TArgument argument)
        where TArgument : Argument
    {
        argument.HelpName = argument.Name;
        argument.CompletionSources.Add(_ => DatasetNames());
        return argument;
    }

    private static IEnumerable<string> DatasetNames()
    {
        try
        {
            return Database.Open().Datasets.Select(dataset => dataset.Name);
        }
        catch (Exception unreadable) when (unreadable is DataManifestException or IOException or UnauthorizedAccessException)
        {
            return []; // Nobody wants an error message while typing.
        }
    }
}
