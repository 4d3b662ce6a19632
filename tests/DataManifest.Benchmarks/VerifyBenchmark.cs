using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace DataManifest.Benchmarks;

/// <summary>
/// 4 GiB in eight files, verified by this engine as eight datasets and as one folder whose single files were recorded, against what the cores can hash at all (the
/// same number of bytes from memory) and against <c>sha256sum</c>.
/// </summary>
internal static class VerifyBenchmark
{
    private const int Files = 8;
    private const int Megabytes = 512;

    /// <summary>Needs <c>sha256sum</c>, <c>xargs</c> and <c>openssl</c>, and 9 GiB in the folder for temporary files (<c>TMPDIR</c>), of which 8 in memory as the system's cache.</summary>
    /// <param name="arguments"><c>--rounds N</c>; 5 unless given.</param>
    public static Task Run(string[] arguments)
    {
        var rounds = arguments is ["--rounds", var given] ? int.Parse(given, CultureInfo.InvariantCulture) : 5;
        var scratch = Directory.CreateTempSubdirectory("datamanifest-verify-");
        try
        {
            var self = typeof(VerifyBenchmark).Assembly.Location;
            var tool = PublishedTool.In(Path.Combine(scratch.FullName, "tool"));
            var source = scratch.CreateSubdirectory("source").FullName;
            var digests = Enumerable.Range(0, Files).Select(i => WriteRandom(Path.Combine(source, $"{i}.bin"), i)).ToArray();
            var apart = Project("apart", string.Concat(digests.Select((digest, i) => $"[d{i}]\nuri = \"file://{source}/{i}.bin\"\nchecksum = \"sha256:{digest}\"\n\n")));
            var folder = Project("folder", $"[d]\nuris = [{string.Join(", ", Enumerable.Range(0, Files).Select(i => $"\"file://{source}/{i}.bin\""))}]\n\n");
            foreach (var project in new[] { apart, folder })
            {
                Command.Run(project, tool, "download", "--all");
            }

            Directory.Delete(source, recursive: true);
            var cores = Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture);
            (string Name, string Folder, string Program, string[] Arguments)[] contestants =
            [
                ("hashed from memory on all cores: the limit", apart, "dotnet", ["exec", self, "hash-memory"]),
                ("this engine, eight datasets", apart, tool, ["verify"]),
                ("this engine, one folder with recorded files", folder, tool, ["verify"]),
                ("sha256sum, one after the other", apart, "sh", ["-c", "find store -name '*.bin' | xargs sha256sum"]),
                ("sha256sum, one per core", apart, "sh", ["-c", $"find store -name '*.bin' | xargs -n 1 -P {cores} sha256sum"]),
                ("openssl, one per core", apart, "sh", ["-c", $"find store -name '*.bin' | xargs -n 1 -P {cores} openssl dgst -sha256"]),
            ];
            Rounds.Compare("4 GiB verified, whole processes", rounds, [.. contestants.Select(each => (each.Name, (Action)(() => { }), (Action)(() => Command.Run(each.Folder, each.Program, each.Arguments))))]);
            Console.WriteLine("\nPeak memory:");
            foreach (var each in contestants)
            {
                Console.WriteLine($"  {each.Name}: {Command.PeakOf(each.Folder, each.Program, each.Arguments) / 1024} MiB");
            }
        }
        finally
        {
            scratch.Delete(recursive: true);
        }

        return Task.CompletedTask;

        string Project(string name, string datasets)
        {
            var folder = scratch.CreateSubdirectory(name).FullName;
            File.WriteAllText(Path.Combine(folder, "datasets.toml"), datasets + "[_STORAGE]\ndatasets_dir = \"store\"\n", new UTF8Encoding(false));
            return folder;
        }
    }

    /// <summary>Hashes as many bytes as the benchmark's files have, without reading any file.</summary>
    public static Task HashMemory()
    {
        Parallel.For(0, Files, _ =>
        {
            using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var block = new byte[256 * 1024];
            for (var i = 0; i < Megabytes * 4; i++)
            {
                digest.AppendData(block);
            }

            digest.GetHashAndReset();
        });
        return Task.CompletedTask;
    }

    private static string WriteRandom(string path, int seed)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var file = File.Create(path);
        var random = new Random(seed);
        var block = new byte[1 << 20];
        for (var i = 0; i < Megabytes; i++)
        {
            random.NextBytes(block);
            digest.AppendData(block);
            file.Write(block);
        }

        return Convert.ToHexStringLower(digest.GetHashAndReset());
    }
}
