using DataManifest.Diagnostics;
using DataManifest.Manifest;
using DataManifest.Text;
using DataManifest.Toml;

namespace DataManifest.Bindings;

/// <summary>
/// Reads one binding. A malformed one is a problem at its place, never an absent one: passing over it could hand a program wrong data
/// (specification, "Language-implicit bindings": strict).
/// </summary>
internal static class BindingReader
{
    private const string Form = "write \"Module:Function\" (in C# \"Namespace.Type:Method\") or a table { ref = \"Module:Function\", args = […], kwargs = { … } }";

    private static readonly string[] Keys = ["ref", "args", "kwargs"];

    /// <summary>Reads a binding, or says why it is none.</summary>
    /// <param name="what">What it is, for messages: <c>'loader' of dataset 'x'</c>.</param>
    /// <param name="value">The value as written.</param>
    public static (Binding? Binding, BindingProblem? Problem) Read(string what, TomlValue value)
    {
        var (binding, problem) = ReadForm(what, value);
        return binding is not null && ReferenceProblem(what, binding.Reference) is { } reason
            ? (null, Malformed(reason, binding.ReferenceSpan))
            : (binding, problem);
    }

    /// <summary>Reads a binding whose reference may also be the name of a loader.</summary>
    public static (Binding? Binding, BindingProblem? Problem) ReadForm(string what, TomlValue value) => value switch
    {
        TomlString text => (new Binding(text.Value.Trim(), [], new TomlTable(), text.Span, text.Span), null),
        TomlTable table => ReadTable(what, table),
        _ => (null, Malformed($"{what} is no binding; {Form}.", value.Span)),
    };

    /// <summary>Why a text is no reference; null when it is one.</summary>
    public static string? ReferenceProblem(string what, string reference)
    {
        if (reference.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || "(){};=\"'".IndexOf(c) >= 0))
        {
            return $"{what} is code, which a manifest does not hold; put it into a function and {Form}.";
        }

        var colon = reference.LastIndexOf(':');
        var head = colon < 0 ? "" : reference.Substring(0, colon);
        if (head.StartsWith("global::", StringComparison.Ordinal))
        {
            head = head.Substring("global::".Length);
        }

        return head.Length == 0 || head.IndexOf(':') >= 0 || colon == reference.Length - 1
            ? $"{what} is \"{reference}\", which names no function; {Form}."
            : null;
    }

    /// <summary>A problem of the rule for malformed bindings.</summary>
    public static BindingProblem Malformed(string message, TextSpan span) => new(DiagnosticRules.InvalidBinding, message, span);

    private static (Binding? Binding, BindingProblem? Problem) ReadTable(string what, TomlTable table)
    {
        foreach (var entry in table)
        {
            if (Array.IndexOf(Keys, entry.Key) < 0)
            {
                var meant = Spelling.Closest(entry.Key, Keys);
                return (null, Malformed(
                    $"{what} has the unknown key '{entry.Key}'" + (meant is null ? "; a binding has ref, args and kwargs only." : $"; did you mean '{meant}'?"),
                    entry.KeySpan));
            }
        }

        if (table["ref"] is not TomlString { Value.Length: > 0 } reference)
        {
            return (null, Malformed($"{what} has no 'ref' that is a string; {Form}.", table["ref"]?.Span ?? table.Span));
        }

        var args = table["args"];
        var kwargs = table["kwargs"];
        return
            args is not (null or TomlArray) ? (null, Malformed($"'args' in {what} must be a list: args = [\"$path\"].", args.Span))
            : kwargs is not (null or TomlTable) ? (null, Malformed($"'kwargs' in {what} must be a table: kwargs = {{ name = \"value\" }}.", kwargs.Span))
            : (new Binding(reference.Value.Trim(), (args as TomlArray)?.Items ?? [], kwargs as TomlTable ?? new TomlTable(), table.Span, reference.Span), null);
    }
}
