namespace DataManifest.Generator.Loading;

/// <summary>A folder that is deleted after the test.</summary>
internal sealed class TestFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("loaders-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
