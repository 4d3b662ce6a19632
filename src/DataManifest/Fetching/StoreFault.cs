using DataManifest.Diagnostics;

namespace DataManifest.Fetching;

/// <summary>Turns the system's word for a failed write into one for people.</summary>
internal static class StoreFault
{
    private const int NoSpaceOnUnix = 28;
    private const int NoSpaceOnWindows = unchecked((int)0x80070070);
    private const int QuotaOnUnix = 122;

    /// <summary>The fault of a file that could not be written.</summary>
    /// <param name="cause">The system's exception.</param>
    /// <param name="path">The file.</param>
    /// <param name="needed">How many bytes were wanted; 0 when that is not known.</param>
    public static FetchFaultException From(Exception cause, string path, long needed = 0)
    {
        // Room that is reserved beforehand is refused without the system's code.
        if (cause.HResult is not (NoSpaceOnUnix or QuotaOnUnix or NoSpaceOnWindows) && !(needed > VolumeOf(path).AvailableFreeSpace))
        {
            return new FetchFaultException(DiagnosticRules.EntryNotWritable, $"'{path}' cannot be written: {cause.Message.TrimEnd('.')}. Make the folder writable, or choose another datasets folder (DATAMANIFEST_DATASETS_DIR).", cause);
        }

        var volume = VolumeOf(path);
        var wanted = needed > 0 ? $"{needed} bytes are needed" : "more room is needed";
        return new FetchFaultException(
            DiagnosticRules.DiskFull,
            $"There is no room for '{path}': {wanted}, {volume.AvailableFreeSpace} bytes are free on {volume.Name}. Make room or set DATAMANIFEST_DATASETS_DIR to another volume.",
            cause);
    }

    private static DriveInfo VolumeOf(string path) => OperatingSystem.IsWindows()
        ? new DriveInfo(Path.GetPathRoot(Path.GetFullPath(path))!)
        : DriveInfo.GetDrives().Where(drive => Contains(drive.Name, path)).MaxBy(drive => drive.Name.Length) ?? new DriveInfo("/");

    private static bool Contains(string folder, string path) =>
        path.StartsWith(folder, StringComparison.Ordinal) && (folder.EndsWith('/') || path.Length == folder.Length || path[folder.Length] == '/');
}
