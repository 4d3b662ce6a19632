using DataManifest.Generator.Naming;
using DataManifest.Toml;

namespace DataManifest.Generator.Loading;

/// <summary>Fills in the parameters of one call.</summary>
/// <param name="method">The method that is called.</param>
internal sealed class CallBuilder(MethodModel method)
{
    private const string TokenName = "cancellationToken";

    private readonly string?[] _codes = new string?[method.Parameters.Count];
    private readonly ArgumentWriter _writer = new();
    private bool _takesToken;

    /// <summary>The method that is called.</summary>
    public MethodModel Method { get; } = method;

    /// <summary>Whether the file is opened for the call.</summary>
    public bool UsesStream => _writer.UsesStream;

    /// <summary>The data as a parameter wants them; null when it wants something else.</summary>
    /// <param name="type">The parameter's type.</param>
    public string? Data(TypeModel type) =>
        type.Kind is ValueKind.String or ValueKind.Dataset or ValueKind.Stream || (type.Kind == ValueKind.OfText && type.Name != "global::System.Uri")
            ? _writer.Write(new TomlString(ArgumentWriter.PathVariable), type) : null;

    /// <summary>The place of a parameter; -1 when there is none of that name.</summary>
    /// <param name="name">The name.</param>
    public int IndexOf(string name) => Array.FindIndex([.. Method.Parameters], parameter => parameter.Name == name);

    /// <summary>Whether a parameter has its argument.</summary>
    /// <param name="index">The parameter's place.</param>
    public bool IsSet(int index) => _codes[index] is not null;

    /// <summary>Gives a parameter an expression.</summary>
    /// <param name="index">The parameter's place.</param>
    /// <param name="code">The expression.</param>
    public void Set(int index, string code) => _codes[index] = code;

    /// <summary>Gives a parameter a value.</summary>
    /// <param name="index">The parameter's place.</param>
    /// <param name="value">The value.</param>
    /// <returns>Why it cannot have it; null when it can.</returns>
    public LoadProblem? Set(int index, TomlValue value) => Accept(index, _writer.Write(value, Method.Parameters[index].Type));

    /// <summary>Gives a parameter several values.</summary>
    /// <param name="index">The parameter's place.</param>
    /// <param name="values">The values.</param>
    /// <returns>Why it cannot have them; null when it can.</returns>
    public LoadProblem? SetList(int index, IReadOnlyList<TomlValue> values) => Accept(index, _writer.List(values, Method.Parameters[index].Type));

    /// <summary>Gives what is left a cancellation token, or its default.</summary>
    /// <returns>A parameter that has nothing; null when there is none.</returns>
    public ParameterModel? Complete()
    {
        for (var i = 0; i < _codes.Length; i++)
        {
            var parameter = Method.Parameters[i];
            if (_codes[i] is null && parameter.Type.Kind == ValueKind.CancellationToken)
            {
                _codes[i] = TokenName;
                _takesToken = true;
            }
            else if (_codes[i] is null && !parameter.IsOptional)
            {
                return parameter;
            }
        }

        return null;
    }

    /// <summary>The call.</summary>
    public LoadCall Build()
    {
        var written = new List<string>();
        var hasGap = false;
        for (var i = 0; i < _codes.Length; i++)
        {
            hasGap |= _codes[i] is null;
            if (_codes[i] is { } code)
            {
                written.Add(hasGap ? $"{Identifier.Escape(Method.Parameters[i].Name)}: {code}" : code);
            }
        }

        return new LoadCall(Method, string.Join(", ", written), UsesStream, _takesToken);
    }

    private LoadProblem? Accept(int index, string? code)
    {
        _codes[index] = code;
        return code is not null ? null : new LoadProblem(
            DiagnosticRules.LoaderArgument, $"The parameter '{Method.Parameters[index].Display}' of the loader '{Method.Display}' cannot have this value: {_writer.Problem.TrimEnd('?')}{(_writer.Problem.EndsWith("?", StringComparison.Ordinal) ? "?" : ".")}", _writer.ProblemSpan, _writer.Meant);
    }
}
