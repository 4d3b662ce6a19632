using System.CommandLine;
using System.Text.Json.Nodes;
using DataManifest.Tool.CommandLine;
using DataManifest.Tool.Doctor;
using DataManifest.Tool.Output;

namespace DataManifest.Tool.Commands;

/// <summary>Says what would go wrong.</summary>
internal static class DoctorCommand
{
    /// <summary>Makes the command.</summary>
    /// <param name="session">What it works with.</param>
    public static Command Create(ToolSession session)
    {
        var json = Parameters.Json();
        var command = new ToolCommand(
            "doctor", "Looks at manifest, configuration, permissions, programs and proxies, and says what would go wrong. Nothing is changed and no server is asked.",
            "datamanifest doctor") { json };
        command.SetAction(parsed =>
        {
            Check[] checks = [.. Examine(session)];
            if (parsed.GetValue(json))
            {
                session.Console.WriteJson(new JsonArray([.. checks.Select(check => new JsonObject
                {
                    ["subject"] = check.Subject, ["verdict"] = check.Verdict.ToString().ToLowerInvariant(), ["finding"] = check.Finding, ["remedy"] = check.Remedy,
                })]));
            }
            else
            {
                Print(session, checks);
            }

            return checks.Any(check => check.Verdict == Verdict.Bad) ? ExitCode.Failed : ExitCode.Done;
        });
        return command;
    }

    private static IEnumerable<Check> Examine(ToolSession session)
    {
        try
        {
            return new Examination(session.Open()).Run();
        }
        catch (DataManifestException unreadable) when (session.Database is null)
        {
            return Examination.WithoutManifest(unreadable);
        }
    }

    private static void Print(ToolSession session, Check[] checks)
    {
        var style = new Style(session.Console.IsTerminal);
        var width = checks.Max(check => check.Subject.Length);
        foreach (var check in checks)
        {
            var mark = check.Verdict switch { Verdict.Good => style.Good("✓"), Verdict.Doubtful => style.Warning("!"), _ => style.Bad("✗") };
            session.Out.WriteLine($"{mark} {check.Subject.PadRight(width)}  {check.Finding}");
            if (check.Remedy.Length > 0)
            {
                session.Out.WriteLine($"  {"".PadRight(width)}  {style.Dim(check.Remedy)}");
            }
        }

        var (doubtful, bad) = (checks.Count(check => check.Verdict == Verdict.Doubtful), checks.Count(check => check.Verdict == Verdict.Bad));
        session.Out.WriteLine(doubtful + bad == 0 ? "Nothing would go wrong." : $"{bad} problem{(bad == 1 ? "" : "s")}, {doubtful} to look at.");
    }
}
