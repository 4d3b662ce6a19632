using DataManifest.Text;
using DataManifest.Toml;

namespace DataManifest.Bindings;

/// <summary>A function that a manifest names, and what it is called with (specification, "Binding forms").</summary>
/// <param name="reference">The <c>module:function</c> reference; in C# <c>Namespace.Type:Method</c>.</param>
/// <param name="arguments">The positional arguments (<c>args</c>), as written.</param>
/// <param name="keywordArguments">The keyword arguments (<c>kwargs</c>), as written.</param>
/// <param name="span">Where the binding is written.</param>
/// <param name="referenceSpan">Where its reference is written; the same for the string form.</param>
public sealed class Binding(string reference, IReadOnlyList<TomlValue> arguments, TomlTable keywordArguments, TextSpan span, TextSpan referenceSpan)
{
    /// <summary>The <c>module:function</c> reference; in C# <c>Namespace.Type:Method</c>.</summary>
    public string Reference { get; } = reference;

    /// <summary>The part of <see cref="Reference"/> before the colon: the module, or in C# the type.</summary>
    public string Module => Reference.Substring(0, Reference.LastIndexOf(':'));

    /// <summary>The part of <see cref="Reference"/> behind the colon: the function, or in C# the method.</summary>
    public string Function => Reference.Substring(Reference.LastIndexOf(':') + 1);

    /// <summary>The positional arguments (<c>args</c>), in order, with their spans and with variables as written.</summary>
    public IReadOnlyList<TomlValue> Arguments { get; } = arguments;

    /// <summary>The keyword arguments (<c>kwargs</c>), with their spans and with variables as written.</summary>
    public TomlTable KeywordArguments { get; } = keywordArguments;

    /// <summary>
    /// Whether the call is <c>function(*args, **kwargs)</c> with nothing added. Without arguments it is the conventional call: a loader gets
    /// the dataset's path, a fetcher its context.
    /// </summary>
    public bool IsExplicit => Arguments.Count > 0 || KeywordArguments.Count > 0;

    /// <summary>Where the binding is written: the string or the table.</summary>
    public TextSpan Span { get; } = span;

    /// <summary>Where <see cref="Reference"/> is written, quotes included.</summary>
    public TextSpan ReferenceSpan { get; } = referenceSpan;

    /// <summary>The binding with the variables in its arguments replaced (specification, "Parameterized bindings").</summary>
    /// <param name="variables">What the variables stand for.</param>
    /// <exception cref="TemplateException">An argument needs the project's root, and there is none.</exception>
    public Binding Substitute(TemplateVariables variables) => new(
        Reference, [.. Arguments.Select(variables.Substitute)], (TomlTable)variables.Substitute(KeywordArguments), Span, ReferenceSpan);
}
