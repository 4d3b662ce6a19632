using System.CommandLine;
using DataManifest.Maintenance;

namespace DataManifest.Tool.CommandLine;

/// <summary>The arguments and options that say which stored objects a command is about.</summary>
internal sealed class FilterOptions
{
    private readonly Argument<string[]> _terms = new("TERM")
    {
        Description = "Texts that are in the facts of an object (name, key, hash, version, format, path, …), in any letter case; all must be, unless --any",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<bool> _any = Parameters.Switch("--any", "One of the terms is enough");
    private readonly Option<bool> _invert = Parameters.Switch("--invert", "The objects that the terms do not find");
    private readonly Option<bool> _cached = Parameters.Switch("--cached", "Produced artifacts only");
    private readonly Option<bool> _datasets = Parameters.Switch("--datasets", "Datasets only");
    private readonly Option<string?> _format = Parameters.Text("--format", "FMT", "Objects of this format only");
    private readonly Option<string[]?> _hash = Parameters.List("--hash", "PREFIX", "Artifacts whose hash begins with one of these");
    private readonly Option<bool> _orphan = Parameters.Switch("--orphan", "Artifacts that nothing records");
    private readonly Option<bool> _dirty = Parameters.Switch("--dirty", "Objects whose record disagrees with the disk");
    private readonly Option<bool> _outside = Parameters.Switch("--outside", "Objects that lie neither in the configured folders nor in a read pool");
    private readonly Option<bool> _outOfPlace = Parameters.Switch("--out-of-place", "Objects that are not where the configuration wants them; what normalize moves");
    private readonly Option<string?> _olderThan = Parameters.Text("--older-than", "AGE", "Objects that nobody has read for longer: 7d, 36h, 3600");
    private readonly Option<bool> _present = Parameters.Switch("--present", "Datasets that are there");
    private readonly Option<bool> _missing = Parameters.Switch("--missing", "Datasets that are not there");
    private readonly Option<bool> _all = Parameters.Switch("--all", "Artifacts too that nothing records");

    /// <summary>Gives a command all of them.</summary>
    /// <param name="command">The command.</param>
    public void AddAllTo(Command command)
    {
        AddTo(command);
        foreach (var option in new Option[] { _orphan, _dirty, _outside, _outOfPlace, _present, _missing, _all })
        {
            command.Add(option);
        }

        command.Validators.Add(result =>
        {
            if (new[] { _present, _missing, _all }.Count(result.GetValue) > 1)
            {
                result.AddError("--present, --missing and --all exclude each other");
            }
        });
    }

    /// <summary>Gives a command those that do not ask for a state.</summary>
    /// <param name="command">The command.</param>
    public void AddTo(Command command)
    {
        AddDatasetsTo(command);
        command.Add(_cached);
        command.Add(_datasets);
        command.Add(_hash);
    }

    /// <summary>Gives a command those that make sense for datasets alone.</summary>
    /// <param name="command">The command.</param>
    public void AddDatasetsTo(Command command)
    {
        command.Add(_terms);
        foreach (var option in new Option[] { _any, _invert, _format, _olderThan })
        {
            command.Add(option);
        }
    }

    /// <summary>The filter that a command line asks for.</summary>
    /// <param name="parsed">The command line.</param>
    /// <exception cref="DataManifestException">The age is none.</exception>
    public ObjectFilter Read(ParseResult parsed) => new()
    {
        Terms = parsed.GetValue(_terms) ?? [],
        AnyTerm = parsed.GetValue(_any),
        Invert = parsed.GetValue(_invert),
        OnlyProduced = parsed.GetValue(_cached),
        OnlyDatasets = parsed.GetValue(_datasets),
        Format = parsed.GetValue(_format) ?? "",
        HashPrefixes = parsed.GetValue(_hash) ?? [],
        OnlyPresent = parsed.GetValue(_present),
        OnlyMissing = parsed.GetValue(_missing),
        OnlyOrphans = parsed.GetValue(_orphan),
        OnlyDirty = parsed.GetValue(_dirty),
        OnlyOutside = parsed.GetValue(_outside),
        OnlyOutOfPlace = parsed.GetValue(_outOfPlace),
        IncludeOrphans = parsed.GetValue(_all),
        OlderThan = parsed.GetValue(_olderThan) is { Length: > 0 } age ? ObjectFilter.ParseAge(age) : null,
    };
}
