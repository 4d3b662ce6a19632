using DataManifest.Archives;

namespace DataManifest.Loading;

/// <summary>An archive that was unpacked for one use, into a temporary folder that is deleted when this is disposed of.</summary>
public sealed class UnpackedArchive : IDisposable
{
    private UnpackedArchive(DirectoryInfo folder) => Folder = folder;

    /// <summary>The folder with what was in the archive, in the archive's own layout.</summary>
    public DirectoryInfo Folder { get; }

    /// <summary>Deletes the folder. Twice is as good as once.</summary>
    public void Dispose()
    {
        if (Directory.Exists(Folder.FullName))
        {
            Folder.Delete(recursive: true);
        }
    }

    /// <summary>Unpacks a dataset's file.</summary>
    /// <param name="dataset">The dataset.</param>
    internal static UnpackedArchive Of(Dataset dataset)
    {
        using var data = dataset.OpenRead();
        var declaration = dataset.Declaration;
        var archive = new UnpackedArchive(Directory.CreateTempSubdirectory("datamanifest-"));
        var copy = archive.Folder.FullName + ".tmp";
        try
        {
            // Several readers work on an archive at once, so what is embedded in the program becomes a file first; a new one, since others may write to a temporary folder, too.
            if (data is not FileStream)
            {
                using var file = new FileStream(copy, FileMode.CreateNew, FileAccess.Write);
                data.CopyTo(file);
            }

            new ArchiveExtractor(declaration.ArchiveFormat, declaration.ExtractedFileName, new ArchiveLimits())
                .ExtractAsync(data is FileStream stored ? stored.Name : copy, archive.Folder.FullName, CancellationToken.None).GetAwaiter().GetResult();
            return archive;
        }
        catch (Exception failure)
        {
            archive.Dispose();
            throw failure is Fetching.FetchFaultException fault
                ? new DataManifestException(fault.Rule, fault.Message, dataset.Name, "Fetch the dataset again with 'dotnet build', or correct its format.", fault)
                : failure;
        }
        finally
        {
            File.Delete(copy);
        }
    }
}
