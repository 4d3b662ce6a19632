using DataManifest.Diagnostics;

namespace DataManifest.Manifest;

/// <summary>Checks that names and aliases can be told apart.</summary>
internal sealed class NameRules(IReadOnlyList<DatasetDeclaration> datasets, Action<DatasetDeclaration, string, int, DiagnosticRule, string> report)
{
    /// <summary>Checks all names and aliases.</summary>
    public void Check()
    {
        var names = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var dataset in datasets)
        {
            if (names.TryGetValue(dataset.Name, out var similar))
            {
                report(dataset, "", -1, DiagnosticRules.NamesDifferInCase, $"'{similar}' and '{dataset.Name}' differ only in case; other tools find neither of them by name. Rename one.");
            }
            else
            {
                names.Add(dataset.Name, dataset.Name);
            }
        }

        var aliases = new Dictionary<string, DatasetDeclaration>(StringComparer.OrdinalIgnoreCase);
        foreach (var dataset in datasets)
        {
            for (var i = 0; i < dataset.Aliases.Count; i++)
            {
                var alias = dataset.Aliases[i];
                if (!aliases.TryGetValue(alias, out var sharing))
                {
                    aliases.Add(alias, dataset);
                }
                else if (sharing != (object)dataset)
                {
                    report(dataset, "aliases", i, DiagnosticRules.AliasShared, $"The alias '{alias}' is one of dataset '{sharing.Name}' and one of '{dataset.Name}', so it finds neither; remove one of them.");
                }

                if (names.TryGetValue(alias, out var other) && !string.Equals(dataset.Name, alias, StringComparison.OrdinalIgnoreCase))
                {
                    report(dataset, "aliases", i, DiagnosticRules.AliasIsName, $"The alias '{alias}' of dataset '{dataset.Name}' is the name of dataset '{other}', which it will find instead; remove the alias or choose another.");
                }
            }
        }
    }
}
