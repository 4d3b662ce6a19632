using DataManifest.Diagnostics;
using DataManifest.Manifest;
using DataManifest.Provenance;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace DataManifest.Build;

/// <summary>Writes documents about the origin of a project's data. A file that says the same already is left alone.</summary>
[MSBuildMultiThreadableTask]
public sealed class WriteProvenance : SeveralManifestsTask
{
    private static readonly Dictionary<string, (ProvenanceFormat Format, string File)> Kinds = new(StringComparer.Ordinal)
    {
        ["sbom"] = (ProvenanceFormat.CycloneDx, "data.cdx.json"),
        ["bibtex"] = (ProvenanceFormat.BibTeX, "CITATION.bib"),
        ["cff"] = (ProvenanceFormat.Cff, "CITATION.cff"),
        ["attribution"] = (ProvenanceFormat.Markdown, "ATTRIBUTION.md"),
    };

    private static readonly string[] Places = ["output", "publish", "pack"];

    /// <summary>Which documents: <c>sbom</c>, <c>bibtex</c>, <c>cff</c>, <c>attribution</c>.</summary>
    [Required]
    public string[] Kind { get; set; } = [];

    /// <summary>The folder that they are written into, absolute.</summary>
    [Required]
    public string Folder { get; set; } = "";

    /// <summary>The name of what uses the data.</summary>
    public string Subject { get; set; } = "";

    /// <summary>Its version.</summary>
    public string SubjectVersion { get; set; } = "";

    /// <summary>Where copies go: <c>output</c>, <c>publish</c>, <c>pack</c>. Only looked at for words that mean nothing.</summary>
    public string[] To { get; set; } = [];

    /// <summary>The digest of what the documents rest on, for the record.</summary>
    public string Digest { get; set; } = "";

    /// <summary>The documents' paths.</summary>
    [Output]
    public ITaskItem[] Documents { get; private set; } = [];

    /// <summary>The lines of the record that the next build reads back: the digest, the paths, and the word "end", which an interrupted write does not reach.</summary>
    [Output]
    public ITaskItem[] RecordLines { get; private set; } = [];

    private protected override void Run(IReadOnlyList<Database> databases)
    {
        var kinds = Words(Kind).Select(word => Kinds[Known(word, "DataManifestProvenance", Kinds.Keys)]).Distinct().ToArray();
        foreach (var word in Words(To))
        {
            Known(word, "DataManifestProvenanceTo", Places);
        }

        foreach (var (format, file) in kinds)
        {
            Write(Path.Combine(Folder, file), Database.DescribeProvenance(databases, format, Selection, Subject, SubjectVersion));
        }

        string[] paths = [.. kinds.Select(kind => Path.Combine(Folder, kind.File))];
        Documents = [.. paths.Select(path => new TaskItem(MSBuildText.Escape(path)))];
        RecordLines = [.. new[] { Digest, "|" }.Concat(paths.Select(MSBuildText.Recorded)).Append("|end").Select(line => new TaskItem(MSBuildText.Escape(line)))];
    }

    /// <summary>The words of a list; semicolons that the command line had to escape are still in it.</summary>
    private static IEnumerable<string> Words(string[] list) => list.SelectMany(part => part.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    private static string Known(string word, string property, IReadOnlyCollection<string> words)
    {
        if (words.Contains(word))
        {
            return word;
        }

        var meant = Spelling.Closest(word, words) is { } closest ? $"; did you mean '{closest}'?" : ".";
        throw new DataManifestException(DiagnosticRules.ProvenanceUnknown, $"The property {property} names '{word}', which there is not{meant}", "", $"There are {string.Join(", ", words)}.");
    }

    private void Write(string path, string text)
    {
        try
        {
            if (File.Exists(path) && File.ReadAllText(path) == text)
            {
                Log.LogMessage(MessageImportance.Low, "'{0}' says the same already", path);
                return;
            }

            // Two target frameworks may write one file at once.
            Directory.CreateDirectory(Folder);
            var staging = $"{path}.{Guid.NewGuid():n}.tmp";
            File.WriteAllText(staging, text);
            File.Move(staging, path, overwrite: true);
            Log.LogMessage(MessageImportance.Normal, "'{0}' written", path);
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            throw new DataManifestException(DiagnosticRules.ProvenanceNotWritten, $"'{path}' cannot be written: {unwritable.Message}", "", "Name another folder in DataManifestProvenanceFolder.", unwritable);
        }
    }
}
