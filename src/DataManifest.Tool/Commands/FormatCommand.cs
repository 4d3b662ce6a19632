using System.CommandLine;
using DataManifest.Diagnostics;
using DataManifest.Storage;
using DataManifest.Tool.CommandLine;

namespace DataManifest.Tool.Commands;

/// <summary>Writes a manifest in the form that all tools of the family agree on, byte for byte.</summary>
internal static class FormatCommand
{
    /// <summary>Makes the command.</summary>
    /// <param name="session">What it works with.</param>
    public static Command Create(ToolSession session)
    {
        var file = new Argument<string>("FILE") { Description = "The manifest; - or none for standard input", DefaultValueFactory = _ => "-" };
        var inPlace = new Option<bool>("--in-place", "-i") { Description = "Write the file itself instead of standard output" };
        var dryRun = Parameters.DryRun();
        var command = new ToolCommand(
            "format", "Writes a manifest in the canonical form: sorted, one form per value, without comments.",
            "datamanifest format datasets.toml", "datamanifest format -i datasets.toml", "datamanifest format < datasets.toml") { file, inPlace, dryRun };
        command.SetAction((parsed, cancellationToken) => parsed.GetValue(file) is "-"
            ? FromInputAsync(session, parsed.GetValue(inPlace), cancellationToken)
            : FromFileAsync(session, Path.GetFullPath(parsed.GetValue(file)!), parsed.GetValue(inPlace), parsed.GetValue(dryRun), cancellationToken));
        return command;
    }

    private static async Task<int> FromInputAsync(ToolSession session, bool inPlace, CancellationToken cancellationToken)
    {
        if (inPlace)
        {
            session.Messages.Tell(DiagnosticRules.CommandLineInvalid, "Standard input cannot be rewritten in place.", "Name the file.");
            return ExitCode.Failed;
        }

        using var bytes = new MemoryStream();
        var input = Console.OpenStandardInput();
        await using var _ = input.ConfigureAwait(false);
        await input.CopyToAsync(bytes, cancellationToken).ConfigureAwait(false);
        return Tell(session, ManifestFile.Format(bytes.ToArray(), "standard input"), "standard input", toOutput: true);
    }

    private static async Task<int> FromFileAsync(ToolSession session, string path, bool inPlace, bool dryRun, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            session.Messages.Tell(DiagnosticRules.FileNotUsable, $"'{path}' does not exist.");
            return ExitCode.Failed;
        }

        if (inPlace && !dryRun)
        {
            return Tell(session, await new ManifestFile(path, new StorageConfiguration(Path.GetDirectoryName(path)!, null)).FormatAsync(cancellationToken).ConfigureAwait(false), path, toOutput: false);
        }

        var formatted = ManifestFile.Format(await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false), path);
        if (inPlace && formatted.IsChanged)
        {
            session.Out.WriteLine($"Would format: {path}");
        }

        return Tell(session, formatted, path, toOutput: !inPlace);
    }

    private static int Tell(ToolSession session, CanonicalManifest formatted, string path, bool toOutput)
    {
        if (toOutput)
        {
            session.Console.Out.Writer.Write(formatted.Text);
        }

        if (formatted.Warning is { } warning)
        {
            session.Messages.Tell(warning, path);
        }

        return ExitCode.Done;
    }
}
