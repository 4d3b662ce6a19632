namespace DataManifest.Fetching;

/// <summary>Sees a content while it arrives: every byte once, in order, from the first one on, also those that an earlier run had received.</summary>
internal interface IContentSink
{
    /// <summary>Cancelled when a content turns out to be unusable while the transfer waits for more of it: the next <see cref="WriteAsync"/>, of no bytes, says why. A new one after each restart.</summary>
    CancellationToken Refused { get; }

    /// <summary>Begins at the first byte. Called before the first byte, and again when what was received so far turns out to be no part of the content.</summary>
    /// <param name="cancellationToken">Stops the transfer.</param>
    ValueTask RestartAsync(CancellationToken cancellationToken);

    /// <summary>Takes the next bytes. The transfer waits until it has; an exception ends the transfer for good, and what was received is thrown away.</summary>
    /// <param name="bytes">The bytes; the memory belongs to somebody else again as soon as the task has ended.</param>
    /// <param name="cancellationToken">Stops the transfer.</param>
    ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken);
}
