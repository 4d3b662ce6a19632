using System.CommandLine;

namespace DataManifest.Tool.CommandLine;

/// <summary>A command with examples for its help page.</summary>
/// <param name="name">The word that stands for it.</param>
/// <param name="description">What it does, in a sentence or a few.</param>
/// <param name="examples">Whole command lines.</param>
internal sealed class ToolCommand(string name, string description, params string[] examples) : Command(name, description)
{
    /// <summary>Whole command lines.</summary>
    public IReadOnlyList<string> Examples { get; } = examples;
}
