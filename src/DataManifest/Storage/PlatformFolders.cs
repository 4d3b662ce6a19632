namespace DataManifest.Storage;

/// <summary>
/// The user's home, data, cache and configuration folders, the same as every tool of the format finds them (specification, "Symbols":
/// the two <c>user_*</c> folders are those of <c>platformdirs</c>, without an application's name).
/// </summary>
/// <param name="platform">Whose conventions hold.</param>
/// <param name="variable">Reads an environment variable; null when unset or empty.</param>
internal sealed class PlatformFolders(HostPlatform platform, Func<string, string?> variable)
{
    /// <summary>The home folder, without a slash at its end, so that one may follow: empty where it is the root of the file system.</summary>
    public string Home => (platform == HostPlatform.Windows ? variable("USERPROFILE") : variable("HOME")) is { } home
        ? home.TrimEnd(Separators)
        : Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify);

    /// <summary>The folder for data that stay.</summary>
    public string Data => platform switch
    {
        HostPlatform.Windows => LocalApplicationData,
        HostPlatform.MacOS => $"{Home}/Library/Application Support",
        _ => Xdg("XDG_DATA_HOME", ".local/share"),
    };

    /// <summary>The folder for data that can be made again.</summary>
    public string Cache => platform switch
    {
        HostPlatform.Windows => LocalApplicationData,
        HostPlatform.MacOS => $"{Home}/Library/Caches",
        _ => Xdg("XDG_CACHE_HOME", ".cache"),
    };

    /// <summary>The user's configuration file; at this place on every system.</summary>
    public string ConfigurationFile => $"{Xdg("XDG_CONFIG_HOME", ".config").TrimEnd(Separators)}/datamanifest/config.toml";

    private char[] Separators => platform == HostPlatform.Windows ? ['/', '\\'] : ['/'];

    private string LocalApplicationData => variable("LOCALAPPDATA")
        ?? (OperatingSystem.IsWindows() ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify) : $@"{Home}\AppData\Local");

    /// <summary>The home folder of another user, from the system's list of accounts; null when it is not known.</summary>
    /// <param name="user">The account's name.</param>
    public string? HomeOf(string user)
    {
        try
        {
            return platform == HostPlatform.Windows || !File.Exists("/etc/passwd") ? null
                : File.ReadLines("/etc/passwd").Select(line => line.Split(':')).FirstOrDefault(account => account.Length > 5 && account[0] == user)?[5];
        }
        catch (IOException)
        {
            return null;
        }
    }

    private string Xdg(string name, string fallback) => variable(name) is { } value && value.Trim().Length > 0 ? value : $"{Home}/{fallback}";
}
