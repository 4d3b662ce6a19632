using System.Text;

namespace DataManifest.Storage;

/// <summary>Machines for tests.</summary>
internal static class Hosts
{
    public static HostEnvironment Create(
        Dictionary<string, string>? variables = null, HostPlatform platform = HostPlatform.Linux, string name = "login3", string workingDirectory = "/usr/share", params (string Path, string Text)[] files) => new()
    {
        Variables = variables ?? new() { ["HOME"] = "/home/ada" },
        HostName = name,
        Platform = platform,
        WorkingDirectory = workingDirectory,
        ReadFile = path => files.Where(file => file.Path == path).Select(file => Encoding.UTF8.GetBytes(file.Text)).FirstOrDefault(),
    };
}
