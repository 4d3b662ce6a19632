using DataManifest.Generator.Analysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DataManifest.Generator.Loading;

/// <summary>A project with data on disk, so that what it loads is really read.</summary>
internal static class LoaderProject
{
    /// <summary>A manifest with the dataset <c>x</c>, whose file has a text.</summary>
    /// <param name="folder">Where the file is written.</param>
    /// <param name="fileName">The file's name, which gives the format.</param>
    /// <param name="content">The text.</param>
    /// <param name="fields">What else the manifest says of it.</param>
    public static string Manifest(TestFolder folder, string fileName, string content, string fields = "")
    {
        var path = Path.Combine(folder.Path, fileName);
        File.WriteAllText(path, content);
        return $"[x]\nuri = '{new Uri(path).AbsoluteUri}'\nskip_download = true\nversion = 'v7'\n{fields}\n";
    }

    /// <summary>What <c>Datasets.X.Load()</c>, or another expression, gives with a loader in the class <c>Loaders</c>.</summary>
    public static object? Run(string manifest, string loader, string expression = "Datasets.X.Load()") => GeneratorProject.Of(manifest, Usings + loader, $$"""
        using System.Linq;

        public static class Program
        {
            public static object Run() => {{expression}};
        }
        """).Run();

    /// <summary>What is reported about loaders, in the form <c>(line,column) code message</c>.</summary>
    public static async Task<string[]> FindAsync(string manifest, string loader, CancellationToken cancellationToken, params (string Name, string Value)[] properties)
    {
        var project = GeneratorProject.Of(manifest, Usings + loader);
        project = project with { Properties = project.Properties.Concat(properties.Select(property => KeyValuePair.Create(property.Name, property.Value))).ToDictionary() };
        var findings = await project.Compile()
            .WithAnalyzers([new LoaderAnalyzer()], new AnalyzerOptions([.. project.Manifests], new ManifestOptions(project.Properties)))
            .GetAnalyzerDiagnosticsAsync(cancellationToken);
        return
        [
            .. findings.OrderBy(finding => finding.Location.SourceSpan.Start).Select(finding =>
            {
                var place = finding.Location.GetLineSpan().StartLinePosition;
                return $"({place.Line + 1},{place.Character + 1}) {finding.Id} {finding.GetMessage(null)}";
            }),
        ];
    }

    public const string Usings = """
        #nullable disable
        using System;
        using System.Collections.Generic;
        using System.IO;
        using System.Linq;
        using System.Threading;
        using System.Threading.Tasks;
        using DataManifest;

        """;
}
