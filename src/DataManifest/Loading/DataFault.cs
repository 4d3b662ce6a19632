using DataManifest.Diagnostics;

namespace DataManifest.Loading;

/// <summary>Data that are not what their format says.</summary>
internal static class DataFault
{
    /// <summary>The exception for it.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <param name="format">What the data are not.</param>
    /// <param name="reason">Why not, with the place in the data if there is one.</param>
    /// <param name="inner">What was thrown.</param>
    public static DataManifestException Malformed(Dataset dataset, string format, string reason, Exception? inner = null) => new(
        DiagnosticRules.DataMalformed,
        $"The data of dataset '{dataset.Name}' are not {format}: {reason.TrimEnd('.')}.",
        dataset.Name,
        "Correct the dataset's format in the manifest, bind a loader, or run 'dotnet build -t:DataVerify' to see whether the file is damaged.",
        inner);
}
