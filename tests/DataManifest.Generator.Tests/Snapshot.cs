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
            Assert.AreEqual(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Fixtures", file)), text);
        }
    }

    [GeneratedRegex("\"DataManifest.Generator\", \"[0-9.]+\"")]
    private static partial Regex GeneratorVersion();
}
