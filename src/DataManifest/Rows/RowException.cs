using DataManifest.Diagnostics;

namespace DataManifest.Rows;

/// <summary>A table that is not what generated code was made for.</summary>
/// <param name="rule">Which finding it is.</param>
/// <param name="file">The file.</param>
/// <param name="line">The line at which the row begins, counted from 1; 0 when it is about no single row.</param>
/// <param name="column">The column, counted from 1; 0 when it is about no single one.</param>
/// <param name="problem">What is wrong.</param>
/// <param name="remedy">What to do.</param>
/// <param name="innerException">What led to it, if anything.</param>
public sealed class RowException(DiagnosticRule rule, string file, long line, int column, string problem, string remedy, Exception? innerException = null)
    : DataManifestException(rule, problem, "", remedy, innerException)
{
    /// <summary>The file, absolute.</summary>
    public string File { get; } = file;

    /// <summary>The line at which the row begins, counted from 1; 0 when it is about no single row.</summary>
    public long Line { get; } = line;

    /// <summary>The column, counted from 1; 0 when it is about no single one.</summary>
    public int Column { get; } = column;

    internal static RowException Unreadable(string file, long line, string why, Exception? cause = null) => new(
        DiagnosticRules.TableUnreadable, file, line, 0, line > 0 ? $"{file}({line}): {why}" : $"{file}: {why}",
        "The data are not those that the code was made for; verify them (dotnet build -t:DataVerify), or build again.", cause);
}
