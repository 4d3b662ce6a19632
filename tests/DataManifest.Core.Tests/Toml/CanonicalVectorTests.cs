using System.Text.Json;

namespace DataManifest.Toml;

/// <summary>The canonical form of the family's reference, byte for byte, when the vectors' folder is given.</summary>
[TestClass]
public sealed class CanonicalVectorTests
{
    // The reference refuses a byte order mark; TOML 1.0 has one valid, and so do we.
    private const string ByteOrderMarkCase = "err16_bom";

    [TestMethod]
    public void ToCanonical_of_each_vector_gives_its_bytes_or_refuses()
    {
        var vectors = Environment.GetEnvironmentVariable("DATAMANIFEST_VECTORS");
        if (string.IsNullOrEmpty(vectors))
        {
            Assert.Inconclusive("set DATAMANIFEST_VECTORS to the folder of the vectors");
        }

        var folder = Path.Combine(vectors!, "canonical_toml");
        using var index = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "index.json")));
        var failures = new List<string>();
        var count = 0;
        foreach (var item in index.RootElement.GetProperty("cases").EnumerateArray())
        {
            count++;
            var id = item.GetProperty("id").GetString()!;
            var bytes = File.ReadAllBytes(Path.Combine(folder, item.TryGetProperty("input", out var input) ? input.GetString()! : $"{id}.toml"));
            var accepts = item.GetProperty("exit_code").GetInt32() == 0 || id == ByteOrderMarkCase;
            try
            {
                var written = TomlText.Encode(TomlWriter.ToCanonical(TomlDocument.Parse(TomlText.Decode(bytes)).Root));
                if (!accepts)
                {
                    failures.Add($"{id}: accepted");
                }
                else if (item.TryGetProperty("canonical", out var canonical) && !written.AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(folder, canonical.GetString()!))))
                {
                    failures.Add($"{id}: {TomlText.Decode(written)}");
                }
            }
            catch (TomlException e)
            {
                if (accepts)
                {
                    failures.Add($"{id}: {e.Message}");
                }
            }
        }

        Assert.IsGreaterThan(60, count);
        Assert.IsEmpty(failures, string.Join('\n', failures));
    }
}
