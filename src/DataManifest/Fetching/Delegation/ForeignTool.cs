namespace DataManifest.Fetching.Delegation;

/// <summary>A tool of another language that is installed here and can run that language's fetchers.</summary>
/// <param name="Name">What it is called, for messages.</param>
/// <param name="Command">The program and its arguments that fetch a dataset, given the dataset's name and the manifest.</param>
internal sealed record ForeignTool(string Name, Func<string, string, IReadOnlyList<string>> Command);
