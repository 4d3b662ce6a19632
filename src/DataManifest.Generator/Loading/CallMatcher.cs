using DataManifest.Bindings;
using DataManifest.Generator.Emission;
using DataManifest.Generator.Model;
using DataManifest.Generator.Naming;
using DataManifest.Manifest;
using DataManifest.Toml;

namespace DataManifest.Generator.Loading;

/// <summary>
/// Matches a binding with the methods that it means (specification, "Binding forms"): without arguments the loader gets the data, with arguments these
/// and, since TOML has none, a cancellation token if it wants one.
/// </summary>
internal static class CallMatcher
{
    private const string Convention = "A loader without arguments in its binding takes the data first, as string path, DataManifest.Dataset, Stream, FileInfo or DirectoryInfo, and a CancellationToken if it wants";

    /// <summary>The call, or why there is none. Of several methods that fit, the one with the most parameters is called, and of those the first.</summary>
    /// <param name="reference">What the binding's reference means.</param>
    /// <param name="arguments">The positional arguments.</param>
    /// <param name="named">The arguments with names.</param>
    /// <param name="shape">What the data are on disk.</param>
    public static (LoadCall? Call, LoadProblem? Problem) Match(BoundReference reference, IReadOnlyList<TomlValue> arguments, TomlTable named, DataShape shape)
    {
        if (reference.Methods.Count == 0)
        {
            return (null, new LoadProblem(reference.Rule, reference.Problem, Meant: reference.Meant));
        }

        var results = reference.Methods.Select(method => Match(method, arguments, named, shape)).ToList();
        var call = results.Where(result => result.Call is not null).Select(result => result.Call!).OrderByDescending(found => found.Method.Parameters.Count).FirstOrDefault();
        if (call is not null)
        {
            return (call, null);
        }

        // Of several overloads the one that can be called at all says most about what is wrong.
        var problem = results.Select(result => result.Problem!).OrderBy(found => found.Rule == DiagnosticRules.LoaderArgument ? 0 : 1).First();
        return (null, results.Count == 1 ? problem : problem with { Message = $"{problem.Message} None of its {results.Count} overloads fits.", Meant = null });
    }

    private static (LoadCall? Call, LoadProblem? Problem) Match(MethodModel method, IReadOnlyList<TomlValue> arguments, TomlTable named, DataShape shape)
    {
        if (method.Problem is { } problem)
        {
            return (null, new LoadProblem(problem.Rule, $"The loader '{method.Display}' {problem.Message}."));
        }

        var call = new CallBuilder(method);
        return (arguments.Count + named.Count == 0 ? Conventional(call) : Explicit(call, arguments, named)) is { } mismatch ? (null, mismatch)
            : call.UsesStream && shape != DataShape.File
                ? (null, NotCallable(method, shape == DataShape.Folder ? "takes a stream, and the dataset is a folder; take string path or DirectoryInfo" : "takes a stream, and the dataset is an address; take string path"))
            : (call.Build(), null);
    }

    private static LoadProblem? Conventional(CallBuilder call)
    {
        var method = call.Method;
        var data = method.Parameters.Count == 0 ? null : call.Data(method.Parameters[0].Type);
        if (data is null)
        {
            return NotCallable(method, $"does not take the data. {Convention}; for anything else write args");
        }

        call.Set(0, data);
        return call.Complete() is { } missing ? NotCallable(method, $"needs '{missing.Display}', which nothing gives. {Convention}; for anything else write args") : null;
    }

    private static LoadProblem? Explicit(CallBuilder call, IReadOnlyList<TomlValue> arguments, TomlTable named)
    {
        var method = call.Method;
        for (var i = 0; i < arguments.Count; i++)
        {
            if (i >= method.Parameters.Count)
            {
                return Argument(arguments[i], $"The loader '{method.Display}' has {method.Parameters.Count} parameters, and args has {arguments.Count} values.");
            }

            if (method.Parameters[i].IsParams && !(i == arguments.Count - 1 && arguments[i] is TomlArray && method.Parameters[i].Type.Element?.Kind != ValueKind.Array))
            {
                if (call.SetList(i, [.. arguments.Skip(i)]) is { } misfit)
                {
                    return misfit;
                }

                break;
            }

            if (call.Set(i, arguments[i]) is { } problem)
            {
                return problem;
            }
        }

        foreach (var entry in named)
        {
            var index = call.IndexOf(entry.Key);
            if (index < 0)
            {
                var meant = Spelling.Closest(entry.Key, method.Parameters.Select(parameter => parameter.Name));
                return new LoadProblem(
                    DiagnosticRules.LoaderArgument,
                    $"The loader '{method.Display}' has no parameter '{entry.Key}'" + (meant is null ? "." : $"; did you mean '{meant}'?"),
                    entry.KeySpan,
                    meant is null || named[meant] is not null ? null : meant);
            }

            if (call.IsSet(index))
            {
                return new LoadProblem(DiagnosticRules.LoaderArgument, $"The parameter '{entry.Key}' of the loader '{method.Display}' is given in args already.", entry.KeySpan);
            }

            if (call.Set(index, entry.Value) is { } problem)
            {
                return problem;
            }
        }

        return call.Complete() is { } missing
            ? new LoadProblem(DiagnosticRules.LoaderArgument, $"The binding gives nothing for '{missing.Display}' of the loader '{method.Display}'; write it in args or kwargs.")
            : null;
    }

    private static LoadProblem Argument(TomlValue value, string message) => new(DiagnosticRules.LoaderArgument, message, value.Span);

    private static LoadProblem NotCallable(MethodModel method, string message) => new(DiagnosticRules.LoaderNotCallable, $"The loader '{method.Display}' {message}.");
}
