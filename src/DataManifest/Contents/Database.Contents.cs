using System.Collections.Concurrent;
using DataManifest.Contents;
using DataManifest.Diagnostics;
using DataManifest.Fetching;
using DataManifest.Hashing;
using DataManifest.Manifest;
using DataManifest.Storage;
using DataManifest.Toml;

namespace DataManifest;

/// <content>What datasets contain.</content>
public sealed partial class Database
{
    /// <summary>The place of the record of what datasets contain: one file per manifest, beside the state file.</summary>
    private string ContentsPath => Path.Combine(Path.GetDirectoryName(Locator.State.FilePath)!, "contents", Path.GetFileName(Manifest.Path));

    /// <summary>The place of the same record for a repository: <c>datasets.contents.toml</c> beside <c>datasets.toml</c>. Written on demand alone.</summary>
    public string CommittedContentsPath => ContentsFile.BesideOf(Manifest.Path);

    /// <summary>
    /// Finds out what fetched datasets contain, files and columns of tables, for the code that is generated from it, and records it. Data are looked into once for
    /// each checksum; those that have none, or are not ours to verify, are not.
    /// </summary>
    /// <param name="report">What was fetched, or was there.</param>
    /// <param name="cancellationToken">Ends it within some thousand rows; what was found out until then is found out again.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public async Task<ContentsReport> RecordContentsAsync(FetchReport report, CancellationToken cancellationToken = default)
    {
        var recorded = ContentsFile.Read(ContentsPath).ToDictionary(contents => contents.Name, StringComparer.Ordinal);
        var committed = ContentsFile.Read(CommittedContentsPath).ToDictionary(contents => contents.Name, StringComparer.Ordinal);
        var found = new ConcurrentDictionary<string, DatasetContents>(StringComparer.Ordinal);
        var warnings = new ConcurrentBag<StorageDiagnostic>();
        await Parallel.ForEachAsync(
            report.Results.Where(result => result.Outcome is FetchOutcome.AlreadyPresent or FetchOutcome.Adopted or FetchOutcome.Fetched),
            new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Math.Min(4, Environment.ProcessorCount) },
            async (result, token) =>
            {
                if (await SurveyAsync(result, recorded.GetValueOrDefault(result.Dataset.Name), committed.GetValueOrDefault(result.Dataset.Name), warnings, token).ConfigureAwait(false) is { } contents)
                {
                    found[contents.Name] = contents;
                }
            }).ConfigureAwait(false);

        // What this run was not about stays as it was, while the manifest still has it.
        var all = recorded.Values.Where(contents => !found.ContainsKey(contents.Name) && Manifest.Get(contents.Name) is { } declaration && contents.Describes(declaration.Checksum))
            .Concat(found.Values).OrderBy(contents => contents.Name, StringComparer.Ordinal).ToArray();
        var path = Record(all, warnings);
        return new ContentsReport(all, path, [.. warnings.OrderBy(warning => warning.Position.Line).ThenBy(warning => warning.Message, StringComparer.Ordinal)]);
    }

    /// <summary>Writes what datasets contain beside the manifest, to be committed: so a fresh clone knows it before anything is fetched.</summary>
    /// <param name="report">What they contain.</param>
    /// <returns>Whether the file was changed.</returns>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public bool WriteCommittedContents(ContentsReport report) => ContentsFile.Write(CommittedContentsPath, report.Datasets);

    private async Task<DatasetContents?> SurveyAsync(
        FetchResult result, DatasetContents? recorded, DatasetContents? committed, ConcurrentBag<StorageDiagnostic> warnings, CancellationToken cancellationToken)
    {
        var declaration = Manifest.Get(result.Dataset.Name)!;
        if (declaration.SkipChecksum || declaration.SkipDownload || declaration.LazyAccess)
        {
            return null;
        }

        try
        {
            return await ChecksumOfAsync(result, declaration, cancellationToken).ConfigureAwait(false) is { Length: > 0 } checksum
                ? Survey(result.Path, declaration, checksum, recorded, committed, warnings, cancellationToken)
                : null;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            warnings.Add(Warn(DiagnosticRules.ContentsNotRecorded, $"The data of dataset '{declaration.Name}' cannot be looked into, so there are no typed files and rows of it: {unreadable.Message}", declaration, ""));
            return null;
        }
    }

    private DatasetContents Survey(
        string path, DatasetDeclaration declaration, string checksum, DatasetContents? recorded, DatasetContents? committed, ConcurrentBag<StorageDiagnostic> warnings, CancellationToken cancellationToken)
    {
        var survey = new DatasetSurvey(declaration.Name, Manifest.TableOf(declaration.Name) ?? new TomlTable(), declaration.Format);
        var isKnown = recorded is not null && recorded.Checksum == checksum && recorded.Recipe == survey.Recipe;
        var contents = isKnown ? recorded! : survey.Run(path, checksum, cancellationToken);
        foreach (var column in survey.Contradictions)
        {
            var place = column.File.Length > 0 ? $" of '{column.File}'" : "";
            warnings.Add(Warn(DiagnosticRules.ColumnContradicted, $"Column '{column.Column}'{place} in dataset '{declaration.Name}' {column.Problem}. Correct columns in [{declaration.Name}._DOTNET].", declaration, column.Span));
        }

        if ((committed ?? recorded) is { } before && before.Checksum != checksum && SchemaDifference.Describe(before, contents) is { Length: > 0 } difference)
        {
            warnings.Add(Warn(
                DiagnosticRules.SchemaChanged,
                $"The data of dataset '{declaration.Name}' have other columns than those with {before.Checksum}: {difference}. Code that used what is gone does not compile any more.", declaration, "checksum"));
        }

        return contents;
    }

    /// <summary>The digest under which what is found is recorded. Data that are there without a pin and without a record, because another tool fetched them, are read for it.</summary>
    private async Task<string> ChecksumOfAsync(FetchResult result, DatasetDeclaration declaration, CancellationToken cancellationToken) =>
        declaration.Checksum.Length > 0 ? declaration.Checksum
        : result.ComputedChecksum.Length > 0 ? result.ComputedChecksum
        : Locator.State.Current.Datasets.TryGetValue(declaration.Key, out var record) && record.Sha256.Length > 0 && !Locator.UnrecordedKeys.Value.Contains(declaration.Key)
            && Locator.State.Resolve(record.StoragePath) == Locator.Storage.Normalize(result.Path)
            ? $"{Checksum.DefaultAlgorithm}:{record.Sha256}"
        : declaration.LacksPin ? (await ContentDigest.ComputeAsync(result.Path, Checksum.DefaultAlgorithm, cancellationToken).ConfigureAwait(false)).ToString()
        : "";

    private string Record(DatasetContents[] all, ConcurrentBag<StorageDiagnostic> warnings)
    {
        var path = ContentsPath;
        if (all.Length == 0 && !File.Exists(path))
        {
            return "";
        }

        try
        {
            PrivateFolder.Create(Path.GetDirectoryName(Locator.State.FilePath)!);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            ContentsFile.Write(path, all);
            return path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            warnings.Add(new StorageDiagnostic(
                DiagnosticRules.ContentsNotRecorded, $"What the datasets contain cannot be recorded in '{path}', so there are no typed files and rows: {e.Message} Make the folder writable.", Manifest.Path, new Text.LinePosition(1, 1)));
            return "";
        }
    }

    private StorageDiagnostic Warn(DiagnosticRule rule, string message, DatasetDeclaration declaration, string field) =>
        Warn(rule, message, declaration, Manifest.SpanOf(declaration.Name, field));

    private StorageDiagnostic Warn(DiagnosticRule rule, string message, DatasetDeclaration declaration, Text.TextSpan span) =>
        new(rule, message, Manifest.Path, Manifest.Diagnose(rule, message, declaration.Name, span).Start);
}
