using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using DataManifest.Bindings;
using DataManifest.Manifest;
using DataManifest.Toml;

namespace DataManifest.Fetching;

/// <summary>Decides what each parameter of a fetcher's method gets: what its type and name say, or the arguments of the binding and nothing else (specification, "Parameterized bindings").</summary>
internal sealed class FetcherArguments
{
    private readonly List<Func<FetchTarget, CancellationToken, object?>> _values = [];

    /// <summary>Fits a method to a binding.</summary>
    /// <param name="method">The method.</param>
    /// <param name="binding">The binding; the types of its arguments count, and their values only in <see cref="Make"/>.</param>
    public FetcherArguments(MethodInfo method, Binding binding) =>
        Problem = binding.IsExplicit ? FitExplicit(method.GetParameters(), binding) : FitConventional(method.GetParameters());

    /// <summary>Why the method cannot be called so; null when it can.</summary>
    public string? Problem { get; }

    /// <summary>The arguments.</summary>
    /// <param name="target">What the fetcher is told.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public object?[] Make(FetchTarget target, CancellationToken cancellationToken) => [.. _values.Select(value => value(target, cancellationToken))];

    private string? FitConventional(ParameterInfo[] parameters)
    {
        var hasPath = false;
        foreach (var parameter in parameters)
        {
            var value = Injected(parameter.ParameterType) ?? (parameter.ParameterType == typeof(string) ? Named(parameter.Name ?? "") : OfType(parameter.ParameterType));
            if (value is null && parameter.ParameterType == typeof(string) && !hasPath)
            {
                hasPath = true;
                value = (target, _) => target.Path;
            }

            if (value is null && !parameter.HasDefaultValue)
            {
                return $"nothing is known for its parameter '{parameter.ParameterType.Name} {parameter.Name}'";
            }

            _values.Add(value ?? ((_, _) => parameter.DefaultValue));
        }

        return null;
    }

    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Assemblies are only searched where the registry's caller accepted this.")]
    private string? FitExplicit(ParameterInfo[] parameters, Binding binding)
    {
        var position = 0;
        var left = binding.KeywordArguments.Select(entry => entry.Key).ToHashSet(StringComparer.Ordinal);
        foreach (var parameter in parameters)
        {
            if (Injected(parameter.ParameterType) is { } injected)
            {
                _values.Add(injected);
                continue;
            }

            var isPositional = position < binding.Arguments.Count;
            var value = isPositional ? binding.Arguments[position] : binding.KeywordArguments[parameter.Name ?? ""];
            if (value is not null && !TomlArgument.TryConvert(value, parameter.ParameterType, out _))
            {
                return $"its parameter '{parameter.Name}' of type {parameter.ParameterType.Name} cannot take the {value.Kind.ToString().ToLowerInvariant()} of the binding";
            }

            if (value is null && !parameter.HasDefaultValue)
            {
                return $"the binding gives nothing for its parameter '{parameter.Name}'";
            }

            var (at, name) = (position, parameter.Name ?? "");
            _values.Add(
                value is null ? (_, _) => parameter.DefaultValue
                : isPositional ? (target, _) => Convert(target.Binding.Arguments[at], parameter.ParameterType)
                : (target, _) => Convert(target.Binding.KeywordArguments[name]!, parameter.ParameterType));
            position += isPositional ? 1 : 0;
            if (!isPositional)
            {
                left.Remove(name);
            }
        }

        if (position < binding.Arguments.Count)
        {
            return $"the binding has {binding.Arguments.Count} args, and it takes {position}";
        }

        return left.FirstOrDefault() is { } unknown
            ? $"it has no parameter '{unknown}' for the binding's kwargs" + (Spelling.Closest(unknown, parameters.Select(parameter => parameter.Name ?? "")) is { } meant ? $"; did you mean '{meant}'?" : "")
            : null;
    }

    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Assemblies are only searched where the registry's caller accepted this.")]
    private static object Convert(TomlValue value, Type type) => TomlArgument.TryConvert(value, type, out var converted)
        ? converted
        : throw new ArgumentException($"'{(value as TomlString)?.Value}' is no {type.Name}.");

    /// <summary>What no text could stand for.</summary>
    private static Func<FetchTarget, CancellationToken, object?>? Injected(Type type) =>
        type == typeof(FetchTarget) ? (target, _) => target
        : type == typeof(CancellationToken) ? (_, token) => token
        : null;

    private static Func<FetchTarget, CancellationToken, object?>? OfType(Type type) =>
        type == typeof(FileInfo) ? (target, _) => new FileInfo(target.Path)
        : type == typeof(DirectoryInfo) ? (target, _) => Directory.CreateDirectory(target.Path)
        : type == typeof(Dataset) ? (target, _) => target.Dataset
        : null;

    /// <summary>The other values that fetchers of all languages know, by their names.</summary>
    private static Func<FetchTarget, CancellationToken, object?>? Named(string name) => name.Replace("_", "", StringComparison.Ordinal).ToLowerInvariant() switch
    {
        "projectroot" => (target, _) => target.ProjectRoot,
        "uri" => (target, _) => target.Dataset.Uri,
        "key" => (target, _) => target.Dataset.Key,
        "version" => (target, _) => target.Dataset.Version,
        "doi" => (target, _) => target.Dataset.Doi,
        "format" => (target, _) => target.Dataset.Format,
        "branch" => (target, _) => target.Dataset.Declaration.Branch,
        _ => null,
    };
}
