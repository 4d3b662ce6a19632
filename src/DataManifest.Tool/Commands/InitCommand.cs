using System.CommandLine;
using System.Text.Json.Nodes;
using DataManifest.Tool.CommandLine;
using DataManifest.Tool.Output;

namespace DataManifest.Tool.Commands;

/// <summary>Makes a manifest, and gives a project the package that uses it.</summary>
internal static class InitCommand
{
    /// <summary>Makes the command.</summary>
    /// <param name="session">What it works with.</param>
    public static Command Create(ToolSession session)
    {
        var folder = Parameters.Text("--folder", "PATH", "The folder; the current one unless given");
        var force = Parameters.Switch("--force", "Make it although the folder has a manifest, and replace one of the same name");
        var project = new Option<string?>("--csproj")
        {
            HelpName = "FILE",
            Description = "Give the project the package DataManifest.Build too; without a file, the one project of the folder",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var dryRun = Parameters.DryRun();
        var json = Parameters.Json();
        var command = new ToolCommand(
            "init", "Makes a manifest, datamanifest.toml, in a folder.",
            "datamanifest init", "datamanifest init --csproj", "datamanifest init --folder data --csproj src/App/App.csproj") { folder, force, project, dryRun, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var place = Path.GetFullPath(parsed.GetValue(folder) ?? ".");
            var isDryRun = parsed.GetValue(dryRun);
            var reference = parsed.GetResult(project) is { Implicit: false } ? ProjectReference.Find(parsed.GetValue(project), place) : null;
            var path = Path.Combine(place, ManifestDiscovery.FileNames[0]);

            // A project that is given the package may have its manifest already.
            var kept = reference is null || parsed.GetValue(force) ? null : ManifestDiscovery.FileNames.Select(name => Path.Combine(place, name)).FirstOrDefault(File.Exists);
            if (kept is not null)
            {
                path = kept;
            }
            else if (!isDryRun)
            {
                path = await ManifestFile.CreateAsync(place, parsed.GetValue(force), cancellationToken).ConfigureAwait(false);
            }

            var isReferenced = reference is not null && (isDryRun ? !reference.IsThere : reference.Add());
            if (parsed.GetValue(json))
            {
                session.Console.WriteJson(new JsonObject { ["manifest"] = path, ["created"] = kept is null, ["project"] = reference?.Path, ["packageAdded"] = isReferenced, ["dryRun"] = isDryRun });
                return ExitCode.Done;
            }

            session.Out.WriteLine($"{(kept is not null ? "Kept" : isDryRun ? "Would create" : "Created")}: {path}");
            if (isReferenced)
            {
                session.Out.WriteLine($"{(isDryRun ? "Would add" : "Added")}: {ProjectReference.Package} {VersionAction.Version} -> {reference!.Path}");
                if (reference.CentralVersions is { } versions)
                {
                    session.Out.WriteLine($"Add its version to {versions}: <PackageVersion Include=\"{ProjectReference.Package}\" Version=\"{VersionAction.Version}\" />");
                }
            }

            return ExitCode.Done;
        });
        return command;
    }
}
