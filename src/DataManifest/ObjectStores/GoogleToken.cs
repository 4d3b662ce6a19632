using System.Diagnostics;
using DataManifest.Diagnostics;

namespace DataManifest.ObjectStores;

/// <summary>An access token for Google's services: from the environment, or from the gcloud program of a user who has signed in.</summary>
/// <param name="variables">The environment variables.</param>
internal sealed class GoogleToken(IReadOnlyDictionary<string, string> variables)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);

    private readonly object _lock = new();
    private Task<string>? _asked;
    private long _askedAt;

    /// <summary>The token that the environment has; empty when it has none.</summary>
    /// <exception cref="DataManifestException">What it has can be no token, and would be a request of another form (DM0462).</exception>
    public string Given
    {
        get
        {
            var token = Variable("GOOGLE_OAUTH_ACCESS_TOKEN") is { Length: > 0 } text ? text : Variable("CLOUDSDK_AUTH_ACCESS_TOKEN");
            return IsToken(token) ? token : throw new DataManifestException(
                DiagnosticRules.StoreRefused, "The access token for Google has blanks or other characters that no token has.", "", "Correct GOOGLE_OAUTH_ACCESS_TOKEN or CLOUDSDK_AUTH_ACCESS_TOKEN.");
        }
    }

    /// <summary>The token of the user who has signed in with gcloud; empty when there is none. gcloud is asked again after half an hour.</summary>
    /// <param name="cancellationToken">Stops the waiting.</param>
    public Task<string> AskAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_asked is null || Stopwatch.GetElapsedTime(_askedAt) > Lifetime)
            {
                (_asked, _askedAt) = (Task.Run(RunAsync, CancellationToken.None), Stopwatch.GetTimestamp());
            }

            return _asked.WaitAsync(cancellationToken);
        }
    }

    private async Task<string> RunAsync()
    {
        var path = Variable("PATH").Split(Path.PathSeparator).Where(Path.IsPathFullyQualified)
            .Select(folder => Path.Join(folder, OperatingSystem.IsWindows() ? "gcloud.cmd" : "gcloud")).FirstOrDefault(File.Exists);
        if (path is null)
        {
            return "";
        }

        string[] command = Variable("GOOGLE_APPLICATION_CREDENTIALS").Length > 0 ? ["auth", "application-default", "print-access-token"] : ["auth", "print-access-token"];
        var start = new ProcessStartInfo(path, [.. command, "--quiet"])
        {
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        using var patience = new CancellationTokenSource(Patience);
        try
        {
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            try
            {
                var errors = process.StandardError.ReadToEndAsync(patience.Token);
                var output = await process.StandardOutput.ReadToEndAsync(patience.Token).ConfigureAwait(false);
                await errors.ConfigureAwait(false);
                await process.WaitForExitAsync(patience.Token).ConfigureAwait(false);
                return process.ExitCode == 0 && IsToken(output.Trim()) ? output.Trim() : "";
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                return "";
            }
        }
        catch (Exception notStarted) when (notStarted is System.ComponentModel.Win32Exception or InvalidOperationException or IOException)
        {
            return "";
        }
    }

    private static bool IsToken(string text) => text.All(c => c is > ' ' and <= '~');

    private string Variable(string name) => variables.TryGetValue(name, out var value) ? value.Trim() : "";
}
