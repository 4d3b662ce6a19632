using System.Diagnostics;

namespace DataManifest.Testing;

/// <summary>Programs that an interruption reaches. What a shell starts in the background ignores interruptions, and so does all that is started by it, tests among them.</summary>
public static class Interruptible
{
    /// <summary>How to start one.</summary>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    public static ProcessStartInfo Start(string program, params IEnumerable<string> arguments) =>
        OperatingSystem.IsLinux() ? new("env", ["--default-signal=INT", program, .. arguments]) : new(program, arguments);
}
