using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace DataManifest.Benchmarks;

/// <summary>
/// Transfers from nginx on loopback, whole processes against whole processes: one large file over one connection, from a server that is slow per connection, and
/// many small files. What this engine fetches it verifies, flushes and publishes; the others do what their names say.
/// </summary>
internal static class FetchBenchmark
{
    private const int LargeFile = 1 << 30;
    private const int SmallFile = 16 * 1024;
    private const int SmallFiles = 2000;
    private const int Rounds = 7;

    /// <summary>
    /// Needs <c>nginx</c>, <c>curl</c>, <c>aria2c</c> and <c>sha256sum</c> on the path, and 3 GiB of disk in the folder for temporary files; <c>TMPDIR</c> chooses the
    /// file system.
    /// </summary>
    /// <param name="arguments">Any of <c>one</c>, <c>capped</c> and <c>many</c>, all without one; <c>--rounds N</c>.</param>
    public static Task Run(string[] arguments)
    {
        var at = Array.IndexOf(arguments, "--rounds");
        var rounds = at < 0 ? Rounds : int.Parse(arguments[at + 1], CultureInfo.InvariantCulture);
        var wanted = arguments.Intersect(["one", "capped", "many"]).ToArray();
        var scratch = Directory.CreateTempSubdirectory("datamanifest-fetch-");
        try
        {
            var served = scratch.CreateSubdirectory("served").FullName;
            using var server = NginxServer.Start(scratch.FullName, served);
            var scene = new Scene(scratch.FullName, PublishedTool.In(Path.Combine(scratch.FullName, "tool")), served, server, rounds);
            foreach (var (name, run) in new[] { ("one", (Action<Scene>)One), ("capped", Capped), ("many", Many) }.Where(each => wanted.Length == 0 || wanted.Contains(each.Item1)))
            {
                run(scene);
            }
        }
        finally
        {
            scratch.Delete(recursive: true);
        }

        return Task.CompletedTask;
    }

    private static void One(Scene scene)
    {
        var digest = scene.ServeLargeFile();
        var url = scene.Server.Url + "/data.bin";
        scene.Compare(
            "1 GiB over one connection",
            ("curl, no digest", "curl", ["-sSf", "-o", "data.bin", url]),
            ("this engine, fetched and verified", "", [scene.Manifest("one", $"[data]\nuri = \"{url}\"\nchecksum = \"sha256:{digest}\"\n")]),
            ("curl, then sha256sum", "sh", ["-c", $"curl -sSf -o data.bin {url} && sha256sum data.bin"]),
            ("aria2c, no digest", "aria2c", ["--no-conf", "-q", "-o", "data.bin", url]),
            ("aria2c with its checksum", "aria2c", ["--no-conf", "-q", $"--checksum=sha-256={digest}", "-o", "data.bin", url]));
    }

    private static void Capped(Scene scene)
    {
        var digest = scene.ServeLargeFile();
        var url = scene.Server.CappedUrl + "/data.bin";
        scene.Compare(
            "1 GiB from a server that gives each connection 50 MiB a second",
            ("aria2c -x8, no digest", "aria2c", ["--no-conf", "-q", "-x8", "-s8", "-o", "data.bin", url]),
            ("this engine, fetched and verified", "", [scene.Manifest("capped", $"[data]\nuri = \"{url}\"\nchecksum = \"sha256:{digest}\"\n")]),
            ("aria2c -x8 with its checksum", "aria2c", ["--no-conf", "-q", "-x8", "-s8", $"--checksum=sha-256={digest}", "-o", "data.bin", url]),
            ("curl, no digest", "curl", ["-sSf", "-o", "data.bin", url]));
    }

    private static void Many(Scene scene)
    {
        var digests = scene.ServeSmallFiles();
        var urls = Enumerable.Range(0, SmallFiles).Select(i => $"{scene.Server.Url}/small/{i}.bin").ToArray();
        var list = scene.Write("urls.txt", string.Join('\n', urls));
        var curl = scene.Write("curl.txt", string.Join('\n', urls.Select((url, i) => $"url = \"{url}\"\noutput = \"{i}.bin\"")));
        var datasets = new StringBuilder();
        for (var i = 0; i < SmallFiles; i++)
        {
            datasets.Append(CultureInfo.InvariantCulture, $"[d{i}]\nuri = \"{urls[i]}\"\nchecksum = \"sha256:{digests[i]}\"\n");
        }

        scene.Compare(
            $"{SmallFiles} files of {SmallFile / 1024} KiB",
            ("curl -Z, no digests", "curl", ["-sSf", "-Z", "-K", curl]),
            ("this engine, a dataset each, fetched and verified", "", [scene.Manifest("many", datasets.ToString())]),
            ("this engine, one dataset of all, fetched and hashed", "", [scene.Manifest("batch", $"[batch]\nuris = [\"{string.Join("\", \"", urls)}\"]\n")]),
            ("aria2c -j16, no digests", "aria2c", ["--no-conf", "-q", "-j16", "-i", list]));
    }

    private sealed class Scene(string scratch, string tool, string served, NginxServer server, int rounds)
    {
        private string Work => Path.Combine(scratch, "work");

        public NginxServer Server => server;

        public string Write(string name, string text)
        {
            File.WriteAllText(Path.Combine(scratch, name), text);
            return Path.Combine(scratch, name);
        }

        public string Manifest(string name, string datasets)
        {
            Directory.CreateDirectory(Path.Combine(scratch, name));
            return Write(Path.Combine(name, "datasets.toml"), $"{datasets}\n[_STORAGE]\ndatasets_dir = \"{Path.Combine(Work, "store")}\"\n");
        }

        public string ServeLargeFile()
        {
            using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            using var file = File.Create(Path.Combine(served, "data.bin"));
            var random = new Random(20261121);
            var block = new byte[1 << 20];
            for (var written = 0; written < LargeFile; written += block.Length)
            {
                random.NextBytes(block);
                digest.AppendData(block);
                file.Write(block);
            }

            return Convert.ToHexStringLower(digest.GetHashAndReset());
        }

        public string[] ServeSmallFiles()
        {
            var folder = Directory.CreateDirectory(Path.Combine(served, "small")).FullName;
            var random = new Random(20261121);
            var content = new byte[SmallFile];
            return [.. Enumerable.Range(0, SmallFiles).Select(i =>
            {
                random.NextBytes(content);
                File.WriteAllBytes(Path.Combine(folder, $"{i}.bin"), content);
                return Convert.ToHexStringLower(SHA256.HashData(content));
            })];
        }

        /// <summary>A contestant without a program is this engine, in a process of its own.</summary>
        public void Compare(string title, params (string Name, string Program, string[] Arguments)[] contestants)
        {
            Benchmarks.Rounds.Compare(title, rounds, [.. contestants.Select(each => (each.Name, (Action)Clean, (Action)(() => Start(each, (folder, program, arguments) => Command.Run(folder, program, arguments)))))]);

            // In a round of its own, for whoever looks at a process takes some of its time.
            Console.WriteLine("\nPeak memory: " + string.Join("; ", contestants.Select(each =>
            {
                Clean();
                var peak = 0L;
                Start(each, (folder, program, arguments) => peak = Command.PeakOf(folder, program, arguments));
                return $"{each.Name} {peak / 1024} MiB";
            })));
        }

        private void Start((string Name, string Program, string[] Arguments) contestant, Action<string, string, string[]> start)
        {
            if (contestant.Program.Length > 0)
            {
                start(Work, contestant.Program, contestant.Arguments);
            }
            else
            {
                start(Path.GetDirectoryName(contestant.Arguments[0])!, tool, ["download", "--all"]);
            }
        }

        private void Clean()
        {
            if (Directory.Exists(Work))
            {
                Directory.Delete(Work, recursive: true);
            }

            Directory.CreateDirectory(Work);
            foreach (var state in Directory.GetDirectories(scratch, ".datamanifest", SearchOption.AllDirectories))
            {
                Directory.Delete(state, recursive: true);
            }
        }
    }
}
