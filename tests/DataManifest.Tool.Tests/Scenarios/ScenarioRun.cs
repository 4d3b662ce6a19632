using System.Security.Cryptography;
using System.Text.Json.Nodes;
using DataManifest.Manifest;
using DataManifest.Tool.Output;
using DataManifest.Toml;

namespace DataManifest.Tool.Scenarios;

/// <summary>Plays a scenario with the tool and collects everything that is not as recorded.</summary>
/// <param name="scenario">The scenario.</param>
internal sealed class ScenarioRun(Scenario scenario)
{
    // What these hold is compared as values, not as bytes.
    private static readonly string[] Texts = ["proj/datamanifest.toml", "proj/DataManifest.toml", "proj/datasets.toml", "proj/Datasets.toml", "proj/.datamanifest/state.toml", "proj/.datamanifest/config.toml", "xconf/datamanifest/config.toml"];

    private readonly List<Deviation> _deviations = [];

    /// <summary>Plays all steps in a playground of its own.</summary>
    /// <returns>Every line of output, files and states that is missing (<c>-</c>) or too much (<c>+</c>).</returns>
    public IReadOnlyList<Deviation> Play()
    {
        using var ground = new Playground();
        foreach (var (path, content) in scenario.Files)
        {
            Write(ground, path, content!);
        }

        ScenarioState? expected = null;
        foreach (var (index, step) in scenario.Steps.Index())
        {
            if (step.Setup is { } setup)
            {
                Change(ground, setup);
                continue;
            }

            var result = Execute(ground, step.Argv!);
            expected = step.After ?? expected;
            Compare(index, Aspect.Exit, [$"{step.Exit}"], [$"{result.Code}"]);
            Compare(index, Aspect.Output, Fill(ground, step.Stdout).Split('\n'), result.Output.Split('\n'));
            if (expected is not null)
            {
                CompareState(ground, index, expected);
            }
        }

        return _deviations;
    }

    private void CompareState(Playground ground, int index, ScenarioState expected)
    {
        var manifest = Texts[..4].FirstOrDefault(path => File.Exists(ground.At(path)));
        Compare(
            index, Aspect.Manifest, FlattenManifest(expected.Manifest is null ? null : Fill(ground, expected.Manifest)), FlattenManifest(manifest is null ? null : ground.Read(manifest)));
        CompareToml(ground, index, Aspect.State, expected.State, "proj/.datamanifest/state.toml");
        CompareToml(ground, index, Aspect.CheckoutConfiguration, expected.CheckoutConfig, "proj/.datamanifest/config.toml");
        CompareToml(ground, index, Aspect.UserConfiguration, expected.UserConfig, "xconf/datamanifest/config.toml");
        var files = Directory.EnumerateFiles(ground.Root, "*", SearchOption.AllDirectories)
            .Select(path => (path: Path.GetRelativePath(ground.Root, path).Replace('\\', '/'), bytes: File.ReadAllBytes(path)))
            .Where(file => IsCompared(file.path))
            .Select(file => $"{file.path} sha256:{Convert.ToHexStringLower(SHA256.HashData(file.bytes))[..16]}:{file.bytes.Length}");
        Compare(index, Aspect.Files, expected.Files.Select(file => (path: Fill(ground, file.Key), digest: file.Value)).Where(file => IsCompared(file.path)).Select(file => $"{file.path} {file.digest}"), files);
    }

    private bool IsCompared(string path) => !path.EndsWith('/') && !path.StartsWith("www/", StringComparison.Ordinal) && !Texts.Contains(path) && !scenario.Files.ContainsKey(path)
        && !path.EndsWith(".mtree", StringComparison.Ordinal); // sizes and digests of single files, which no other tool keeps

    private void CompareToml(Playground ground, int index, Aspect aspect, string? expected, string path) =>
        Compare(index, aspect, Flatten(expected is null ? null : Fill(ground, expected)), Flatten(File.Exists(ground.At(path)) ? ground.Read(path) : null));

    private void Compare(int step, Aspect aspect, IEnumerable<string> expected, IEnumerable<string> actual)
    {
        var missing = expected.ToList();
        var excess = actual.Where(line => !missing.Remove(line)).ToList();
        _deviations.AddRange(missing.Select(line => new Deviation(step, aspect, $"-{line}")));
        _deviations.AddRange(excess.Select(line => new Deviation(step, aspect, $"+{line}")));
    }

    /// <summary>The fields of datasets in one spelling, since the reference rewrites legacy and derived ones and the tool leaves them as the author wrote them.</summary>
    private static IEnumerable<string> FlattenManifest(string? toml)
    {
        if (toml is null || ManifestDocument.Parse(toml, "") is not { Unreadable: null } manifest)
        {
            return Flatten(toml);
        }

        TomlTable structural = [];
        foreach (var entry in manifest.Structural)
        {
            structural.Add(entry.Key, entry.Value);
        }

        return manifest.Datasets.SelectMany(dataset => DatasetFields.Of(manifest, dataset.Name).SelectMany(field => Flatten($"{dataset.Name}/", Table(field.Field, field.Value)))).Concat(Flatten("", structural));
    }

    private static TomlTable Table(string key, TomlValue value)
    {
        TomlTable table = [];
        table.Add(key, value);
        return table;
    }

    private static IEnumerable<string> Flatten(string? toml)
    {
        if (toml is null)
        {
            return ["(no file)"];
        }

        try
        {
            return Flatten("", TomlDocument.Parse(toml).Root);
        }
        catch (TomlException)
        {
            return toml.Split('\n');
        }
    }

    private static IEnumerable<string> Flatten(string prefix, TomlTable table)
    {
        return table.SelectMany(entry =>
            entry.Value is TomlTable { Count: > 0 } inner ? Flatten($"{prefix}{entry.Key}/", inner) : [$"{prefix}{One(entry)}"]);

        static string One(TomlEntry entry) => TomlWriter.ToCanonical(Table(entry.Key, entry.Value)).TrimEnd('\n').Replace("\n", "", StringComparison.Ordinal);
    }

    private static ToolResult Execute(Playground ground, string[] arguments)
    {
        var environment = new Dictionary<string, string?>(ground.Environment);
        var folder = ground.Project;
        var rest = arguments.Select(argument => Fill(ground, argument)).ToList();
        for (; rest.Count > 0; rest.RemoveAt(0))
        {
            if (rest[0].StartsWith("@cwd:", StringComparison.Ordinal))
            {
                folder = ground.At(rest[0][5..]);
            }
            else if (rest[0].IndexOf('=', StringComparison.Ordinal) is var sign and > 0 && rest[0][..sign].All(c => char.IsAsciiLetterUpper(c) || c == '_'))
            {
                environment[rest[0][..sign]] = rest[0][(sign + 1)..];
            }
            else
            {
                break;
            }
        }

        return ToolProcess.Run(folder, environment, rest);
    }

    private static void Write(Playground ground, string path, JsonNode content)
    {
        if (content is JsonObject { } file && file["hex"] is { } hex)
        {
            ground.Write(Fill(ground, path), Convert.FromHexString((string)hex!));
        }
        else
        {
            ground.Write(Fill(ground, path), Fill(ground, content is JsonObject text ? (string)text["text"]! : (string)content!));
        }
    }

    private static void Change(Playground ground, JsonObject setup)
    {
        foreach (var (path, text) in setup["write"]?.AsObject() ?? [])
        {
            Write(ground, path, text!);
        }

        foreach (var path in (setup["remove"]?.AsArray() ?? []).Select(path => ground.At(Fill(ground, (string)path!))))
        {
            if (Directory.Exists(path))
            {
                Directory.Delete(path, recursive: true);
            }
            else
            {
                File.Delete(path);
            }
        }

        foreach (var pair in setup["rename"]?.AsArray() ?? [])
        {
            Directory.Move(ground.At((string)pair![0]!), ground.At((string)pair[1]!));
        }
    }

    private static string Fill(Playground ground, string text) =>
        text.Replace("{ROOT_NOSLASH}", ground.Root[1..], StringComparison.Ordinal).Replace("{ROOT}", ground.Root, StringComparison.Ordinal);
}

/// <summary>What is compared after a command.</summary>
internal enum Aspect
{
    /// <summary>The exit code.</summary>
    Exit,

    /// <summary>Standard output; the order of lines does not count, since listings follow the manifest, whose order the reference changes and the tool keeps.</summary>
    Output,

    /// <summary>The manifest's values.</summary>
    Manifest,

    /// <summary>The state file's values.</summary>
    State,

    /// <summary>The values of the checkout's configuration.</summary>
    CheckoutConfiguration,

    /// <summary>The values of the user's configuration.</summary>
    UserConfiguration,

    /// <summary>Every other file, with digest and size.</summary>
    Files,
}

/// <summary>One line that is not as recorded.</summary>
/// <param name="Step">The step's index.</param>
/// <param name="Aspect">Of what.</param>
/// <param name="Line">The line: <c>-</c> when it is missing, <c>+</c> when it is too much.</param>
internal sealed record Deviation(int Step, Aspect Aspect, string Line);
