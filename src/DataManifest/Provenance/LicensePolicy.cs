using DataManifest.Diagnostics;

namespace DataManifest.Provenance;

/// <summary>Which licences somebody accepts for data.</summary>
public sealed class LicensePolicy
{
    private readonly HashSet<string> _allowed = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads a list of licences.</summary>
    /// <param name="allowed">
    /// SPDX identifiers (<c>CC-BY-4.0</c>), own ones (<c>LicenseRef-…</c>), or several with <c>OR</c> between them. A licence that is allowed is so with every
    /// exception (<c>WITH</c>) and as "or later" (<c>+</c>) too.
    /// </param>
    /// <exception cref="DataManifestException">One is no licence, or the list is empty (DM0642).</exception>
    public LicensePolicy(IEnumerable<string> allowed)
    {
        foreach (var item in allowed.Where(item => item.Trim().Length > 0))
        {
            LicenseExpression expression;
            try
            {
                expression = LicenseExpression.Parse(item);
            }
            catch (FormatException wrong)
            {
                throw Invalid($"The list of allowed licences is wrong: {wrong.Message}");
            }

            if (HasConjunction(expression))
            {
                throw Invalid($"The list of allowed licences is wrong: '{item.Trim()}' has AND in it; name the licences one by one, and data under both are allowed.");
            }

            _allowed.UnionWith(expression.Licenses.Select(license => license.ToString()));
        }

        if (_allowed.Count == 0)
        {
            throw Invalid("The list of allowed licences is empty.");
        }
    }

    /// <summary>The allowed licences, sorted.</summary>
    public IEnumerable<string> Allowed => _allowed.Order(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether data under a licence may be used.</summary>
    /// <param name="license">The licence.</param>
    internal bool Allows(LicenseExpression license) => license.IsSatisfied(one => _allowed.Contains(one.ToString()) || _allowed.Contains(one.Id) || _allowed.Contains(one.Id.TrimEnd('+')));

    private static bool HasConjunction(LicenseExpression expression) =>
        expression is LicenseExpression.Combination { IsChoice: var isChoice, Parts: var parts } && (!isChoice || parts.Any(HasConjunction));

    private static DataManifestException Invalid(string message) =>
        new(DiagnosticRules.LicensePolicyInvalid, message, "", "Write SPDX identifiers such as 'CC0-1.0;CC-BY-4.0'; https://spdx.org/licenses lists them.");
}
