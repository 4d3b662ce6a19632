using System.CommandLine;
using DataManifest.Storage;

namespace DataManifest.Tool.CommandLine;

/// <summary>The options that say which configuration is changed.</summary>
internal sealed class ScopeOptions
{
    private readonly Option<bool> _local = Parameters.Switch("--local", "The checkout's .datamanifest/config.toml, which is not committed (the default)");
    private readonly Option<bool> _global = Parameters.Switch("--global", "The user's configuration, for all projects");
    private readonly Option<bool> _project = Parameters.Switch("--project", "The manifest's [_STORAGE], for everybody");
    private readonly Option<bool> _allHosts = new("--all-hosts") { Description = "The older name of --project", Hidden = true };
    private readonly Option<string?> _host = Parameters.Text("--host", "GLOB", "Only on machines whose name matches; alone, in the manifest");

    /// <summary>Gives a command all of them.</summary>
    /// <param name="command">The command.</param>
    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _local, _global, _project, _allHosts, _host })
        {
            command.Add(option);
        }

        command.Validators.Add(result =>
        {
            if (new[] { _local, _global, _project }.Count(result.GetValue) > 1)
            {
                result.AddError("--local, --global and --project exclude each other");
            }
        });
    }

    /// <summary>What a command line asks for.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="session">Knows the manifest.</param>
    /// <returns>The file, the host pattern (empty for none), and both in words.</returns>
    /// <exception cref="DataManifestException">There is no manifest, and the user's configuration is not meant.</exception>
    public (ConfigurationFile File, string Host, string Label) Read(ParseResult parsed, ToolSession session)
    {
        var host = parsed.GetValue(_host) ?? "";
        var database = session.Open();
        var storage = database.Locator.Storage;
        var (file, where) = parsed.GetValue(_global) ? (ConfigurationFile.OfUser(storage), "global (this user)")
            : parsed.GetValue(_project) || parsed.GetValue(_allHosts) || (host.Length > 0 && !parsed.GetValue(_local)) ? (ConfigurationFile.OfManifest(database.Manifest.Path, storage), "project (committed manifest)")
            : (ConfigurationFile.OfCheckout(storage), "local (this checkout)");
        return (file, host, $"{where}: {file.Path}{(host.Length > 0 ? $", host \"{host}\"" : "")}");
    }
}
