using System.Net.Http;
using DataManifest.Diagnostics;

namespace DataManifest.Fetching.Http;

/// <summary>Ends a network operation that makes no progress, and tells network trouble from the caller's wish to stop.</summary>
internal static class StallGuard
{
    /// <summary>Runs one network operation.</summary>
    /// <param name="operation">The operation; it must end soon after its token.</param>
    /// <param name="stall">How long it may take.</param>
    /// <param name="cancellationToken">The caller's wish to stop.</param>
    /// <exception cref="TransientFault">It took too long, or the network failed.</exception>
    /// <exception cref="FetchFaultException">The proxy does not let it through.</exception>
    /// <exception cref="OperationCanceledException">The caller stopped it.</exception>
    public static ValueTask<T> RunAsync<T>(Func<CancellationToken, ValueTask<T>> operation, TimeSpan stall, CancellationToken cancellationToken) =>
        RunAsync((_, token) => operation(token), stall, cancellationToken);

    /// <summary>Runs several network operations, one behind the other.</summary>
    /// <param name="operations">The operations; they call what they are given after each, which gives the next one the full time, and must end soon after their token.</param>
    /// <param name="stall">How long each may take.</param>
    /// <param name="cancellationToken">The caller's wish to stop.</param>
    /// <exception cref="TransientFault">One took too long, or the network failed.</exception>
    /// <exception cref="FetchFaultException">The proxy does not let it through.</exception>
    /// <exception cref="OperationCanceledException">The caller stopped it.</exception>
    public static async ValueTask<T> RunAsync<T>(Func<Action, CancellationToken, ValueTask<T>> operations, TimeSpan stall, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(stall);
        try
        {
            return await operations(() => limit.CancelAfter(stall), limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TransientFault($"sent nothing for {stall.TotalSeconds:0.#} s");
        }
        catch (Exception broken) when (cancellationToken.IsCancellationRequested && (broken is IOException or HttpRequestException or InvalidDataException))
        {
            // The client breaks a connection off to stop it, and may tell of that instead.
            throw new OperationCanceledException(broken.Message, broken, cancellationToken);
        }
        catch (HttpRequestException refused) when (refused is { HttpRequestError: HttpRequestError.ProxyTunnelError, StatusCode: { } status } && (int)status is >= 400 and < 500)
        {
            throw new FetchFaultException(
                DiagnosticRules.DownloadRefused, $"The proxy answered {(int)status} {status} and lets nothing through. See its name and password in the variables HTTP_PROXY and HTTPS_PROXY, or name the host in NO_PROXY.");
        }
        catch (HttpRequestException unreachable) when (unreachable.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError)
        {
            throw Broken("could not be reached", unreachable, isUnreachable: true);
        }
        catch (Exception broken) when (broken is IOException or HttpRequestException or InvalidDataException)
        {
            throw Broken("broke the connection", broken);
        }
    }

    /// <summary>The platform names the proxy with its password.</summary>
    private static TransientFault Broken(string what, Exception cause, bool isUnreachable = false)
    {
        var message = SafeUrl.InText(cause.Message);
        return new TransientFault($"{what} ({message})", message == cause.Message ? cause : null) { IsUnreachable = isUnreachable };
    }
}
