using System.IO.Enumeration;
using DataManifest.Caching;
using DataManifest.Diagnostics;
using DataManifest.State;
using DataManifest.Storage;
using DataManifest.Text;

namespace DataManifest.Maintenance;

/// <summary>Looks for produced artifacts: folders with a <c>config.toml</c> that names an identity, and records of such folders.</summary>
/// <param name="state">The records.</param>
/// <param name="roots">The folders that artifacts belong in.</param>
internal sealed class ArtifactInspector(StateFile state, StoreRoots roots)
{
    private readonly Dictionary<ArtifactIdentity, ProducedArtifact> _found = [];
    private readonly List<ArtifactIdentity> _order = [];
    private readonly List<StorageDiagnostic> _warnings = [];
    private readonly HashSet<string> _reported = new(StringComparer.Ordinal);

    /// <summary>What could not be read.</summary>
    public IReadOnlyList<StorageDiagnostic> Warnings => _warnings;

    /// <summary>Finds them all.</summary>
    /// <param name="withPools">Whether unrecorded artifacts in the read pools are wanted.</param>
    /// <param name="cancellationToken">Stops between two folders.</param>
    public IReadOnlyList<ProducedArtifact> Inspect(bool withPools, CancellationToken cancellationToken)
    {
        var records = new Dictionary<ArtifactIdentity, string>();
        foreach (var (identity, path) in Records())
        {
            records.TryAdd(identity, path);
        }

        IEnumerable<string> folders = roots.Own is null ? [] : [roots.Own];
        foreach (var root in withPools ? folders.Concat(roots.Pools).Distinct() : folders)
        {
            foreach (var artifact in ArtifactsIn(root, cancellationToken))
            {
                Add(artifact with { IsReferenced = records.ContainsKey(artifact.Identity) });
            }
        }

        foreach (var (identity, recorded) in records)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Reconcile(identity, recorded);
        }

        return [.. _order.Select(identity => _found[identity])];
    }

    /// <summary>Every artifact below a folder, in the order of their paths; folders that are damaged are reported.</summary>
    /// <param name="root">The folder, normalised; it need not exist.</param>
    /// <param name="cancellationToken">Stops between two folders.</param>
    public IEnumerable<ProducedArtifact> ArtifactsIn(string root, CancellationToken cancellationToken)
    {
        var pending = new Stack<string>();
        pending.Push(root);
        while (pending.TryPop(out var folder))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (ArtifactConfig.Read(folder) is { } config)
            {
                var identity = config.Identity ?? ArtifactIdentity.OfPath(root, folder);
                if (config.Identity is null && (config.Problem.Length > 0 || identity is not null))
                {
                    Report(folder, config);
                }

                if (identity is not null)
                {
                    yield return Describe(identity, folder, config);
                    continue;
                }
            }

            foreach (var child in SubFolders(folder).OrderDescending(CodePointComparer.Instance))
            {
                pending.Push(child);
            }
        }
    }

    private static List<string> SubFolders(string folder)
    {
        try
        {
            return Directory.Exists(folder)
                ? [.. new FileSystemEnumerable<string>(folder, (ref FileSystemEntry entry) => entry.ToFullPath(), new EnumerationOptions { AttributesToSkip = 0 })
                {
                    ShouldIncludePredicate = (ref FileSystemEntry entry) => entry.IsDirectory && !entry.Attributes.HasFlag(FileAttributes.ReparsePoint),
                }]
                : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private IEnumerable<(ArtifactIdentity Identity, string Path)> Records()
    {
        foreach (var (name, recipe) in state.Current.Recipes)
        {
            var at = name.IndexOf('@', StringComparison.Ordinal);
            var (cachetype, version) = at < 0 ? (name, "") : (name[..at], name[(at + 1)..]);
            foreach (var (hash, folder) in recipe.Instances)
            {
                yield return (new ArtifactIdentity(cachetype, version, hash), state.Resolve(folder) ?? "");
            }
        }
    }

    /// <summary>Compares a record with what is there.</summary>
    private void Reconcile(ArtifactIdentity identity, string recorded)
    {
        var known = _found.GetValueOrDefault(identity);
        if (known is not null && known.Location == recorded)
        {
            _found[identity] = known with { RecordedPath = recorded };
        }
        else if (recorded.Length > 0 && ArtifactConfig.Read(recorded) is { } config && (config.Identity ?? identity) == identity)
        {
            if (config.Problem.Length > 0)
            {
                Report(recorded, config);
            }

            Add(Describe(identity, recorded, config) with { IsReferenced = true, RecordedPath = recorded });
        }
        else if (known is not null)
        {
            _found[identity] = known with { RecordedPath = recorded, Dirty = DirtyState.Relocated };
        }
        else
        {
            Add(new ProducedArtifact(identity) { Location = recorded, RecordedPath = recorded, DirectivePath = DirectiveOf(identity), IsReferenced = true, Dirty = DirtyState.Missing });
        }
    }

    private void Add(ProducedArtifact artifact)
    {
        if (_found.TryAdd(artifact.Identity, artifact))
        {
            _order.Add(artifact.Identity);
        }
        else if (artifact.RecordedPath.Length > 0)
        {
            _found[artifact.Identity] = artifact;
        }
    }

    private ProducedArtifact Describe(ArtifactIdentity identity, string folder, ArtifactConfig config)
    {
        var facts = PathFacts.Of(folder);
        var directive = DirectiveOf(identity);
        return new ProducedArtifact(identity)
        {
            Location = folder,
            DirectivePath = directive,
            IsPresent = true,
            IsComplete = File.Exists(Path.Combine(folder, ".complete")) || File.Exists(folder + ".complete"),
            IsIdentified = config.Identity is not null,
            IsValid = config.IsValid && config.Identity is not null,
            Parameters = config.Parameters,
            Format = ArtifactFolder.FormatOf(folder),
            LastAccess = facts.Accessed,
            Created = facts.Written,
            IsOutside = roots.IsOutside(folder),
            IsOutOfPlace = directive.Length > 0 && folder != directive,
            Protection = roots.IsInPool(folder) ? Protection.ReadPool : Protection.None,
        };
    }

    private string DirectiveOf(ArtifactIdentity identity) => roots.Own is null ? "" : identity.FolderIn(roots.Own) ?? "";

    private void Report(string folder, ArtifactConfig config)
    {
        var file = Path.Combine(folder, ArtifactConfig.FileName);
        if (_reported.Add(file))
        {
            var what = config.Problem.Length > 0 ? config.Problem : "does not say which artifact it belongs to";
            _warnings.Add(new StorageDiagnostic(
                DiagnosticRules.DamagedSidecar, $"'{file}' {what}; the artifact is not used. Delete the artifact, or produce it again.", file, new LinePosition(1, 1)));
        }
    }
}
