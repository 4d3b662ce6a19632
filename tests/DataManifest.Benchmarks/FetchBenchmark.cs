using System.Globalization;
using System.Security.Cryptography;
using DataManifest.Fetching;

namespace DataManifest.Benchmarks;

/// <summary>One file of 1 GiB from a loopback server: fetched and verified by this engine, against curl alone and against curl with sha256sum behind it.</summary>
internal static class FetchBenchmark
{
    private const int Rounds = 7;

    /// <summary>Needs <c>nginx</c>, <c>curl</c> and <c>sha256sum</c> on the path, and 3 GiB of disk in the folder for temporary files.</summary>
    public static Task Run()
    {
        var scratch = Directory.CreateTempSubdirectory("datamanifest-fetch-");
        try
        {
            var served = scratch.CreateSubdirectory("served").FullName;
            var digest = WriteRandom(Path.Combine(served, "data.bin"), megabytes: 1024);
            using var server = NginxServer.Start(scratch.FullName, served);
            var project = scratch.CreateSubdirectory("project").FullName;
            var store = Path.Combine(scratch.FullName, "store");
            File.WriteAllText(Path.Combine(project, "datasets.toml"), $"[data]\nuri = \"{server.Url}/data.bin\"\nchecksum = \"sha256:{digest}\"\n\n[_STORAGE]\ndatasets_dir = \"{store}\"\n");
            var target = Path.Combine(scratch.FullName, "curl.bin");
            var self = typeof(FetchBenchmark).Assembly.Location;

            Benchmarks.Rounds.Compare(
                "1 GiB from a loopback server, whole processes",
                Rounds,
                ("curl, no digest", Clean, () => Command.Run(project, "curl", "-sSf", "-o", target, server.Url + "/data.bin")),
                ("this engine, fetched and verified", Clean, () => Command.Run(project, "dotnet", "exec", self, "fetch-one", project)),
                ("curl, then sha256sum", Clean, () => Command.Run(project, "sh", "-c", $"curl -sSf -o '{target}' {server.Url}/data.bin && sha256sum '{target}'")));
            Clean();
            Console.WriteLine(Command.Run(project, "dotnet", "exec", self, "fetch-one", project));

            void Clean()
            {
                File.Delete(target);
                if (Directory.Exists(store))
                {
                    Directory.Delete(store, recursive: true);
                }
            }
        }
        finally
        {
            scratch.Delete(recursive: true);
        }

        return Task.CompletedTask;
    }

    /// <summary>Fetches a project's datasets as the build would, in a process of its own.</summary>
    /// <param name="arguments">The project's folder.</param>
    public static async Task FetchOne(string[] arguments)
    {
        var report = await Database.Open(Path.Combine(arguments[0], "datasets.toml")).FetchAsync();
        if (report.Results is not [{ Outcome: FetchOutcome.Fetched }])
        {
            throw new InvalidOperationException($"Not fetched: {report.Results[0].Outcome}, {report.Results[0].Error?.Message}");
        }

        var peak = File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmHWM", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
        Console.WriteLine($"Peak memory of one fetch: {int.Parse(peak, CultureInfo.InvariantCulture) / 1024} MiB");
    }

    private static string WriteRandom(string path, int megabytes)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var file = File.Create(path);
        var random = new Random(20261121);
        var block = new byte[1 << 20];
        for (var i = 0; i < megabytes; i++)
        {
            random.NextBytes(block);
            digest.AppendData(block);
            file.Write(block);
        }

        return Convert.ToHexStringLower(digest.GetHashAndReset());
    }
}
