using Polly;
using Polly.Retry;

namespace DataManifest.Fetching.Http;

/// <summary>When a failed attempt is repeated: after a random part of a doubling delay, and not before the server allows it.</summary>
internal static class RetryDelay
{
    private static readonly TimeSpan Base = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan OverloadBase = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Cap = TimeSpan.FromSeconds(60);

    /// <summary>The pipeline that one download's attempts run in.</summary>
    /// <param name="options">The number of attempts, the longest wait and the clock.</param>
    /// <param name="failures">How many attempts failed in a row without bringing new bytes, this one included.</param>
    public static ResiliencePipeline Pipeline(HttpOptions options, Func<int> failures) =>
        new ResiliencePipelineBuilder { TimeProvider = options.Time }
            .AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = int.MaxValue,
                ShouldHandle = args => new(
                    args.Outcome.Exception is TransientFault fault && failures() < options.Attempts && !(fault.RetryAfter > options.LongestWait)),
                DelayGenerator = args => new(After((TransientFault)args.Outcome.Exception!, failures(), Random.Shared.NextDouble())),
            })
            .Build();

    /// <summary>The delay after a failure.</summary>
    /// <param name="fault">The failure.</param>
    /// <param name="failures">How many attempts failed in a row, this one included.</param>
    /// <param name="random">A number from 0 to 1.</param>
    internal static TimeSpan After(TransientFault fault, int failures, double random)
    {
        var start = fault.IsOverload && fault.RetryAfter is null ? OverloadBase : Base;
        var ceiling = TimeSpan.FromTicks(Math.Min(Cap.Ticks, start.Ticks << Math.Clamp(failures - 1, 0, 16)));
        return (fault.RetryAfter ?? TimeSpan.Zero) + (ceiling * random);
    }
}
