using System.Text.RegularExpressions;

namespace DataManifest.Tool.Scenarios;

/// <summary>Where the tool does better than the reference, or another thing, on purpose.</summary>
/// <param name="Scenario">The scenario.</param>
/// <param name="From">The first step.</param>
/// <param name="To">The last step.</param>
/// <param name="Aspect">Of what.</param>
/// <param name="Lines">A pattern of the lines that differ.</param>
/// <param name="Why">The reason; W-nn is the reference's weak spot of that number.</param>
internal sealed record KnownDifference(string Scenario, int From, int To, Aspect Aspect, string Lines, string Why)
{
    /// <summary>Scenarios that are not played, and why.</summary>
    public static IReadOnlyDictionary<string, string> Excluded { get; } = new Dictionary<string, string>
    {
        ["push / pull to a local folder, export"] = "there is no push and pull yet; export has tests of its own",
        ["produced artifacts: list, delete, move"] = "data that programs produce are not made yet",
    };

    /// <summary>Every difference.</summary>
    public static IReadOnlyList<KnownDifference> All { get; } =
    [
        new("unknown and ambiguous names", 1, 1, Aspect.Exit, "", "W-26: a dataset's own name is never ambiguous"),
        new("unknown and ambiguous names", 1, 1, Aspect.Output, "", "W-26: a dataset's own name is never ambiguous"),

        new("declared checksums", 1, 9, Aspect.Files, "sub/salt.nc", "W-01: data with the wrong checksum are not stored"),
        new("declared checksums", 2, 2, Aspect.Output, "bad\t", "W-01: data with the wrong checksum are not stored"),
        new("declared checksums", 5, 5, Aspect.Exit, "", "W-01: what is not stored cannot be wrong"),
        new("declared checksums", 6, 7, Aspect.Output, "", "W-01: what is not stored has no checksum to take over"),
        new("declared checksums", 7, 9, Aspect.Manifest, "bad/checksum", "W-01: what is not stored has no checksum to take over"),

        new("archives: extract", 0, 12, Aspect.Manifest, "short/", "W-10: a .tgz is unpacked"),
        new("archives: extract", 5, 12, Aspect.State, "arc.tgz/", "W-10: a .tgz is unpacked"),
        new("archives: extract", 5, 12, Aspect.Files, "arc\\.tgz", "W-10: a .tgz is unpacked"),
        new("archives: extract", 8, 8, Aspect.Output, "short\t", "W-10: a .tgz is unpacked"),

        new("archives: extract", 9, 12, Aspect.Files, "arc\\.zip", "the archive is deleted with what was unpacked from it"),

        new("init", 4, 6, Aspect.Files, "sub/x/datamanifest.toml", "a new manifest names its schema, for editors"),

        new("storage_path and skip_download", 4, 4, Aspect.Exit, "", "the specification wants an error where lazy_access has no loader"),

        new("overwrite", 4, 8, Aspect.Manifest, "temp/checksum", "W-18: a failed overwriting keeps the old data, whose checksum stays right"),
        new("overwrite", 3, 8, Aspect.State, "temp.csv", "W-18: a failed overwriting keeps the old data"),
        new("overwrite", 3, 8, Aspect.Files, "temp.csv", "W-18: a failed overwriting keeps the old data"),
        new("overwrite", 4, 8, Aspect.Output, "", "W-18: a failed overwriting keeps the old data"),
        new("overwrite", 5, 5, Aspect.Exit, "", "W-18: the checksum is still that of the old data, which the source has not any more"),

        new("read pools", 2, 10, Aspect.Manifest, "p[13]/checksum", "W-22: data of a pool without a checksum are not trusted, but fetched and pinned"),
        new("read pools", 2, 10, Aspect.State, "k/(temp.csv|arc.zip)", "W-22: data of a pool without a checksum are not trusted"),
        new("read pools", 2, 10, Aspect.Files, "k/(temp.csv|arc)", "W-22: data of a pool without a checksum are not trusted"),
        new("read pools", 3, 9, Aspect.Output, "", "W-22: data of a pool without a checksum are not trusted"),
        new("legacy layouts are read pools", 0, 1, Aspect.Manifest, "checksum", "W-22: data of a pool without a checksum are not trusted, but fetched and pinned"),
        new("legacy layouts are read pools", 0, 1, Aspect.State, "", "W-22: data of a pool without a checksum are not trusted"),
        new("legacy layouts are read pools", 0, 1, Aspect.Files, "", "W-22: data of a pool without a checksum are not trusted"),
        new("legacy layouts are read pools", 1, 1, Aspect.Output, "", "W-22: data of a pool without a checksum are not trusted"),

        new("import csv / urls / pooch", 2, 8, Aspect.Manifest, "/key", "W-05: two addresses that differ in their query do not share a place"),
        new("import csv / urls / pooch", 7, 8, Aspect.Manifest, "(temp_[67]|wind.tar_2)/", "what is declared already is not declared again under another name"),
        new("import csv / urls / pooch", 7, 8, Aspect.Output, "", "what is declared already is not declared again under another name"),
        new("import dvc / intake", 2, 2, Aspect.Exit, "", "a folder is accepted, as the reference documents it"),
        new("import dvc / intake", 2, 2, Aspect.Output, "", "a folder is accepted, as the reference documents it"),

        new("odd manifests", 0, 4, Aspect.Exit, "", "W-25: an odd field or value does not keep the other datasets from being used"),
        new("odd manifests", 0, 4, Aspect.Output, "", "W-25: an odd field or value does not keep the other datasets from being used"),

        new(Every, 0, int.MaxValue, Aspect.Files, "^[+].*\\.complete sha256:e3b0c44298fc1c14:0$", "W-06, W-34: unpacked, moved and normalized data have their completion marker"),
        new(Every, 0, int.MaxValue, Aspect.Files, "^-.*\\.complete sha256:e3b0c44298fc1c14:0$", "W-34: the marker goes with the data that it belongs to"),
    ];

    private const string Every = "every scenario";

    /// <summary>Whether it may occur in any scenario, and need not.</summary>
    public bool IsGeneral => Scenario == Every;

    /// <summary>Whether a deviation is this difference.</summary>
    /// <param name="deviation">The deviation.</param>
    public bool Covers(Deviation deviation) =>
        deviation.Aspect == Aspect && deviation.Step >= From && deviation.Step <= To && Regex.IsMatch(deviation.Line, Lines, RegexOptions.CultureInvariant);
}
