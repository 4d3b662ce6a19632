using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using DataManifest.Bindings;
using DataManifest.Diagnostics;
using DataManifest.Manifest;

namespace DataManifest.Fetching;

/// <summary>Calls the static method that a fetcher's binding names.</summary>
internal static class FetcherMethod
{
    private const BindingFlags Any = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.FlattenHierarchy;

    private const string Form =
        "A fetcher is a static method that returns nothing, Task or ValueTask. Without arguments in its binding it takes any of: FetchTarget, CancellationToken, the place for the data as "
        + "string, FileInfo or DirectoryInfo, and strings named uri, key, version, doi, format, branch or projectRoot; with arguments it takes these, and FetchTarget and CancellationToken if it wants.";

    /// <summary>The method as a fetcher.</summary>
    /// <param name="dataset">The dataset's name, for messages.</param>
    /// <param name="binding">The binding.</param>
    /// <param name="type">The type that it names.</param>
    /// <exception cref="FetchFaultException">There is no such method, or it cannot be called so.</exception>
    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "Assemblies are only searched where the registry's caller accepted that methods may be trimmed away.")]
    public static Fetcher Of(string dataset, Binding binding, Type type)
    {
        try
        {
            return Choose(dataset, binding, type);
        }
        catch (Exception e) when (e is FileNotFoundException or FileLoadException or BadImageFormatException or TypeLoadException)
        {
            throw new FetchFaultException(DiagnosticRules.FetcherNotCallable, $"The fetcher '{binding.Reference}' of dataset '{dataset}' cannot be called, because something that its type needs is missing beside its assembly: {e.Message}", e);
        }
    }

    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "Assemblies are only searched where the registry's caller accepted that methods may be trimmed away.")]
    private static Fetcher Choose(string dataset, Binding binding, Type type)
    {
        var methods = type.GetMethods(Any);
        MethodInfo[] named = [.. methods.Where(method => method.Name == binding.Function)];
        if (named.Length == 0)
        {
            var meant = Spelling.Closest(binding.Function, methods.Where(method => method.IsStatic && !method.IsSpecialName && method.DeclaringType != typeof(object)).Select(method => method.Name).Distinct());
            throw new FetchFaultException(
                DiagnosticRules.FetcherNotFound,
                $"The fetcher '{binding.Reference}' of dataset '{dataset}' was not found: the type '{binding.Module}' has no method '{binding.Function}'"
                + (meant is null ? "." : $"; did you mean '{binding.Module}:{meant}'?"));
        }

        var problems = new List<string>();
        MethodInfo[] usable = [.. named.Where(method => ProblemOf(method, binding) is not { } problem || Note(problem))];
        var most = usable.Length == 0 ? 0 : usable.Max(method => method.GetParameters().Length);
        return usable.Where(method => method.GetParameters().Length == most).ToArray() switch
        {
            [var method] => (target, cancellationToken) => InvokeAsync(method, target, cancellationToken),
            [] => throw NotCallable(string.Join("; ", problems)),
            _ => throw NotCallable("several overloads fit"),
        };

        bool Note(string problem)
        {
            problems.Add(problem);
            return false;
        }

        FetchFaultException NotCallable(string why) =>
            new(DiagnosticRules.FetcherNotCallable, $"The fetcher '{binding.Reference}' of dataset '{dataset}' cannot be called: {why}. {Form}");
    }

    private static string? ProblemOf(MethodInfo method, Binding binding) =>
        !method.IsStatic ? "it is not static"
        : method.ContainsGenericParameters ? "it is generic"
        : method.ReturnType == typeof(void) && method.IsDefined(typeof(AsyncStateMachineAttribute)) ? "it is async and returns nothing, so nobody can wait for its end; let it return Task"
        : !IsResult(method.ReturnType) ? $"it returns {method.ReturnType.Name}"
        : new FetcherArguments(method, binding).Problem;

    private static bool IsResult(Type type) => type == typeof(void) || type == typeof(ValueTask) || typeof(Task).IsAssignableFrom(type)
        || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ValueTask<>));

    private static async Task InvokeAsync(MethodInfo method, FetchTarget target, CancellationToken cancellationToken)
    {
        var arguments = new FetcherArguments(method, target.Binding).Make(target, cancellationToken);
        switch (method.Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null))
        {
            case Task task:
                await task.ConfigureAwait(false);
                break;
            case ValueTask task:
                await task.ConfigureAwait(false);
                break;
            case { } result when AsTask(result) is { } task:
                await task.ConfigureAwait(false);
                break;
        }
    }

    /// <summary>The task of a <c>ValueTask&lt;T&gt;</c>, whose T is only known here.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "Assemblies are only searched where the registry's caller accepted that methods may be trimmed away.")]
    private static Task? AsTask(object result) => result.GetType().GetMethod(nameof(ValueTask<int>.AsTask))?.Invoke(result, null) as Task;
}
