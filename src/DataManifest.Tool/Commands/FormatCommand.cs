using System.CommandLine;
using DataManifest.Diagnostics;
using DataManifest.Storage;
using DataManifest.Text;
using DataManifest.Tool.CommandLine;
using DataManifest.Toml;

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
        command.SetAction((parsed, cancellationToken) => RunAsync(session, parsed.GetValue(file)!, parsed.GetValue(inPlace), parsed.GetValue(dryRun), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ToolSession session, string file, bool inPlace, bool dryRun, CancellationToken cancellationToken)
    {
        if (file == "-" && inPlace)
        {
            session.Messages.Tell(DiagnosticRules.CommandLineInvalid, "Standard input cannot be rewritten in place.", "Name the file.");
            return ExitCode.Failed;
        }

        var path = file == "-" ? "" : Path.GetFullPath(file);
        if (path.Length > 0 && !File.Exists(path))
        {
            session.Messages.Tell(DiagnosticRules.FileNotUsable, $"'{path}' does not exist.");
            return ExitCode.Failed;
        }

        var (old, canonical) = Canonical(path.Length > 0 ? await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false) : await ReadInputAsync(cancellationToken).ConfigureAwait(false), path);
        if (!inPlace)
        {
            await session.Console.Out.WriteAsync(canonical).ConfigureAwait(false);
        }
        else if (old == canonical)
        {
            return ExitCode.Done;
        }
        else if (dryRun)
        {
            session.Print($"Would format: {path}");
        }
        else
        {
            AtomicFile.Replace(AtomicFile.TargetOf(path), TomlText.Encode(canonical));
        }

        return ExitCode.Done;
    }

    private static (string Old, string Canonical) Canonical(byte[] bytes, string path)
    {
        try
        {
            var text = TomlText.Decode(bytes);
            return (text, TomlWriter.ToCanonical(TomlDocument.Parse(text).Root));
        }
        catch (TomlException broken)
        {
            throw new ManifestException(path.Length > 0 ? path : "standard input", new ManifestDiagnostic(DiagnosticRules.InvalidToml, broken.Reason, broken.Span, broken.Position, broken.Position));
        }
    }

    private static async Task<byte[]> ReadInputAsync(CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        var input = Console.OpenStandardInput();
        await using (input.ConfigureAwait(false))
        {
            await input.CopyToAsync(bytes, cancellationToken).ConfigureAwait(false);
        }

        return bytes.ToArray();
    }
}
