using System.CommandLine;
using System.CommandLine.Invocation;
using System.Reflection;

namespace DataManifest.Tool.CommandLine;

/// <summary>Prints <c>datamanifest</c> and the version, without what the build adds to it.</summary>
internal sealed class VersionAction : SynchronousCommandLineAction
{
    /// <summary>The tool's version.</summary>
    public static string Version { get; } =
        typeof(VersionAction).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        parseResult.InvocationConfiguration.Output.WriteLine($"datamanifest {Version}");
        return ExitCode.Done;
    }
}
