using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace DataManifest.Toml;

/// <summary>The toml-test suite for TOML 1.0.0, when its folder is given by <c>DATAMANIFEST_TOML_TEST</c>.</summary>
[TestClass]
public sealed class TomlSuiteTests
{
    private static string SuiteFolder
    {
        get
        {
            var folder = Environment.GetEnvironmentVariable("DATAMANIFEST_TOML_TEST");
            if (string.IsNullOrEmpty(folder))
            {
                Assert.Inconclusive("set DATAMANIFEST_TOML_TEST to the tests folder of toml-test");
            }

            return folder!;
        }
    }

    [TestMethod]
    public void Parse_valid_files_of_the_suite_gives_their_values()
    {
        var folder = SuiteFolder;
        var failures = new List<string>();
        var files = Files(folder, "valid/");
        foreach (var file in files)
        {
            try
            {
                var root = TomlDocument.Parse(TomlText.Decode(File.ReadAllBytes(Path.Combine(folder, file)))).Root;
                using var expected = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, Path.ChangeExtension(file, ".json"))));
                if (Difference(root, expected.RootElement, "") is { } difference)
                {
                    failures.Add($"{file}: {difference}");
                }
            }
            catch (TomlException e)
            {
                failures.Add($"{file}: {e.Message}");
            }
        }

        Assert.IsGreaterThan(200, files.Count);
        Assert.IsEmpty(failures, string.Join('\n', failures));
    }

    [TestMethod]
    public void Parse_invalid_files_of_the_suite_fails_at_a_place_in_the_file()
    {
        var folder = SuiteFolder;
        var failures = new List<string>();
        var files = Files(folder, "invalid/");
        foreach (var file in files)
        {
            var bytes = File.ReadAllBytes(Path.Combine(folder, file));
            try
            {
                TomlDocument.Parse(TomlText.Decode(bytes));
                failures.Add($"{file}: accepted");
            }
            catch (TomlException e)
            {
                var lines = bytes.Count(b => b == '\n') + 1;
                if (e.Span.Start < 0 || e.Span.End > bytes.Length || e.Position.Line < 1 || e.Position.Line > lines || e.Position.Column < 1)
                {
                    failures.Add($"{file}: no place in the file: {e.Message}");
                }
            }
        }

        Assert.IsGreaterThan(400, files.Count);
        Assert.IsEmpty(failures, string.Join('\n', failures));
    }

    private static List<string> Files(string folder, string prefix) =>
        [.. File.ReadLines(Path.Combine(folder, "files-toml-1.0.0")).Where(f => f.StartsWith(prefix, StringComparison.Ordinal) && f.EndsWith(".toml", StringComparison.Ordinal))];

    private static string? Difference(TomlValue value, JsonElement expected, string path) => (value, expected.ValueKind) switch
    {
        (TomlTable table, JsonValueKind.Object) => TableDifference(table, expected, path),
        (TomlArray array, JsonValueKind.Array) when array.Items.Count == expected.GetArrayLength() =>
            array.Items.Zip(expected.EnumerateArray()).Select((pair, i) => Difference(pair.First, pair.Second, $"{path}[{i}]")).FirstOrDefault(d => d is not null),
        (TomlArray or TomlTable, _) => $"{path} is a {value.Kind}, expected {expected}",
        _ when expected.ValueKind == JsonValueKind.Object && IsEqual(value, expected.GetProperty("type").GetString()!, expected.GetProperty("value").GetString()!) => null,
        _ => $"{path} differs, expected {expected}",
    };

    private static string? TableDifference(TomlTable table, JsonElement expected, string path)
    {
        var names = expected.EnumerateObject().Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
        return table.FirstOrDefault(e => !names.Contains(e.Key)) is { } extra ? $"{path}.{extra.Key} is too much"
            : names.FirstOrDefault(n => table[n] is null) is { } missing ? $"{path}.{missing} is missing"
            : table.Select(e => Difference(e.Value, expected.GetProperty(e.Key), $"{path}.{e.Key}")).FirstOrDefault(d => d is not null);
    }

    private static bool IsEqual(TomlValue value, string type, string expected) => (value, type) switch
    {
        (TomlString s, "string") => s.Value == expected,
        (TomlInteger i, "integer") => i.Value == BigInteger.Parse(expected, CultureInfo.InvariantCulture),
        (TomlBoolean b, "bool") => b.Value == (expected == "true"),
        (TomlFloat f, "float") => f.Value.Equals(expected switch
        {
            "inf" or "+inf" => double.PositiveInfinity,
            "-inf" => double.NegativeInfinity,
            "nan" or "+nan" or "-nan" => double.NaN,
            _ => double.Parse(expected, CultureInfo.InvariantCulture),
        }),
        (TomlDateTime { Kind: TomlKind.OffsetDateTime } d, "datetime") =>
            new DateTimeOffset(d.Date + d.Time, d.Offset).EqualsExact(DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)),
        (TomlDateTime { Kind: TomlKind.LocalDateTime } d, "datetime-local") => d.Date + d.Time == DateTime.Parse(expected, CultureInfo.InvariantCulture),
        (TomlDateTime { Kind: TomlKind.LocalDate } d, "date-local") => d.Date == DateTime.Parse(expected, CultureInfo.InvariantCulture),
        (TomlDateTime { Kind: TomlKind.LocalTime } d, "time-local") => d.Time == TimeSpan.Parse(expected, CultureInfo.InvariantCulture),
        _ => false,
    };
}
