using System.Diagnostics;

namespace DataManifest.Provenance;

/// <summary>Validates documents with published schemas, by Python's <c>jsonschema</c>, where a variable names the folder of the schema and of those that it refers to.</summary>
internal static class PublishedSchema
{
    private const string Program = """
        import json, os, sys, warnings
        warnings.simplefilter("ignore")
        import jsonschema
        folder, main, document = sys.argv[1], sys.argv[2], json.load(sys.stdin)
        load = lambda name: json.load(open(f"{folder}/{name}", encoding="utf-8"))
        schema = load(main)
        base = schema["$id"].rsplit("/", 1)[0]
        store = {f"{base}/{name}": load(name) for name in os.listdir(folder) if name.endswith(".json") and name != main}
        validator = jsonschema.Draft7Validator(schema, resolver=jsonschema.RefResolver.from_schema(schema, store=store))
        for error in validator.iter_errors(document):
            print("/".join(map(str, error.absolute_path)), error.message)
        """;

    /// <summary>What the schemas find wrong; the test ends as inconclusive where they are not known.</summary>
    /// <param name="variable">The variable that names their folder.</param>
    /// <param name="schema">The file of the document's own schema.</param>
    /// <param name="document">The document, in JSON.</param>
    public static string FaultsOf(string variable, string schema, string document)
    {
        if (Environment.GetEnvironmentVariable(variable) is not { Length: > 0 } folder)
        {
            Assert.Inconclusive($"{variable} names no folder with {schema}.");
            return "";
        }

        var start = new ProcessStartInfo("python3", ["-c", Program, folder, schema]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        process.StandardInput.Write(document);
        process.StandardInput.Close();
        process.WaitForExit();
        Assert.AreEqual(0, process.ExitCode, errors.Result);
        return output.Result;
    }
}
