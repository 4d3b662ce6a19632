using System.Collections;

namespace DataManifest.Storage;

/// <summary>What the storage configuration takes from the machine and the process. Everything can be set, so that a build or a test decides it.</summary>
public sealed record HostEnvironment
{
    /// <summary>The environment variables. An empty value counts as unset.</summary>
    public required IReadOnlyDictionary<string, string> Variables { get; init; }

    /// <summary>The name that <c>_HOST</c> patterns are matched against: the system's host name as the system tells it.</summary>
    public required string HostName { get; init; }

    /// <summary>Whose folder conventions hold.</summary>
    public required HostPlatform Platform { get; init; }

    /// <summary>The absolute folder that stands in for the project's root where there is none.</summary>
    public required string WorkingDirectory { get; init; }

    /// <summary>Reads a configuration file; null when it does not exist.</summary>
    internal Func<string, byte[]?> ReadFile { get; init; } = path => File.Exists(path) ? SmallFile.ReadAllBytes(path) : null;

    /// <summary>The environment of this process, as it is now.</summary>
    public static HostEnvironment Capture()
    {
        var platform = OperatingSystem.IsWindows() ? HostPlatform.Windows : OperatingSystem.IsMacOS() ? HostPlatform.MacOS : HostPlatform.Linux;
        var variables = new Dictionary<string, string>(platform == HostPlatform.Windows ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            variables[(string)variable.Key] = (string?)variable.Value ?? "";
        }

        return new HostEnvironment
        {
            Variables = variables,
            HostName = NameOfHost(platform),
            Platform = platform,
            WorkingDirectory = Environment.CurrentDirectory,
        };
    }

    /// <summary>
    /// The same machine with fields of the storage configuration set as if their environment variables were (<c>datasets_dir</c> as <c>DATAMANIFEST_DATASETS_DIR</c>).
    /// A variable that is set counts more, so that the user of a machine has the last word.
    /// </summary>
    /// <param name="fields">The fields; an empty value sets nothing.</param>
    public HostEnvironment WithStorage(IEnumerable<KeyValuePair<string, string>> fields)
    {
        var variables = Variables.ToDictionary(variable => variable.Key, variable => variable.Value, Platform == HostPlatform.Windows ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
        foreach (var field in fields)
        {
            var name = StorageConfiguration.VariablePrefix + field.Key.ToUpperInvariant();
            if (field.Value.Length > 0 && !(variables.TryGetValue(name, out var set) && set.Length > 0))
            {
                variables[name] = field.Value;
            }
        }

        return this with { Variables = variables };
    }

    /// <summary>The whole name, which <see cref="Environment.MachineName"/> cuts at its first dot. On Linux from the kernel, for which the network's libraries need not be loaded.</summary>
    private static string NameOfHost(HostPlatform platform)
    {
        try
        {
            if (platform == HostPlatform.Linux && File.ReadAllText("/proc/sys/kernel/hostname").TrimEnd('\n') is { Length: > 0 } name)
            {
                return name;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // No such file system here.
        }

        return System.Net.Dns.GetHostName();
    }
}
