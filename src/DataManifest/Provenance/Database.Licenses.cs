using DataManifest.Diagnostics;
using DataManifest.Manifest;
using DataManifest.Provenance;
using DataManifest.Toml;

namespace DataManifest;

/// <content>Licences of data.</content>
public sealed partial class Database
{
    /// <summary>Holds the licences of datasets, <c>license</c> in their <c>_DOTNET</c> tables, and of what they require against a policy. Nobody is asked.</summary>
    /// <param name="policy">What is accepted.</param>
    /// <param name="names">The datasets, by anything that finds exactly one each; null for all.</param>
    /// <returns>An error for each dataset whose licence is not accepted (DM0640) or not known (DM0641), at its place in the manifest, in the manifest's order.</returns>
    /// <exception cref="DataManifestException">A name finds no dataset, or several.</exception>
    public IReadOnlyList<ManifestDiagnostic> CheckLicenses(LicensePolicy policy, IReadOnlyList<string>? names = null) =>
        [.. WithRequirements(names).Select(dataset => CheckLicense(policy, dataset)).OfType<ManifestDiagnostic>()];

    /// <summary>Datasets and everything that they require, each once, in the manifest's order.</summary>
    /// <param name="names">The datasets, by anything that finds exactly one each; null for all.</param>
    /// <exception cref="DataManifestException">A name finds no dataset, or several.</exception>
    public IReadOnlyList<Dataset> WithRequirements(IReadOnlyList<string>? names)
    {
        if (names is null)
        {
            return Datasets;
        }

        var needed = new HashSet<Dataset>();
        var left = new Stack<Dataset>(names.Select(name => this[name]));
        while (left.TryPop(out var dataset))
        {
            if (needed.Add(dataset))
            {
                foreach (var required in dataset.Declaration.Requires)
                {
                    // A requirement that there is not is the manifest's own error.
                    if (Manifest.Find(required).Dataset is { } declaration)
                    {
                        left.Push(_byName.Value[declaration.Name]);
                    }
                }
            }
        }

        return [.. Datasets.Where(needed.Contains)];
    }

    private ManifestDiagnostic? CheckLicense(LicensePolicy policy, Dataset dataset)
    {
        var license = DatasetMetadata.Read(Manifest.TableOf(dataset.Name)).License;
        var place = Manifest.TableOf(dataset.Name)?[DatasetMetadata.TableName] is TomlTable own && own.TryGetEntry("license", out var entry) ? entry.Value.Span : Manifest.SpanOf(dataset.Name);
        if (license.Trim().Length == 0)
        {
            return Manifest.Diagnose(
                DiagnosticRules.LicenseUnknown,
                $"The manifest names no licence for dataset '{dataset.Name}', and allowed are only {Listed(policy)}. Look it up where the data come from and write it into the dataset's {DatasetMetadata.TableName} table: license = \"…\".", dataset.Name, place);
        }

        try
        {
            var expression = LicenseExpression.Parse(license);
            return policy.Allows(expression) ? null : Manifest.Diagnose(
                DiagnosticRules.LicenseNotAllowed,
                $"The licence {expression} of dataset '{dataset.Name}' is not allowed; allowed are {Listed(policy)}. Use other data, or allow the licence.", dataset.Name, place);
        }
        catch (FormatException unknown)
        {
            return Manifest.Diagnose(
                DiagnosticRules.LicenseUnknown,
                $"The licence of dataset '{dataset.Name}' is not known: {unknown.Message} Write the SPDX identifier (https://spdx.org/licenses), or LicenseRef-… for one that has none.", dataset.Name, place);
        }
    }

    private static string Listed(LicensePolicy policy) => string.Join(", ", policy.Allowed);
}
