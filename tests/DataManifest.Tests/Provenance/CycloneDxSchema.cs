using System.Diagnostics;

namespace DataManifest.Provenance;

/// <summary>Validates documents with the published schemas, by Python's <c>jsonschema</c>, where <c>DATAMANIFEST_CYCLONEDX</c> names their folder.</summary>
internal static class CycloneDxSchema
{
    private const string Program = """
        import json, sys, warnings
        warnings.simplefilter("ignore")
        import jsonschema
        folder, document = sys.argv[1], json.load(sys.stdin)
        load = lambda name: json.load(open(f"{folder}/{name}", encoding="utf-8"))
        schema = load("bom-1.6.schema.json")
        base = schema["$id"].rsplit("/", 1)[0]
        store = {f"{base}/{name}": load(name) for name in ("spdx.schema.json", "jsf-0.82.schema.json")}
        validator = jsonschema.Draft7Validator(schema, resolver=jsonschema.RefResolver.from_schema(schema, store=store))
        for error in validator.iter_errors(document):
            print("/".join(map(str, error.absolute_path)), error.message)
        """;

    /// <summary>What the schemas find wrong; the test ends as inconclusive where they are not known.</summary>
    public static string FaultsOf(string document)
    {
        if (Environment.GetEnvironmentVariable("DATAMANIFEST_CYCLONEDX") is not { Length: > 0 } folder)
        {
            Assert.Inconclusive("DATAMANIFEST_CYCLONEDX names no folder with the schemas of CycloneDX.");
            return "";
        }

        var start = new ProcessStartInfo("python3", ["-c", Program, folder]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        process.StandardInput.Write(document);
        process.StandardInput.Close();
        process.WaitForExit();
        Assert.AreEqual(0, process.ExitCode, errors.Result);
        return output.Result;
    }
}
