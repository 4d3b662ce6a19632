using DataManifest.Diagnostics;
using DataManifest.Tool.Output;

namespace DataManifest.Tool;

/// <summary>What one command works with: the console, and the manifest that it finds.</summary>
/// <param name="console">The console.</param>
internal sealed class ToolSession(ToolConsole console)
{
    /// <summary>The console.</summary>
    public ToolConsole Console { get; } = console;

    /// <summary>Findings for standard error.</summary>
    public Messages Messages { get; } = new(console);

    /// <summary>The manifest, once it is open.</summary>
    public Database? Database { get; private set; }

    /// <summary>For results.</summary>
    public TextOutput Out => Console.Out;

    /// <summary>Opens the manifest of the environment or of the current folder and above, and warns of configuration files that are ignored and of paths that lead nowhere.</summary>
    /// <param name="path">Another manifest; null to look for it.</param>
    /// <param name="options">How it is opened; null for the defaults.</param>
    /// <exception cref="DataManifestException">There is none, or it cannot be read.</exception>
    public Database Open(string? path = null, DatabaseOptions? options = null)
    {
        if (Database is null)
        {
            Database = Database.Open(path, options);
            foreach (var finding in Database.CheckStorage())
            {
                Messages.Tell(finding);
            }

            if (path is null && ManifestDiscovery.NameIn(Database.Locator.Storage.Host.Variables) is null)
            {
                TellPassedOver(Database.Manifest.Path);
            }
        }

        return Database;
    }

    /// <summary>Opens the manifest and tells what is wrong in it with the datasets that a command is about.</summary>
    /// <param name="identifiers">The datasets, as the user wrote them; null for all.</param>
    /// <exception cref="DataManifestException">There is none, or it cannot be read, or an identifier finds nothing.</exception>
    public Database OpenAndCheck(IReadOnlyCollection<string>? identifiers)
    {
        var database = Open();
        var chosen = identifiers?.Select(identifier => database[identifier].Name).ToHashSet(StringComparer.Ordinal);
        foreach (var finding in database.Manifest.Diagnostics.Where(finding => chosen is null || finding.Dataset.Length == 0 || chosen.Contains(finding.Dataset)))
        {
            Messages.Tell(finding, database.Manifest.Path);
        }

        return database;
    }

    private void TellPassedOver(string manifest)
    {
        if (ManifestDiscovery.PassedOver(manifest) is { Count: > 0 } others)
        {
            Messages.Tell(
                DiagnosticRules.ManifestPassedOver, $"'{Path.GetFileName(manifest)}' is used; {string.Join(" and ", others)} in the same folder is not.", "Put the datasets into one file, or name the other one with DATAMANIFEST_TOML.");
        }
    }
}
