using DataManifest.Diagnostics;
using Microsoft.Build.Framework;

namespace DataManifest.Build;

/// <summary>The common part of the tasks whose result is one for all manifests of a project.</summary>
public abstract class SeveralManifestsTask : DatasetTask
{
    /// <summary>The manifests' absolute paths, one or more.</summary>
    [Required]
    public string[] Manifests { get; set; } = [];

    /// <inheritdoc />
    public override bool Execute()
    {
        Manifest = Manifests[0];
        return base.Execute();
    }

    private protected sealed override void Run(Database database)
    {
        Database[] databases = [database, .. Manifests.Skip(1).Select(manifest => Database.Open(manifest, Options()))];
        foreach (var opened in databases)
        {
            // What a name finds several times is told of where it does.
            Manifest = opened.Manifest.Path;
            foreach (var name in Names.Where(name => opened.Manifest.Find(name).Rule == DiagnosticRules.DatasetAmbiguous))
            {
                _ = opened[name];
            }
        }

        Manifest = Manifests[0];
        Run(databases);
    }

    /// <summary>The task's work; what fails is logged or thrown.</summary>
    /// <param name="databases">The opened manifests, in the order of the project.</param>
    private protected abstract void Run(IReadOnlyList<Database> databases);
}
