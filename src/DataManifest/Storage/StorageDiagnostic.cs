using DataManifest.Diagnostics;
using DataManifest.Text;

namespace DataManifest.Storage;

/// <summary>Something that a person should know about a configuration file.</summary>
/// <param name="Rule">Which finding it is.</param>
/// <param name="Message">What is wrong and what to do.</param>
/// <param name="File">The file.</param>
/// <param name="Position">The line and column in it.</param>
public sealed record StorageDiagnostic(DiagnosticRule Rule, string Message, string File, LinePosition Position);
