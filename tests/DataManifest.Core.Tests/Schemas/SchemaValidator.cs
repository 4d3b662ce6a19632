using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DataManifest.Toml;

namespace DataManifest.Schemas;

/// <summary>Validates documents with Python's <c>jsonschema</c>, an implementation of draft 2020-12 that is not ours; many in one run.</summary>
internal static class SchemaValidator
{
    private const string Python = "/usr/bin/python3";

    // Answers, for each document, the places and reasons of its errors; for each schema, whether it is one and whether its own examples fit it.
    private const string Program = """
        import json, sys, warnings
        warnings.simplefilter("ignore")
        try:
            from jsonschema import Draft202012Validator as Validator
        except ImportError:
            sys.exit(3)

        def examples(validator, schema, place):
            if isinstance(schema, dict):
                for i, example in enumerate(schema.get("examples", []) if isinstance(schema.get("examples", []), list) else []):
                    for error in validator.evolve(schema=schema).iter_errors(example):
                        yield f"{place}: example {i}: {error.message}"
                for key, value in schema.items():
                    if key not in ("examples", "default", "const", "enum"):
                        yield from examples(validator, value, f"{place}/{key}")

        answers, validators = [], {}
        for job in json.load(sys.stdin.buffer):
            if job["schema"] not in validators:
                with open(job["schema"], encoding="utf-8") as file:
                    schema = json.load(file)
                Validator.check_schema(schema)
                validators[job["schema"]] = Validator(schema)
            validator = validators[job["schema"]]
            if "document" in job:
                answers.append([f"/{'/'.join(map(str, error.absolute_path))}: {error.message}" for error in validator.iter_errors(job["document"])])
            else:
                answers.append(list(examples(validator, validator.schema, "#")))
        json.dump(answers, sys.stdout)
        """;

    /// <summary>The errors of each document, in order.</summary>
    public static IReadOnlyList<string[]> Validate(IEnumerable<(string Schema, TomlTable Document)> documents) => Run(documents.Select(job =>
        new JsonObject { ["schema"] = RepositoryFiles.Schema(job.Schema), ["document"] = TomlJson.Node(job.Document) }));

    /// <summary>The examples of each schema that do not fit where they stand. A schema that is none at all fails the test.</summary>
    public static IReadOnlyList<string[]> ValidateExamples(IEnumerable<string> schemas) => Run(schemas.Select(name =>
        new JsonObject { ["schema"] = RepositoryFiles.Schema(name) }));

    private static string[][] Run(IEnumerable<JsonObject> jobs)
    {
        if (!File.Exists(Python))
        {
            Assert.Inconclusive($"{Python} with jsonschema (Debian: python3-jsonschema) is needed to validate against the schemas");
        }

        var start = new ProcessStartInfo(Python)
        {
            ArgumentList = { "-c", Program },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            StandardOutputEncoding = Encoding.UTF8,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(new JsonArray([.. jobs]).ToJsonString());
        process.StandardInput.Close();
        if (!process.WaitForExit(TimeSpan.FromMinutes(1)))
        {
            process.Kill();
            Assert.Fail("the validator did not finish within a minute");
        }

        if (process.ExitCode == 3)
        {
            Assert.Inconclusive("Python's jsonschema 4 or newer (Debian: python3-jsonschema) is needed to validate against the schemas");
        }

        Assert.AreEqual(0, process.ExitCode, error.Result);
        return JsonSerializer.Deserialize<string[][]>(output.Result)!;
    }
}
