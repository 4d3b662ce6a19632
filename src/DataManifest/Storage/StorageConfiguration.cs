using System.Collections.Concurrent;
using System.Globalization;
using DataManifest.Diagnostics;
using DataManifest.Toml;

namespace DataManifest.Storage;

/// <summary>
/// One frozen snapshot of where things are: environment, host name, configuration files and the manifest's <c>_STORAGE</c>, evaluated along the
/// ladder of the specification ("Scoped configuration"). Files that change later do not change it.
/// </summary>
public sealed partial class StorageConfiguration
{
    private const string DefaultStoragePath = "$datasets_dir/$key";
    /// <summary>What the names of the variables begin with that set fields.</summary>
    internal const string VariablePrefix = "DATAMANIFEST_";
    private const string DefaultDatasetsDirectory = "$user_data_dir/datamanifest/shared/datasets";
    private const string DefaultDatacacheDirectory = "$user_cache_dir/datamanifest/projects/$project/cached";

    private static readonly TimeSpan DefaultLockStaleAge = TimeSpan.FromSeconds(30);
    private static readonly string[] DefaultDatasetsPools =
        ["$repo/datasets", "$user_data_dir/datamanifest/shared/datasets", "$user_data_dir/datamanifest/datasets", "~/.cache/Datasets"];

    private static readonly string[] FormerFolders =
    [
        "$repo/datasets", "$repo/Datasets", "$user_data_dir/datamanifest/shared/datasets", "$user_data_dir/datamanifest/datasets", "$user_data_dir/datasets", "~/.cache/Datasets",
    ];

    private readonly HostEnvironment _host;
    private readonly PlatformFolders _folders;
    private readonly ConfigurationLayers _layers;
    private readonly PathExpression _expressions;
    private readonly ConcurrentDictionary<string, string?> _consulted;
    private readonly ConcurrentDictionary<string, string> _templates = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string?> _foldersOfKeys = new(StringComparer.Ordinal);
    private readonly Lazy<IReadOnlyList<string>> _datasetsPools;

    /// <summary>Takes the snapshot.</summary>
    /// <param name="projectRoot">The folder of the manifest, absolute; empty when there is no project.</param>
    /// <param name="manifestStorage">The manifest's <c>_STORAGE</c> table, if any.</param>
    /// <param name="host">The machine; null for this process's own.</param>
    public StorageConfiguration(string projectRoot, TomlTable? manifestStorage, HostEnvironment? host = null)
    {
        _host = host ?? HostEnvironment.Capture();
        ProjectRoot = projectRoot;
        _consulted = new(_host.Platform == HostPlatform.Windows ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
        _folders = new PlatformFolders(_host.Platform, Variable);
        UserConfigurationFile = _folders.ConfigurationFile;
        CheckoutConfigurationFile = projectRoot.Length == 0 ? "" : Join(projectRoot, PrivateFolder.Name + "/config.toml");
        _layers = new ConfigurationLayers(CheckoutConfigurationFile, manifestStorage, UserConfigurationFile, _host);
        _expressions = new PathExpression(_folders, Symbol, Variable);
        _datasetsPools = new(() => ResolvePools("datasets_pools", DefaultDatasetsPools));
    }

    /// <summary>The folder that relative paths hang on; empty when there is no project.</summary>
    public string ProjectRoot { get; }

    /// <summary>The checkout's configuration file, there or not; empty without a project.</summary>
    public string CheckoutConfigurationFile { get; }

    /// <summary>The user's configuration file, there or not.</summary>
    public string UserConfigurationFile { get; }

    /// <summary>The machine and its environment, as they were when the configuration was read.</summary>
    internal HostEnvironment Host => _host;

    /// <summary>The user's home folder.</summary>
    internal string HomeDirectory => _folders.Home;

    /// <summary>The user's file of names and passwords by host, there or not.</summary>
    internal string NetrcFile => (_host.Variables.TryGetValue("NETRC", out var named) && named.Length > 0 ? named : null)
        ?? Join(_folders.Home, _host.Platform == HostPlatform.Windows ? "_netrc" : ".netrc");

    /// <summary>The command with which rsync logs in to other machines (<c>RSYNC_RSH</c>); empty for its default.</summary>
    internal string RemoteShell => _host.Variables.GetValueOrDefault("RSYNC_RSH") ?? "";

    /// <summary>Configuration files that are ignored because they cannot be read.</summary>
    public IReadOnlyList<StorageDiagnostic> Diagnostics => _layers.Diagnostics;

    /// <summary>
    /// Every environment variable that has decided something so far, with its value; null for one that was looked for and is unset or empty.
    /// A path can be made from any variable, so treat the values as private.
    /// </summary>
    public IReadOnlyDictionary<string, string?> ConsultedVariables => _consulted;

    /// <summary>The name that locks and <c>_HOST</c> patterns know this machine by.</summary>
    public string HostName => _host.HostName;

    /// <summary>Where fetched datasets go (<c>datasets_dir</c>).</summary>
    /// <exception cref="DataManifestException">A symbol stands for itself.</exception>
    public string DatasetsDirectory => Expand("$datasets_dir");

    /// <summary>Where produced data go (<c>datacache_dir</c>).</summary>
    /// <exception cref="DataManifestException">A symbol stands for itself.</exception>
    public string DatacacheDirectory => Expand("$datacache_dir");

    /// <summary>The project's name (<c>project</c>): the last part of the root unless configured.</summary>
    public string Project => _expressions.ExpandSymbol("project").Replace(PathExpression.KeyMark, "", StringComparison.Ordinal);

    /// <summary>Where data that others have fetched are looked for, in order; absolute paths (specification, "Read pools").</summary>
    public IReadOnlyList<string> DatasetsPools => _datasetsPools.Value;

    /// <summary>Where produced data of others are looked for, in order; absolute paths.</summary>
    public IReadOnlyList<string> DatacachePools => ResolvePools("datacache_pools", []);

    /// <summary>How old a lock must be before a dead or frozen holder can be passed over; 30 seconds unless configured.</summary>
    public TimeSpan LockStaleAge => Scalar("lock_stale_age") switch
    {
        TomlInteger { Value: var value } => Seconds((double)value),
        TomlFloat { Value: var value } => Seconds(value),
        TomlBoolean { Value: true } => Seconds(1),
        TomlString { Value: var value } when double.TryParse(WithoutSeparators(value.Trim()), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => Seconds(number),
        TomlString { Value: var value } when value.Trim().TrimStart('+').ToLowerInvariant() is "inf" or "infinity" => Timeout.InfiniteTimeSpan,
        _ => DefaultLockStaleAge,
    };

    /// <summary>Whether nothing may be asked of a network or another program (<c>DATAMANIFEST_OFFLINE</c>): set to anything but <c>0</c>, <c>false</c>, <c>no</c> or <c>off</c>.</summary>
    public bool IsOffline => Variable("DATAMANIFEST_OFFLINE") is { } value && value.Trim().ToLowerInvariant() is not ("0" or "false" or "no" or "off");

    /// <summary>Whether manifests are written in the canonical form (<c>canonical</c>).</summary>
    public bool Canonical => Scalar("canonical") switch
    {
        TomlBoolean { Value: var value } => value,
        TomlString { Value: var value } => value.Trim().ToLowerInvariant() is "1" or "true" or "yes" or "on",
        TomlInteger { Value: var value } => value.IsOne,
        _ => false,
    };

    /// <summary>Where data are sent when no target is named (<c>default_remote</c>), as written; empty when not configured.</summary>
    public string DefaultRemote => Override("default_remote") ?? _layers.Text("default_remote") ?? "";

    /// <summary>
    /// A server near this machine that has files by their digests, <c>&lt;it&gt;/sha256/&lt;hex&gt;</c>, and is asked before any other (<c>hashed_mirror</c> in <c>_DOTNET</c>);
    /// without a slash at the end, empty when not configured.
    /// </summary>
    internal string HashedMirror => ((Override("hashed_mirror") ?? (_layers.DotnetValue("hashed_mirror") as TomlString)?.Value) ?? "").Trim().TrimEnd('/');

    /// <summary>Whether a <c>storage_path</c> names one exact place, which maintenance never touches (specification, "Per-dataset path").</summary>
    /// <param name="storagePath">The field as written; empty for the default.</param>
    public static bool IsUserManaged(string storagePath) =>
        storagePath.Length > 0 && !storagePath.Contains("$key", StringComparison.Ordinal) && !storagePath.Contains("${key}", StringComparison.Ordinal);

    /// <summary>Expands a path expression. A relative result is joined to the project's root; nothing is normalised.</summary>
    /// <param name="expression">The expression; empty for <c>$datasets_dir/$key</c>.</param>
    /// <param name="key">What <c>$key</c> stands for.</param>
    /// <exception cref="DataManifestException">A symbol stands for itself.</exception>
    public string Expand(string expression, string key = "") => Absolute(Template(expression).Replace(PathExpression.KeyMark, key, StringComparison.Ordinal));

    /// <summary>Whether a path lies in the project's folder, or is it.</summary>
    /// <param name="path">The path.</param>
    public bool IsLocalToProject(string path) => ProjectRoot.Length > 0 && StoragePath.IsBelowOrEqual(Normalize(path), Normalize(ProjectRoot));

    /// <summary>The folders where older versions kept data, or those of other expressions; absolute paths.</summary>
    /// <param name="expressions">The expressions; null for the older versions' folders.</param>
    internal IReadOnlyList<string> FoldersOfOlderVersions(IReadOnlyList<string>? expressions) => ExpandPools(expressions ?? [.. FormerFolders, Override("datasets_dir") ?? ""]);

    /// <summary>The folder that the key of an expression must not leave; null for an expression without <c>$key</c>.</summary>
    internal string? FolderOfKey(string expression) => _foldersOfKeys.GetOrAdd(expression, text =>
    {
        var template = Template(text);
        var mark = template.IndexOf(PathExpression.KeyMark, StringComparison.Ordinal);
        var prefix = mark < 0 ? "" : template[..(template.LastIndexOfAny(['/', '\\'], mark) + 1)];
        return mark < 0 ? null : Normalize(Absolute(prefix));
    });

    /// <summary>A path made absolute and free of <c>.</c>, <c>..</c> and doubled separators.</summary>
    internal string Normalize(string path) => IsNormal(path) ? path : Path.TrimEndingDirectorySeparator(Path.GetFullPath(path, _host.WorkingDirectory));

    /// <summary>Whether normalising would change nothing, which is so of nearly all paths and quickly seen.</summary>
    private static bool IsNormal(string path) => Path.DirectorySeparatorChar == '/' && path.StartsWith('/') && !path.EndsWith('/')
        && !path.Contains("//", StringComparison.Ordinal) && !path.Contains("/.", StringComparison.Ordinal) && !path.Contains('\0', StringComparison.Ordinal);

    private string Template(string expression) => _templates.GetOrAdd(expression.Length == 0 ? DefaultStoragePath : expression, text =>
        text.Contains(PathExpression.KeyMark, StringComparison.Ordinal)
            ? throw new DataManifestException(
                DiagnosticRules.PathLeavesFolder, "A storage path has the character U+0000, which no path can have.", "", "Remove it from the storage_path or symbol.")
            : _expressions.Expand(text));

    private string Absolute(string path) => ProjectRoot.Length == 0 || IsAbsolute(path) ? path : Join(ProjectRoot, path);

    private bool IsAbsolute(string path) => path.StartsWith('/')
        || (_host.Platform == HostPlatform.Windows && (path.StartsWith('\\') || (path.Length > 1 && path[1] == ':')));

    private static string Join(string folder, string path) => folder.EndsWith('/') ? folder + path : $"{folder}/{path}";

    private (string Value, bool IsExpression)? Symbol(string name) =>
        (Override(name) ?? _layers.Text(name)) is { } configured ? (configured, true)
        : name switch
        {
            "user_data_dir" => (_folders.Data, false),
            "user_cache_dir" => (_folders.Cache, false),
            "repo" => (ProjectRoot, false),
            "project" => (Path.GetFileName(Normalize(ProjectRoot.Length == 0 ? "." : ProjectRoot)), false),
            "datasets_dir" => (DefaultDatasetsDirectory, true),
            "datacache_dir" => (DefaultDatacacheDirectory, true),
            _ => null,
        };

    /// <summary>Read pools that are named by path expressions; absolute, each once. Those that lead nowhere are left out.</summary>
    /// <param name="expressions">The expressions.</param>
    internal IReadOnlyList<string> ExpandPools(IEnumerable<string> expressions)
    {
        var pools = new List<string>();
        foreach (var expression in expressions.Where(expression => expression.Length > 0))
        {
            if (ProjectRoot.Length == 0 && (expression.Contains("$repo", StringComparison.Ordinal) || expression.Contains("${repo}", StringComparison.Ordinal)))
            {
                continue;
            }

            try
            {
                pools.Add(Normalize(Expand(expression)));
            }
            catch (DataManifestException)
            {
                // A pool is only a chance to save a download; one that leads nowhere is none.
            }
        }

        return [.. pools.Distinct(StringComparer.Ordinal)];
    }

    private IReadOnlyList<string> ResolvePools(string name, string[] defaults) => ExpandPools(
        Override(name) is { } variable ? variable.Split(_host.Platform == HostPlatform.Windows ? ';' : ':')
        : _layers.Value(name) switch
        {
            TomlArray array => array.Items.OfType<TomlString>().Select(item => item.Value),
            TomlString text => [text.Value],
            _ => defaults,
        });

    private TomlValue? Scalar(string name) => Override(name) is { } variable ? new TomlString(variable) : _layers.Scalar(name);

    /// <summary>A number without the underscores between its digits, which TOML and other languages allow.</summary>
    private static string WithoutSeparators(string number) =>
        string.Concat(number.Where((c, i) => c != '_' || i == 0 || i + 1 == number.Length || !char.IsAsciiDigit(number[i - 1]) || !char.IsAsciiDigit(number[i + 1])));

    private string? Override(string name) => Variable(VariablePrefix + name.ToUpperInvariant());

    private string? Variable(string name) => _consulted.GetOrAdd(name, key => _host.Variables.TryGetValue(key, out var value) && value.Length > 0 ? value : null);

    private static TimeSpan Seconds(double value) => value switch
    {
        double.PositiveInfinity => Timeout.InfiniteTimeSpan,
        > 0 => TimeSpan.FromSeconds(Math.Min(value, TimeSpan.MaxValue.TotalSeconds / 1000)),
        _ => DefaultLockStaleAge,
    };
}
