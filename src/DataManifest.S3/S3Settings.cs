using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;
using Amazon.Runtime.Credentials;
using Amazon.S3;

namespace DataManifest.S3;

/// <summary>Where S3 is and who asks: from the environment, then from the profile in <c>~/.aws</c>, as the AWS command line does.</summary>
/// <param name="variables">The environment variables.</param>
internal sealed class S3Settings(IReadOnlyDictionary<string, string> variables)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Lazy<CredentialProfile?> _profile = new(() => FindProfile(variables));

    /// <summary>The server's address where it is not Amazon's; empty otherwise.</summary>
    public string Endpoint => FirstOf("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL") is { Length: > 0 } named ? named : _profile.Value?.EndpointUrl ?? "";

    /// <summary>The region that is configured; empty when none is.</summary>
    public string Region => FirstOf("AWS_REGION", "AWS_DEFAULT_REGION") is { Length: > 0 } named ? named : _profile.Value?.Region?.SystemName ?? "";

    /// <summary>Whether requests are not to be signed.</summary>
    public bool IsAnonymous => FirstOf("AWS_NO_SIGN_REQUEST").ToLowerInvariant() is "1" or "true" or "yes" or "on";

    /// <summary>The client's settings.</summary>
    /// <param name="region">The region; empty for the default one.</param>
    public AmazonS3Config ConfigOf(string region)
    {
        var name = region.Length > 0 ? region : "us-east-1";
        var config = Endpoint.Length > 0
            ? new AmazonS3Config { ServiceURL = Endpoint, AuthenticationRegion = name, ForcePathStyle = true }
            : new AmazonS3Config { RegionEndpoint = RegionEndpoint.GetBySystemName(name) };
        (config.Timeout, config.MaxErrorRetry) = (Patience, 2);
        return config;
    }

    /// <summary>Who asks; null for nobody, which public buckets allow.</summary>
    /// <param name="config">The client's settings, for credentials that are asked for over the network.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    public async Task<AWSCredentials?> FindCredentialsAsync(AmazonS3Config config, CancellationToken cancellationToken)
    {
        if (IsAnonymous)
        {
            return null;
        }

        if (FirstOf("AWS_PROFILE").Length == 0 && FirstOf("AWS_ACCESS_KEY_ID") is { Length: > 0 } id && FirstOf("AWS_SECRET_ACCESS_KEY") is { Length: > 0 } secret)
        {
            return FirstOf("AWS_SESSION_TOKEN") is { Length: > 0 } token ? new SessionAWSCredentials(id, secret, token) : new BasicAWSCredentials(id, secret);
        }

        if (_profile.Value is { CanCreateAWSCredentials: true } profile)
        {
            return profile.GetAWSCredentials(profile.CredentialProfileStore);
        }

        try
        {
            // Web identities, containers and machines that have a role.
            var found = await DefaultAWSCredentialsIdentityResolver.GetCredentialsAsync(config).WaitAsync(cancellationToken).ConfigureAwait(false);
            _ = await found.GetCredentialsAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
            return found;
        }
        catch (AmazonClientException)
        {
            return null;
        }
    }

    private static CredentialProfile? FindProfile(IReadOnlyDictionary<string, string> variables)
    {
        var name = Value(variables, "AWS_PROFILE");
        var home = Value(variables, "HOME") is { Length: > 0 } folder ? folder : Value(variables, "USERPROFILE");
        string?[] files =
        [
            Value(variables, "AWS_SHARED_CREDENTIALS_FILE") is { Length: > 0 } credentials ? credentials : Path.Join(home, ".aws", "credentials"),
            Value(variables, "AWS_CONFIG_FILE") is { Length: > 0 } config ? config : Path.Join(home, ".aws", "config"),
        ];
        return files.Where(File.Exists)
            .Select(file => new SharedCredentialsFile(file).TryGetProfile(name.Length > 0 ? name : SharedCredentialsFile.DefaultProfileName, out var profile) ? profile : null)
            .FirstOrDefault(profile => profile is not null);
    }

    private string FirstOf(params string[] names) => names.Select(name => Value(variables, name)).FirstOrDefault(value => value.Length > 0) ?? "";

    private static string Value(IReadOnlyDictionary<string, string> variables, string name) => variables.TryGetValue(name, out var value) ? value.Trim() : "";
}
