using System.Text.Json.Nodes;
using DataManifest.Fetching;
using DataManifest.Maintenance;

namespace DataManifest.Tool.Output;

/// <summary>Stored objects, and what was done with them, as JSON.</summary>
internal static class ObjectJson
{
    /// <summary>One object.</summary>
    /// <param name="found">The object.</param>
    public static JsonObject Of(StoredObject found)
    {
        var json = new JsonObject
        {
            ["kind"] = found.Kind,
            ["name"] = found.Name,
            ["key"] = found.StorageKey,
            ["format"] = found.Format,
            ["location"] = found.Location,
            ["present"] = found.IsPresent,
            ["complete"] = found.IsComplete,
            ["referenced"] = found.IsReferenced,
            ["dirty"] = ObjectFields.Dirty(found),
            ["size"] = found.Size,
            ["created"] = found.Created is null ? null : ObjectFields.Time(found.Created),
            ["lastAccess"] = found.LastAccess is null ? null : ObjectFields.Time(found.LastAccess),
        };
        if (found is StoredDataset dataset)
        {
            json["uri"] = dataset.Dataset.Uri.Length > 0 ? SafeUrl.Of(dataset.Dataset.Uri) : "";
            json["doi"] = dataset.Dataset.Doi;
            json["checksum"] = dataset.Dataset.Checksum;
            json["storagePath"] = dataset.StoragePath;
        }
        else if (found is ProducedArtifact artifact)
        {
            json["cachetype"] = artifact.Identity.Cachetype;
            json["version"] = artifact.Identity.Version;
            json["hash"] = artifact.Identity.Hash;
            json["parameters"] = DatasetJson.Of(artifact.Parameters);
        }

        return json;
    }

    /// <summary>What came of an operation on objects.</summary>
    /// <param name="report">The report.</param>
    public static JsonObject Of(MaintenanceReport report) => new()
    {
        ["dryRun"] = report.IsDryRun,
        ["changed"] = report.Changed,
        ["results"] = new JsonArray([.. report.Results.Select(result => new JsonObject
        {
            ["kind"] = result.Subject.Kind,
            ["name"] = result.Subject.Name,
            ["key"] = result.Subject.StorageKey,
            ["action"] = Word(result.Action.ToString()),
            ["reason"] = result.Action == ObjectAction.Skipped ? Word(result.Reason.ToString()) : null,
            ["from"] = result.From,
            ["to"] = result.To,
            ["code"] = result.Error?.Code,
            ["error"] = result.Error?.Message,
        })]),
    };

    /// <summary>A name of an enumeration in the spelling of JSON.</summary>
    private static string Word(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
