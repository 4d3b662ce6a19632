using System.Reflection;
using PublicApiGenerator;

namespace DataManifest;

/// <summary>
/// The public members of the libraries are those that are written down, so that none is added, changed or lost by accident. Set <c>DATAMANIFEST_PUBLIC_API</c> to the
/// source folder of the texts to write the present ones there, and read the difference before committing it.
/// </summary>
[TestClass]
public sealed class PublicApiTests
{
    [TestMethod]
    [DataRow(typeof(Dataset))]
    [DataRow(typeof(Manifest.ManifestDocument))]
    public void Public_members_are_those_that_are_written_down(Type member)
    {
        var assembly = member.Assembly;
        var file = assembly.GetName().Name + ".txt";
        var actual = assembly.GeneratePublicApi(new ApiGeneratorOptions { IncludeAssemblyAttributes = false }).ReplaceLineEndings("\n") + "\n";
        if (Environment.GetEnvironmentVariable("DATAMANIFEST_PUBLIC_API") is { Length: > 0 } folder)
        {
            File.WriteAllText(Path.Combine(folder, file), actual);
        }
        else
        {
            var written = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "PublicApi", file)).ReplaceLineEndings("\n");
            string[] lost = [.. Lines(written).Except(Lines(actual))];
            string[] added = [.. Lines(actual).Except(Lines(written))];
            Assert.AreEqual(written, actual, $"{file}\nno longer there:\n{string.Join('\n', lost)}\nnot written down:\n{string.Join('\n', added)}");
        }
    }

    [TestMethod]
    public void Public_asynchronous_methods_are_named_so_and_take_a_token_last()
    {
        var wrong = from type in new[] { typeof(Dataset).Assembly, typeof(Manifest.ManifestDocument).Assembly }.SelectMany(assembly => assembly.GetExportedTypes())
                    where !typeof(Delegate).IsAssignableFrom(type)
                    from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
                    where method.ReturnType.Name is "Task" or "Task`1" or "ValueTask" or "ValueTask`1"
                    where !method.Name.EndsWith("Async", StringComparison.Ordinal) || method.GetParameters().LastOrDefault()?.ParameterType != typeof(CancellationToken)
                    select $"{type.Name}.{method.Name}";
        Assert.IsEmpty(wrong);
    }

    private static IEnumerable<string> Lines(string text) => text.Split('\n').Select(line => line.Trim());
}
