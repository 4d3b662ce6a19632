using System.Diagnostics;

namespace DataManifest;

/// <summary>Runs the store writer as an account that may write only where all may: tests often run as one that may write everywhere.</summary>
internal static class OtherAccount
{
    /// <summary>Runs it to its end.</summary>
    /// <param name="folder">Where a copy of the program is put: a clone often lies in a folder that only its owner may read.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <param name="arguments">The program's arguments.</param>
    /// <returns>What it printed.</returns>
    public static async Task<string> WriterAsync(ScratchFolder folder, CancellationToken cancellationToken, params string[] arguments)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder.Path, File.GetUnixFileMode(folder.Path) | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        }

        foreach (var file in Directory.GetFiles(AppContext.BaseDirectory).Where(file => Path.GetExtension(file) is ".dll" or ".json"))
        {
            File.Copy(file, folder.Write($"program/{Path.GetFileName(file)}", ""), overwrite: true);
        }

        string[] command = ["dotnet", folder["program/DataManifest.StoreWriter.dll"], .. arguments];
        if (Environment.UserName == "root")
        {
            command = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", .. command];
        }

        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["HOME"] = "/";
        start.Environment["DOTNET_CLI_HOME"] = "/";
        start.Environment["COMPlus_EnableDiagnostics"] = "0";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return output + await errors;
    }

    /// <summary>Lets every account write to a folder, which is made when missing.</summary>
    public static void Open(string folder)
    {
        Directory.CreateDirectory(folder);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder, (UnixFileMode)0b111_111_111);
        }
    }
}
