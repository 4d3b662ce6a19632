using System.Text.RegularExpressions;

namespace DataManifest.Generator;

/// <summary>
/// Compares a text with the one in <c>Fixtures</c>. Set <c>DATAMANIFEST_SNAPSHOTS</c> to the source folder of the fixtures to write the new texts there,
/// and read the difference before committing it.
/// </summary>
internal static partial class Snapshot
{
    public static void Verify(string name, string actual)
    {
        var file = $"{name}.verified.txt";
        var text = GeneratorVersion().Replace(actual, "\"DataManifest.Generator\", \"VERSION\"");
        if (Environment.GetEnvironmentVariable("DATAMANIFEST_SNAPSHOTS") is { Length: > 0 } folder)
        {
            File.WriteAllText(Path.Combine(folder, file), text);
        }
        else
        {
            var expected = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Fixtures", file)).Split('\n');
            var lines = text.Split('\n');
            for (var i = 0; i < Math.Min(expected.Length, lines.Length); i++)
            {
                Assert.AreEqual(expected[i], lines[i], $"{file}, line {i + 1}");
            }

            Assert.HasCount(expected.Length, lines, file);
        }
    }

    [GeneratedRegex("\"DataManifest.Generator\", \"[0-9.]+\"")]
    private static partial Regex GeneratorVersion();
}
