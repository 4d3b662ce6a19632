using System.Globalization;
using DataManifest.Tool;
using DataManifest.Tool.CommandLine;
using DataManifest.Tool.Output;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
using var console = ToolConsole.Open();
return await CommandRunner.RunAsync(console, args);
