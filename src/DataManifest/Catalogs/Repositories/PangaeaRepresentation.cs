using System.Text.Json;

namespace DataManifest.Catalogs.Repositories;

/// <summary>What a PANGAEA dataset is downloaded as.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Uri">Its address; empty when there is none.</param>
internal sealed record PangaeaRepresentation(PangaeaKind Kind, string Uri)
{
    /// <summary>Chooses among the representations of a dataset: a single file first, then a table, then an archive.</summary>
    /// <param name="description">The dataset's schema.org description.</param>
    public static PangaeaRepresentation Of(JsonElement description)
    {
        var (file, table, zip) = ("", "", "");
        foreach (var distribution in description.Items("distribution"))
        {
            var uri = distribution.Text("contentUrl");
            var encoding = distribution.Text("encodingFormat").ToLowerInvariant();
            if (Has("format=textfile") || encoding.Contains("tab-separated", StringComparison.Ordinal))
            {
                table = table.Length > 0 ? table : uri;
            }
            else if (Has("format=zip") || encoding == "application/zip")
            {
                zip = zip.Length > 0 ? zip : uri;
            }
            else if (Has("/files/") && !Has("format="))
            {
                file = file.Length > 0 ? file : uri;
            }

            bool Has(string part) => uri.Contains(part, StringComparison.OrdinalIgnoreCase);
        }

        return file.Length > 0 ? new(PangaeaKind.File, file)
            : table.Length > 0 ? new(PangaeaKind.Table, table)
            : zip.Length > 0 ? new(PangaeaKind.Zip, zip)
            : new(PangaeaKind.None, "");
    }
}

/// <summary>The kinds of PANGAEA datasets.</summary>
internal enum PangaeaKind
{
    /// <summary>Nothing that can be downloaded.</summary>
    None,

    /// <summary>One file.</summary>
    File,

    /// <summary>A text table: the data, or a list of files.</summary>
    Table,

    /// <summary>An archive: a series of datasets, or data that are stored so.</summary>
    Zip,
}
