namespace DataManifest.Fetching.Http;

/// <summary>An attempt failed in a way that another one may not.</summary>
/// <param name="message">What happened, as the rest of a sentence about the server; without secrets.</param>
/// <param name="inner">What it follows from, or null.</param>
internal sealed class TransientFault(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>How long the server asks to be left alone; null when it does not.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>How many attempts failed in a row without bringing new bytes, this one included.</summary>
    public int Failures { get; private set; }

    /// <summary>Whether no further attempt is made.</summary>
    public bool IsFinal { get; private set; }

    /// <summary>Whether the server could not be reached at all.</summary>
    public bool IsUnreachable { get; init; }

    /// <summary>Whether the server said that it is overloaded, or has answered and cannot be reached any more, as one that is restarted: this calls for a longer pause.</summary>
    public bool IsOverload { get; set; }

    /// <summary>Decides whether there is another attempt.</summary>
    /// <param name="options">The number of attempts and the longest wait.</param>
    /// <param name="failures">How many failed in a row, this one included.</param>
    /// <param name="hasAnswered">Whether the server has answered an earlier attempt.</param>
    public void Judge(HttpOptions options, int failures, bool hasAnswered = false)
    {
        (Failures, IsFinal) = (failures, failures >= options.Attempts || RetryAfter > options.LongestWait);
        IsOverload |= IsUnreachable && hasAnswered;
    }
}
