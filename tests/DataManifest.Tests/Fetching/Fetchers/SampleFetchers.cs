namespace DataManifest.Fetching.Fetchers;

/// <summary>Fetchers of every form, found by their names.</summary>
internal static class SampleFetchers
{
    public enum Letter
    {
        A,
        B,
    }

    public static void ToPath(string destination) => File.WriteAllText(destination, "made");

    public static Task ToFile(FileInfo file, CancellationToken cancellationToken) => File.WriteAllTextAsync(file.FullName, "made", cancellationToken);

    public static async Task<int> ToFolder(DirectoryInfo folder)
    {
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "a.txt"), "made");
        return 1;
    }

    public static async ValueTask ToTarget(FetchTarget target)
    {
        target.Report("halfway");
        await File.WriteAllTextAsync(target.Path, $"{string.Join(',', target.Requires.Select(pair => pair.Key + "=" + Path.GetFileName(pair.Value)))}|{string.Join(',', target.RequiredPaths.Select(Path.GetFileName))}");
    }

    public static void Named(string path, string uri, string key, string version, string doi, string format, string branch, string projectRoot, int rest = 7) =>
        File.WriteAllText(path, string.Join('|', uri, key, version, doi, format, branch, Path.GetFileName(projectRoot), rest));

    public static void WithArguments(string path, long count, int[] sizes, double factor, Letter letter, bool isLast, IReadOnlyDictionary<string, object?> more, string rest = "rest") =>
        File.WriteAllText(path, FormattableString.Invariant($"{count}|{string.Join('+', sizes)}|{factor}|{letter}|{isLast}|{more["x"]}|{rest}"));

    public static void Throws(string path)
    {
        File.WriteAllText(path, "half");
        throw new InvalidOperationException("no luck at https://me:secret@example.org/x");
    }

    public static async void Unawaited(string path)
    {
        await File.WriteAllTextAsync(path, "half");
        await Task.Delay(200);
        await File.AppendAllTextAsync(path, "whole");
    }

    public static void MakesNothing(string path) => ArgumentNullException.ThrowIfNull(path);

    public static string ReturnsText(string path) => path;

    public static void WantsMore(string path, HttpClient client) => File.WriteAllText(path, client.ToString());

    public static async Task Waits(string path, CancellationToken cancellationToken)
    {
        await File.WriteAllTextAsync(path, "half", cancellationToken);
        await Task.Delay(Timeout.Infinite, cancellationToken);
    }

    internal static class Broken
    {
        private static readonly string Content = Environment.GetEnvironmentVariable("HOME") is null ? "" : throw new InvalidOperationException("no content to begin with");

        public static void Writes(string path) => File.WriteAllText(path, Content);
    }

    internal sealed class Inner
    {
        public static void Nested(string path) => File.WriteAllText(path, "nested");

        public void NotStatic(string path) => File.WriteAllText(path, ToString());
    }
}
