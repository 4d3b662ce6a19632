using System.CommandLine;
using System.CommandLine.Invocation;
using System.Reflection;
using DataManifest.Fetching.Delegation;

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
        // Asked by the like of itself whether it runs fetchers of another language: the tool of that name which does may come later in PATH.
        if (Environment.GetEnvironmentVariable(ForeignTools.DelegatedVariable) == ForeignTools.Probe)
        {
            return ExitCode.Failed;
        }

        parseResult.InvocationConfiguration.Output.WriteLine($"datamanifest {Version}");
        return ExitCode.Done;
    }
}
