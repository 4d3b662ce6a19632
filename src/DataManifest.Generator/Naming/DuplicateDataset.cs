namespace DataManifest.Generator.Naming;

/// <summary>A dataset that is left out because an earlier manifest of the project has one of the same name.</summary>
/// <param name="Name">The name.</param>
/// <param name="Manifest">The place of its manifest among the project's.</param>
/// <param name="FirstManifest">The place of the manifest whose dataset is used.</param>
internal sealed record DuplicateDataset(string Name, int Manifest, int FirstManifest);
