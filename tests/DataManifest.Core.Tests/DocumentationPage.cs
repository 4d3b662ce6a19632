namespace DataManifest;

/// <summary>The pages of <c>docs</c>, which tests hold against the code.</summary>
internal static class DocumentationPage
{
    /// <summary>The text of a page, lines ending with LF.</summary>
    /// <param name="name">The file.</param>
    public static string Read(string name)
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "DataManifest.Build.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException(AppContext.BaseDirectory);
        }

        return File.ReadAllText(Path.Combine(folder, "docs", name)).ReplaceLineEndings("\n");
    }
}
