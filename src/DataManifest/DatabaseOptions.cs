using System.Reflection;
using DataManifest.Storage;

namespace DataManifest;

/// <summary>How a <see cref="Database"/> is opened when the defaults do not fit.</summary>
public sealed partial record DatabaseOptions
{
    /// <summary>The machine and its environment; null for this process's own.</summary>
    public HostEnvironment? Host { get; init; }

    /// <summary>The folder that relative paths hang on; null for the manifest's folder.</summary>
    public string? ProjectRoot { get; init; }

    /// <summary>The assembly with the generated datasets, and perhaps with their fetchers; null for the program that was started.</summary>
    internal Assembly? Program { get; init; }
}
