using System.Collections.Immutable;
using System.Text;
using DataManifest.Generator.Emission;
using DataManifest.Generator.Loading;
using DataManifest.Generator.Model;
using DataManifest.Generator.Naming;
using Microsoft.CodeAnalysis.Text;

namespace DataManifest.Generator;

/// <summary>
/// Generates the class <c>Datasets</c> from the project's manifests. Of the user's code only the methods that bindings name are looked up, as values, so that
/// typing in a C# file writes nothing again. Reports nothing: that is the analyzers', whose findings editors refresh as one types.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class DatasetsGenerator : IIncrementalGenerator
{
    /// <summary>The name of the generated file with what is there once; each dataset's has its name besides.</summary>
    public const string HintName = "Datasets.g.cs";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var manifests = context.AdditionalTextsProvider
            .Combine(context.AnalyzerConfigOptionsProvider)
            .Where(static pair => ManifestTexts.IsManifest(pair.Left, pair.Right))
            .Select(static (pair, _) => pair.Left)
            .WithTrackingName(StepNames.File)
            .Select(static (file, cancellationToken) => ManifestTexts.Read(file, cancellationToken)?.Model)
            .WithTrackingName(StepNames.Manifest)
            .Collect()
            .Select(static (models, _) => new EquatableArray<ManifestModel>([.. models.OfType<ManifestModel>()]))
            .WithTrackingName(StepNames.Manifests);
        var settings = context.AnalyzerConfigOptionsProvider
            .Combine(context.ParseOptionsProvider)
            .Select(static (pair, _) => GeneratorSettings.Read(
                pair.Left.GlobalOptions, (pair.Right as CSharpParseOptions)?.LanguageVersion ?? LanguageVersion.CSharp7_3))
            .WithTrackingName(StepNames.Settings);
        var taken = settings.Combine(context.CompilationProvider).Select(static (input, cancellationToken) => ClassName.IsTaken(input.Left, input.Right, cancellationToken));
        var project = manifests.Combine(settings).Combine(taken)
            .SelectMany(static (input, _) => input is { Left: ({ Count: > 0 } manifests, var settings), Right: false }
                ? ImmutableArray.Create(ProjectModel.Create(manifests, settings)) : ImmutableArray<ProjectModel>.Empty)
            .WithTrackingName(StepNames.Project);
        var body = project.Select(static (all, _) => ClassBody.Of(all)).WithTrackingName(StepNames.Class);
        var loaders = manifests
            .Select(static (all, _) => new EquatableArray<string>([.. all.SelectMany(manifest => manifest.Datasets).Select(dataset => dataset.Loader.Reference).Where(reference => reference.Length > 0).Distinct()]))
            .Combine(context.CompilationProvider)
            .Select(static (input, _) => LoaderMethods.Find(input.Left, input.Right))
            .WithTrackingName(StepNames.Loaders);
        var divided = project.SelectMany(static (all, _) => DatasetFile.Divide(all.Properties));
        var known = context.AdditionalTextsProvider
            .Combine(context.AnalyzerConfigOptionsProvider)
            .Select(static (pair, _) => (File: pair.Left, Rank: ContentsTexts.RankOf(pair.Left, pair.Right)))
            .Where(static file => file.Rank > 0)
            .Select(static (file, cancellationToken) => (file.Rank, Datasets: ContentsTexts.Read(file.File, cancellationToken)))
            .Collect()
            .Select(static (records, _) => new EquatableArray<KnownContents>([.. records.OrderByDescending(record => record.Rank).SelectMany(record => record.Datasets)]));
        var sizes = known.Select(static (records, _) => KnownSizes.Of(records)).WithTrackingName(StepNames.Sizes);
        var files = divided
            .Combine(loaders.Combine(sizes))
            .Select(static (input, _) => input.Right.Right.Fill(input.Right.Left.Plan(input.Left)))
            .WithTrackingName(StepNames.Datasets);
        var contents = divided.Collect().Combine(known)
            .SelectMany(static (input, _) => ContentsFile.Divide(input.Left, input.Right))
            .WithTrackingName(StepNames.Contents);
        context.RegisterSourceOutput(contents, static (output, file) => output.AddSource($"Datasets.{file.Name}.contents.g.cs", ToText(ContentsEmitter.Emit(file))));
        context.RegisterSourceOutput(body, static (output, all) => output.AddSource(HintName, ToText(ClassEmitter.Emit(all))));
        context.RegisterSourceOutput(files, static (output, file) => output.AddSource($"Datasets.{file.Name}.g.cs", ToText(DatasetEmitter.Emit(file))));
    }

    private static SourceText ToText(string code) => SourceText.From(code, Encoding.UTF8);

    /// <summary>The names of the steps, for tests of what runs again.</summary>
    internal static class StepNames
    {
        /// <summary>The files that are manifests.</summary>
        public const string File = nameof(File);

        /// <summary>One manifest as a value.</summary>
        public const string Manifest = nameof(Manifest);

        /// <summary>All manifests of the project.</summary>
        public const string Manifests = nameof(Manifests);

        /// <summary>What the project says of the class.</summary>
        public const string Settings = nameof(Settings);

        /// <summary>All that is generated.</summary>
        public const string Project = nameof(Project);

        /// <summary>What the loaders of bindings are in the project's code.</summary>
        public const string Loaders = nameof(Loaders);

        /// <summary>How large data are.</summary>
        public const string Sizes = nameof(Sizes);

        /// <summary>What is written once.</summary>
        public const string Class = nameof(Class);

        /// <summary>What is written for each dataset.</summary>
        public const string Datasets = nameof(Datasets);

        /// <summary>What is written for the files and rows of each dataset.</summary>
        public const string Contents = nameof(Contents);
    }
}
