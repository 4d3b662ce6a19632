using System.CommandLine;
using System.Text.Json.Nodes;
using DataManifest.Citations;
using DataManifest.Provenance;
using DataManifest.Tool.CommandLine;
using DataManifest.Tool.Output;

namespace DataManifest.Tool.Commands;

/// <summary>Writes the citations of datasets.</summary>
internal static class CiteCommand
{
    /// <summary>Makes the command.</summary>
    /// <param name="session">What it works with.</param>
    public static Command Create(ToolSession session)
    {
        var names = Parameters.Datasets("The datasets; none for all");
        var style = new Option<string>("--style") { HelpName = "STYLE", Description = "bibtex, apa or cff", DefaultValueFactory = _ => "bibtex" }.AcceptOnlyFromAmong("bibtex", "apa", "cff");
        var json = Parameters.Json();
        var command = new ToolCommand(
            "cite", "Writes the citations of datasets, from what the manifest keeps of their DOIs.",
            "datamanifest cite co2", "datamanifest cite --style cff > CITATION.cff") { names, style, json };
        command.SetAction(parsed =>
        {
            var citations = session.Open().Cite(Parameters.Chosen(parsed, names));
            if (parsed.GetValue(json))
            {
                session.Console.WriteJson(new JsonArray([.. citations.Select(Json)]));
            }
            else
            {
                session.Out.WriteLine((parsed.GetValue(style) switch
                {
                    "apa" => string.Join("\n\n", citations.Select(citation => citation.ToApa().TrimEnd('\n'))),
                    "cff" => Cff.Of(citations),
                    _ => string.Join("\n\n", citations.Select(citation => citation.ToBibTeX().TrimEnd('\n'))),
                }).TrimEnd('\n'));
            }

            foreach (var citation in citations.Where(citation => citation.Missing.Count > 0 && citation.Doi.Length > 0))
            {
                session.Console.Error.WriteLine($"{citation.Name}: not known: {string.Join(", ", citation.Missing)}");
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static JsonObject Json(Citation citation) => new()
    {
        ["name"] = citation.Name,
        ["title"] = citation.Title,
        ["creators"] = JsonOutput.Array(citation.Creators.Select(creator => creator.ToString())),
        ["published"] = citation.Published,
        ["publisher"] = citation.Publisher,
        ["version"] = citation.Version,
        ["doi"] = citation.Doi,
        ["url"] = citation.Url,
        ["license"] = citation.License,
        ["missing"] = JsonOutput.Array(citation.Missing),
    };
}
