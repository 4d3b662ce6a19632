using DataManifest.Diagnostics;
using DataManifest.Manifest;
using DataManifest.Text;

namespace DataManifest.Storage;

public sealed partial class StorageConfiguration
{
    private static readonly string[] BuiltInSymbols = ["key", "datasets_dir", "datacache_dir", "project", "repo", "user_cache_dir", "user_data_dir"];

    /// <summary>What somebody should know of names in a path that are neither symbols nor variables that are set: a folder of such a name is made.</summary>
    /// <param name="expression">The path.</param>
    /// <param name="what">What has it, for the message.</param>
    /// <param name="file">Where that is written; empty for nowhere.</param>
    /// <param name="position">The place in the file.</param>
    internal IEnumerable<(string Name, StorageDiagnostic Finding)> UnknownSymbols(string expression, string what, string file, LinePosition position)
    {
        var known = BuiltInSymbols.Concat(_layers.TextNames).Distinct().ToArray();
        foreach (var name in UnknownNames(expression))
        {
            var meant = Spelling.Closest(name, known) is { } closest ? $"; did you mean ${closest}?" : ".";
            yield return (name, new StorageDiagnostic(
                DiagnosticRules.UnknownSymbol,
                $"{what} leads to ${name}, which is no symbol and no environment variable that is set, so a folder of that name is used{meant} There are {string.Join(", ", known.Select(symbol => "$" + symbol))}.",
                file,
                position));
        }
    }

    /// <summary>Such names in the path of a folder: <c>datasets_dir</c> or <c>datacache_dir</c>.</summary>
    /// <param name="field">The folder's field.</param>
    /// <param name="manifest">The manifest, whose <c>_STORAGE</c> may have the field.</param>
    internal IEnumerable<(string Name, StorageDiagnostic Finding)> UnknownSymbolsOf(string field, ManifestDocument manifest)
    {
        if (Override(field) is not null)
        {
            return UnknownSymbols("$" + field, $"The variable {VariablePrefix}{field.ToUpperInvariant()}", "", new LinePosition(1, 1));
        }

        if (_layers.RungOfText(field) is not { } rung || !rung.Table.TryGetEntry(field, out var entry))
        {
            return [];
        }

        var file = rung.Layer switch { ConfigurationLayer.Checkout => CheckoutConfigurationFile, ConfigurationLayer.User => UserConfigurationFile, _ => manifest.Path };
        var position = rung.File?.Lines.GetPosition(entry.Value.Span.Start) ?? manifest.Diagnose(DiagnosticRules.UnknownSymbol, "", "", entry.Value.Span).Start;
        return UnknownSymbols("$" + field, $"The field {field} in '{file}'", file, position);
    }

    private IEnumerable<string> UnknownNames(string expression)
    {
        try
        {
            return _expressions.UnknownNames(expression);
        }
        catch (DataManifestException)
        {
            // A circle is an error where the path is asked for.
            return [];
        }
    }
}
