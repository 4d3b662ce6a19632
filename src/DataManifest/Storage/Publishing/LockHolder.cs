using System.Globalization;

namespace DataManifest.Storage;

/// <summary>Who holds a lock: what the lock file says.</summary>
/// <param name="ProcessId">The holder's process; 0 when the file does not say.</param>
/// <param name="HostName">The holder's machine; empty when the file does not say, which means this one.</param>
internal sealed record LockHolder(int ProcessId, string HostName)
{
    /// <summary>How messages name the holder.</summary>
    public string Description => ProcessId == 0 ? "an unnamed process" : $"process {ProcessId} on {(HostName.Length > 0 ? Shown(HostName) : "this machine")}";

    /// <summary>Reads a lock's content, <c>pid host</c> or a bare <c>pid</c>.</summary>
    /// <param name="content">The content.</param>
    public static LockHolder Parse(string content)
    {
        var parts = content.Split(default(char[]), 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var processId = parts.Length > 0 && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        return new LockHolder(processId, parts.Length > 1 ? parts[1] : "");
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{ProcessId} {HostName}");

    /// <summary>Anybody who shares the store may have written the file.</summary>
    private static string Shown(string name) => string.Concat(name.Select(c => char.IsControl(c) ? ' ' : c));
}
