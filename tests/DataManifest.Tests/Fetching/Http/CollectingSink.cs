using DataManifest.Diagnostics;

namespace DataManifest.Fetching;

/// <summary>Keeps what it sees.</summary>
internal sealed class CollectingSink : IContentSink
{
    public MemoryStream Bytes { get; } = new();

    public int Restarts { get; private set; }

    public int Limit { get; init; } = int.MaxValue;

    public CancellationToken Refused => CancellationToken.None;

    public ValueTask RestartAsync(CancellationToken cancellationToken)
    {
        Restarts++;
        Bytes.SetLength(0);
        return default;
    }

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        await Bytes.WriteAsync(bytes, cancellationToken);
        if (Bytes.Length > Limit)
        {
            throw new FetchFaultException(DiagnosticRules.DamagedArchive, "damaged");
        }
    }
}
