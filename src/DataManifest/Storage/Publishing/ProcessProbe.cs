using System.ComponentModel;
using System.Diagnostics;

namespace DataManifest.Storage;

/// <summary>Whether a process of this machine still runs.</summary>
internal static class ProcessProbe
{
    /// <summary>Whether a process is known to be gone: there is none of that number, it is a zombie, or it began only after it was last seen.</summary>
    /// <param name="processId">The process.</param>
    /// <param name="lastSeenUtc">When it was known to run.</param>
    public static bool IsDead(int processId, DateTime lastSeenUtc)
    {
        if (IsZombie(processId))
        {
            return true;
        }

        try
        {
            using var process = Process.GetProcessById(processId);

            // Numbers are used again, in containers at every start. Two seconds allow for coarse clocks.
            return process.StartTime.ToUniversalTime() > lastSeenUtc.AddSeconds(2);
        }
        catch (ArgumentException)
        {
            return true;
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or NotSupportedException)
        {
            return false;
        }
    }

    private static bool IsZombie(int processId)
    {
        try
        {
            var status = OperatingSystem.IsLinux() ? File.ReadAllText($"/proc/{processId}/stat") : "";
            return status.LastIndexOf(')') is var end and >= 0 && status.AsSpan(end + 1).TrimStart().StartsWith("Z");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
