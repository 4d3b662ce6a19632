using DataManifest.Fetching;
using DataManifest.Storage;

namespace DataManifest.Tool.Doctor;

/// <summary>What the environment says of networks: proxies, offline mode, passwords.</summary>
/// <param name="storage">Knows the environment.</param>
internal sealed class NetworkChecks(StorageConfiguration storage)
{
    /// <summary>Looks at it. No server is asked.</summary>
    public IEnumerable<Check> Run()
    {
        var variables = storage.Host.Variables;
        foreach (var name in new[] { "HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy" })
        {
            if (variables.TryGetValue(name, out var proxy) && proxy.Length > 0)
            {
                var isAddress = Uri.TryCreate(proxy.Contains("://", StringComparison.Ordinal) ? proxy : $"http://{proxy}", UriKind.Absolute, out var address) && address.Scheme is "http" or "https" or "socks4" or "socks5" or "socks4a";
                yield return isAddress
                    ? new Check("proxies", Verdict.Good, $"{name} is {SafeUrl.Of(proxy)}.")
                    : new Check("proxies", Verdict.Bad, $"{name} is no address of a proxy: '{SafeUrl.Of(proxy)}'.", "Write http://host:port.");
            }
        }

        if (variables.TryGetValue("DATAMANIFEST_OFFLINE", out var offline) && offline.Length > 0)
        {
            yield return new Check("network", Verdict.Doubtful, $"DATAMANIFEST_OFFLINE is {offline}: nothing is fetched from a network.", "Unset it to fetch.");
        }

        if (!OperatingSystem.IsWindows() && File.Exists(storage.NetrcFile) && (File.GetUnixFileMode(storage.NetrcFile) & (UnixFileMode.GroupRead | UnixFileMode.OtherRead)) != 0)
        {
            yield return new Check("passwords", Verdict.Doubtful, $"'{storage.NetrcFile}' can be read by others.", $"chmod 600 {storage.NetrcFile}");
        }

        if (variables.TryGetValue("SSL_CERT_FILE", out var certificates) && certificates.Length > 0 && !File.Exists(certificates))
        {
            yield return new Check("certificates", Verdict.Bad, $"SSL_CERT_FILE names '{certificates}', which is not there.", "Correct or unset it.");
        }
    }
}
