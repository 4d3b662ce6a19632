using System.Globalization;
using System.Text;
using DataManifest.Diagnostics;
using DataManifest.Manifest;
using DataManifest.Toml;

namespace DataManifest.Bindings;

/// <summary>
/// The variables of command templates and of bindings' arguments, and what they stand for (specification, "shell fetcher" and
/// "Parameterized bindings"). A variable is replaced where its whole name stands behind a <c>$</c>; of several names the longest counts; what was put in
/// is not looked at again; an unknown name stays as written.
/// </summary>
public sealed class TemplateVariables
{
    /// <summary>The variable of the paths of all required datasets, which is a list.</summary>
    internal const string RequiresPaths = "requires_paths";

    private const string ProjectRoot = "project_root";

    private readonly Dictionary<string, string?> _values = new(StringComparer.Ordinal);
    private string[] _names = [];

    private TemplateVariables(DatasetDeclaration dataset, string? projectRoot)
    {
        _values[ProjectRoot] = projectRoot;
        _values["uri"] = dataset.Uri;
        _values["key"] = dataset.Key;
        _values["version"] = dataset.Version;
        _values["doi"] = dataset.Doi;
        _values["format"] = dataset.Format;
        _values["branch"] = dataset.Branch;
    }

    /// <summary>The paths of all required datasets, in the order in which they are fetched.</summary>
    internal IReadOnlyList<string> RequiredPaths { get; private set; } = [];

    /// <summary>The variables of a shell command.</summary>
    /// <param name="dataset">The dataset that is fetched.</param>
    /// <param name="projectRoot">The project's root; null when there is none.</param>
    /// <param name="downloadPath">Where the command must put the data (<c>$download_path</c>).</param>
    /// <param name="required">
    /// Each entry of <c>requires</c> as written and where that dataset is: <c>$path_&lt;ref&gt;</c>, with <c>/</c> and <c>.</c> of the entry as <c>_</c>.
    /// </param>
    /// <param name="requiredPaths">
    /// Where all datasets are that this one needs, directly or not, in the order in which they are fetched: <c>$path_1</c>, <c>$path_2</c>, … and <c>$requires_paths</c>.
    /// </param>
    public static TemplateVariables ForCommand(
        DatasetDeclaration dataset, string? projectRoot, string downloadPath, IEnumerable<KeyValuePair<string, string>> required, IReadOnlyList<string> requiredPaths)
    {
        var variables = new TemplateVariables(dataset, projectRoot) { RequiredPaths = requiredPaths };
        variables._values["download_path"] = downloadPath;
        var numbered = requiredPaths.Select((path, i) => new KeyValuePair<string, string>((i + 1).ToString(CultureInfo.InvariantCulture), path));
        foreach (var pair in required.Concat(numbered))
        {
            var name = "path_" + pair.Key.Replace('/', '_').Replace('.', '_');
            if (!variables._values.ContainsKey(name))
            {
                variables._values.Add(name, pair.Value);
            }
        }

        variables._values[RequiresPaths] = string.Join(" ", requiredPaths);
        return variables.Complete();
    }

    /// <summary>The variables of a fetcher's arguments.</summary>
    /// <param name="dataset">The dataset that is fetched.</param>
    /// <param name="projectRoot">The project's root; null when there is none.</param>
    /// <param name="downloadPath">Where the fetcher must put the data (<c>$download_path</c>).</param>
    public static TemplateVariables ForFetcher(DatasetDeclaration dataset, string? projectRoot, string downloadPath)
    {
        var variables = new TemplateVariables(dataset, projectRoot);
        variables._values["download_path"] = downloadPath;
        return variables.Complete();
    }

    /// <summary>The variables of a loader's arguments.</summary>
    /// <param name="dataset">The dataset that is loaded.</param>
    /// <param name="projectRoot">The project's root; null when there is none.</param>
    /// <param name="path">Where the data are (<c>$path</c>).</param>
    public static TemplateVariables ForLoader(DatasetDeclaration dataset, string? projectRoot, string path)
    {
        var variables = new TemplateVariables(dataset, projectRoot);
        variables._values["path"] = path;
        return variables.Complete();
    }

    /// <summary>A text with its variables replaced.</summary>
    /// <param name="text">The text as written.</param>
    /// <exception cref="TemplateException">The text needs the project's root, and there is none.</exception>
    public string Substitute(string text)
    {
        var dollar = text.IndexOf('$');
        if (dollar < 0)
        {
            return text;
        }

        var result = new StringBuilder();
        var done = 0;
        for (; dollar >= 0; dollar = text.IndexOf('$', dollar + 1))
        {
            if (NameAt(text, dollar + 1) is { } name)
            {
                result.Append(text, done, dollar - done).Append(ValueOf(name));
                done = dollar + 1 + name.Length;
                dollar = done - 1;
            }
        }

        return result.Append(text, done, text.Length - done).ToString();
    }

    /// <summary>A value with the variables in its strings replaced, in lists and tables too; keys stay as they are.</summary>
    /// <param name="value">The value as written.</param>
    /// <exception cref="TemplateException">A string needs the project's root, and there is none.</exception>
    public TomlValue Substitute(TomlValue value)
    {
        switch (value)
        {
            case TomlString text:
                return new TomlString(Substitute(text.Value), text.Span);
            case TomlArray array:
                return new TomlArray([.. array.Items.Select(Substitute)], array.Span, array.IsArrayOfTables);
            case TomlTable table:
                var replaced = new TomlTable(table.Span, table.IsInline);
                foreach (var entry in table)
                {
                    replaced.Append(new TomlEntry(entry.Key, entry.KeySpan, Substitute(entry.Value)));
                }

                return replaced;
            default:
                return value;
        }
    }

    /// <summary>The variable whose whole name stands at an index; null when there is none.</summary>
    internal string? NameAt(string text, int index) => Array.Find(
        _names,
        name => string.CompareOrdinal(text, index, name, 0, name.Length) == 0
            && (index + name.Length == text.Length || !IsWordCharacter(text[index + name.Length])));

    private static bool IsWordCharacter(char c) => c == '_' || char.IsLetterOrDigit(c);

    private string ValueOf(string name) => _values[name] ?? throw new TemplateException(
        DiagnosticRules.InvalidTemplate, "'$project_root' is used, but the manifest was not read from a file, so there is no project root.");

    private TemplateVariables Complete()
    {
        _names = [.. _values.Keys.OrderByDescending(name => name.Length)];
        return this;
    }
}
