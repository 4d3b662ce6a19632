namespace DataManifest.Azure;

/// <summary>The storage account that the environment names, and how to log in to it, as the Azure command line and the other tools of the format take them.</summary>
internal sealed class AzureSettings
{
    private const string EmulatorAccount = "devstoreaccount1";
    private const string EmulatorKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private static readonly string[] Suffixes = [".core.windows.net", ".core.chinacloudapi.cn", ".core.usgovcloudapi.net", ".core.cloudapi.de", ".storage.azure.net"];

    private readonly IReadOnlyDictionary<string, string> _variables;

    /// <summary>Reads the variables.</summary>
    /// <param name="variables">The environment variables.</param>
    public AzureSettings(IReadOnlyDictionary<string, string> variables)
    {
        _variables = variables;
        var text = Variable("AZURE_STORAGE_CONNECTION_STRING").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(part => part.Split('=', 2)).Where(pair => pair.Length == 2).DistinctBy(pair => pair[0], StringComparer.OrdinalIgnoreCase)
            .ToDictionary(pair => pair[0].Trim(), pair => pair[1].Trim(), StringComparer.OrdinalIgnoreCase);
        if (text.GetValueOrDefault("UseDevelopmentStorage", "").Equals("true", StringComparison.OrdinalIgnoreCase))
        {
            text = new(StringComparer.OrdinalIgnoreCase)
            {
                ["AccountName"] = EmulatorAccount, ["AccountKey"] = EmulatorKey, ["BlobEndpoint"] = $"http://127.0.0.1:10000/{EmulatorAccount}",
            };
        }

        Account = FirstOf(text.GetValueOrDefault("AccountName"), Variable("AZURE_STORAGE_ACCOUNT"), Variable("AZURE_STORAGE_ACCOUNT_NAME"));
        Key = FirstOf(text.GetValueOrDefault("AccountKey"), Variable("AZURE_STORAGE_KEY"), Variable("AZURE_STORAGE_ACCOUNT_KEY"));
        Signature = FirstOf(text.GetValueOrDefault("SharedAccessSignature"), Variable("AZURE_STORAGE_SAS_TOKEN")).TrimStart('?');
        var suffix = FirstOf(text.GetValueOrDefault("EndpointSuffix"), "core.windows.net");
        var endpoint = FirstOf(text.GetValueOrDefault("BlobEndpoint"), Account.Length > 0 ? $"{FirstOf(text.GetValueOrDefault("DefaultEndpointsProtocol"), "https")}://{Account}.blob.{suffix}" : "");
        Endpoint = Uri.TryCreate(endpoint.TrimEnd('/') + "/", UriKind.Absolute, out var address) && address.Scheme.StartsWith("http", StringComparison.Ordinal) ? address : null;
    }

    /// <summary>The account's name; empty when none is named.</summary>
    public string Account { get; }

    /// <summary>The account's key; empty when there is none.</summary>
    public string Key { get; }

    /// <summary>A shared access signature, as a query without its question mark; empty when there is none.</summary>
    public string Signature { get; }

    /// <summary>Where the account's blobs are, with a slash at its end; null when no account is named.</summary>
    public Uri? Endpoint { get; }

    /// <summary>Whether nothing but public access is tried (<c>AZURE_STORAGE_ANON</c>).</summary>
    public bool IsAnonymous => Variable("AZURE_STORAGE_ANON").ToLowerInvariant() is "1" or "true" or "yes";

    /// <summary>Whether a server may see credentials: one of Microsoft's, or the one that the environment names.</summary>
    /// <param name="host">The server's name.</param>
    public bool IsTrusted(string host) => host == Endpoint?.Host || Suffixes.Any(suffix => host.EndsWith(suffix, StringComparison.Ordinal));

    private string Variable(string name) => _variables.TryGetValue(name, out var value) ? value.Trim() : "";

    private static string FirstOf(params string?[] values) => values.FirstOrDefault(value => !string.IsNullOrWhiteSpace(value)) ?? "";
}
