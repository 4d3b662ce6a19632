using Polly;
using Polly.Retry;

namespace DataManifest.Fetching.Http;

/// <summary>When a failed attempt is repeated: after a random part of a doubling delay, and not before the server allows it.</summary>
internal static class RetryDelay
{
    private static readonly TimeSpan Base = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan OverloadBase = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Cap = TimeSpan.FromSeconds(60);

    /// <summary>The pipeline that the attempts of downloads run in; one serves all.</summary>
    /// <param name="time">The clock.</param>
    public static ResiliencePipeline Pipeline(TimeProvider time) =>
        new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = int.MaxValue,
                ShouldHandle = args => new(args.Outcome.Exception is TransientFault { IsFinal: false }),
                DelayGenerator = args => new(After((TransientFault)args.Outcome.Exception!, Random.Shared.NextDouble())),
            })
            .Build();

    /// <summary>The delay after a failure.</summary>
    /// <param name="fault">The failure.</param>
    /// <param name="random">A number from 0 to 1.</param>
    internal static TimeSpan After(TransientFault fault, double random)
    {
        var start = fault.IsOverload && fault.RetryAfter is null ? OverloadBase : Base;
        var ceiling = TimeSpan.FromTicks(Math.Min(Cap.Ticks, start.Ticks << Math.Clamp(fault.Failures - 1, 0, 16)));
        return (fault.RetryAfter ?? TimeSpan.Zero) + (ceiling * random);
    }
}
