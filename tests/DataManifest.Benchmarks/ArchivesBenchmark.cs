using System.IO.Compression;
using System.Text;

namespace DataManifest.Benchmarks;

/// <summary>
/// Unpacking, whole processes: a zip of 10,000 small files against <c>unzip</c> and <c>bsdtar</c>, and a tar.gz of 500 MB against <c>tar</c> and <c>bsdtar</c>. Ours
/// also checks every entry before it writes; two rows more have what the others do not: the digest of the folder, and the download.
/// </summary>
internal static class ArchivesBenchmark
{
    private const string Host = "127.0.0.1";

    /// <summary>Needs <c>nginx</c>, <c>unzip</c>, <c>bsdtar</c> and <c>tar</c>, and 2 GiB in the folder for temporary files (<c>TMPDIR</c>).</summary>
    /// <param name="arguments"><c>--rounds N</c>; 5 unless given.</param>
    public static Task Run(string[] arguments)
    {
        var rounds = arguments is ["--rounds", var given] ? int.Parse(given, System.Globalization.CultureInfo.InvariantCulture) : 5;
        var scratch = Directory.CreateTempSubdirectory("datamanifest-archives-");
        try
        {
            var served = scratch.CreateSubdirectory("served").FullName;
            WriteZip(Path.Combine(served, "many.zip"));
            WriteTar(scratch, Path.Combine(served, "large.tar.gz"));
            var tool = PublishedTool.In(Path.Combine(scratch.FullName, "tool"));
            using var server = NginxServer.Start(scratch.FullName, served);
            Compare(scratch, tool, server, rounds, "many.zip", "zip of 10,000 files",
                ("unzip", ["-q", "-o", Path.Combine(served, "many.zip"), "-d", "."]),
                ("bsdtar", ["-xf", Path.Combine(served, "many.zip")]));
            Compare(scratch, tool, server, rounds, "large.tar.gz", "tar.gz of 500 MB",
                ("tar", ["-xzf", Path.Combine(served, "large.tar.gz")]),
                ("bsdtar", ["-xf", Path.Combine(served, "large.tar.gz")]));
        }
        finally
        {
            scratch.Delete(recursive: true);
        }

        return Task.CompletedTask;
    }

    private static void Compare(DirectoryInfo scratch, string tool, NginxServer server, int rounds, string archive, string title, params (string Program, string[] Arguments)[] others)
    {
        var target = Path.Combine(scratch.FullName, "others");
        var plain = Project("unpacked", "skip_checksum = true");
        var verified = Project("verified", "");
        (string Name, Action Prepare, string Folder, string Program, string[] Arguments)[] contestants =
        [
            .. others.Select(other => (other.Program, (Action)Clean, target, other.Program, other.Arguments)),
            ("this engine, unpacked", Keep, plain, tool, ["download", "--all"]),
            ("this engine, unpacked and hashed", Keep, verified, tool, ["download", "--all"]),
            ("this engine, downloaded, unpacked and hashed", Clean, verified, tool, ["download", "--all"]),
        ];
        Rounds.Compare(title + ", whole processes", rounds, [.. contestants.Select(each => (each.Name, each.Prepare, (Action)(() => Command.Run(each.Folder, each.Program, each.Arguments))))]);
        Console.WriteLine("\nPeak memory:");
        foreach (var each in contestants)
        {
            each.Prepare();
            Console.WriteLine($"  {each.Name}: {Command.PeakOf(each.Folder, each.Program, each.Arguments) / 1024} MiB");
        }

        string Project(string name, string more)
        {
            var folder = scratch.CreateSubdirectory(name).FullName;
            File.WriteAllText(Path.Combine(folder, "datasets.toml"), $"[data]\nuri = \"{server.Url}/{archive}\"\nextract = true\n{more}\n\n[_STORAGE]\ndatasets_dir = \"store\"\n");
            return folder;
        }

        void Clean()
        {
            foreach (var folder in new[] { target, Path.Combine(plain, "store"), Path.Combine(verified, "store"), Path.Combine(plain, ".datamanifest"), Path.Combine(verified, ".datamanifest") }.Where(Directory.Exists))
            {
                Directory.Delete(folder, recursive: true);
            }

            Directory.CreateDirectory(target);
        }

        // The archive is in the store already, so that unpacking is all that is left to do.
        void Keep()
        {
            Clean();
            foreach (var project in new[] { plain, verified })
            {
                var kept = Path.Combine(project, "store", Host, archive);
                Directory.CreateDirectory(Path.GetDirectoryName(kept)!);
                File.CreateSymbolicLink(kept, Path.Combine(scratch.FullName, "served", archive));
                File.WriteAllBytes(kept + ".complete", []);
            }
        }
    }

    private static void WriteZip(string path)
    {
        using var zip = ZipFile.Open(path, ZipArchiveMode.Create);
        var random = new Random(20261121);
        for (var i = 0; i < 10_000; i++)
        {
            using var entry = zip.CreateEntry($"folder{i % 100}/file{i}.csv").Open();
            entry.Write(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 100).Select(row => $"{row},{random.Next(1_000_000)}\n"))));
        }
    }

    /// <summary>Ten files of 50 MB that shrink to about a third, as tables of numbers do.</summary>
    private static void WriteTar(DirectoryInfo scratch, string path)
    {
        var source = scratch.CreateSubdirectory("source");
        var random = new Random(20261121);
        var block = new byte[1 << 20];
        for (var i = 0; i < 10; i++)
        {
            using var file = File.Create(Path.Combine(source.FullName, $"table{i}.csv"));
            while (file.Length < 50_000_000)
            {
                random.NextBytes(block);
                for (var at = 0; at < block.Length; at++)
                {
                    block[at] = (byte)(at % 7 == 6 ? ',' : '0' + (block[at] % 10));
                }

                file.Write(block);
            }
        }

        Command.Run(source.FullName, "tar", "-czf", path, ".");
        source.Delete(recursive: true);
    }
}
