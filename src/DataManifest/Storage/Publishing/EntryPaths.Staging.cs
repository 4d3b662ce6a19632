namespace DataManifest.Storage;

/// <content>What writers have beside an entry.</content>
internal sealed partial record EntryPaths
{
    /// <summary>The lock that a writer holds.</summary>
    public string Lock => Target + ".lock";

    /// <summary>The part of a download that a later run can go on with. A writer renames it before it writes, so that two writers never mix in it.</summary>
    public string Partial => Staging.Shorten(Target) + ".tmp.download";

    /// <summary>The members of a batch that a later run need not fetch again. A writer renames the folder before it uses it.</summary>
    public string PartialMembers => Partial + Staging.MembersSuffix;

    /// <summary>The staging name that other tools use.</summary>
    public string SharedStaging => Target + ".tmp";

    /// <summary>What may be there for a later run to go on with: the partial download, those of members and mirrors, and whole members. Not what a writer has for itself at the moment.</summary>
    public IReadOnlyList<string> Waiting()
    {
        var name = Path.GetFileName(Partial);
        try
        {
            return [.. Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(Target)!)
                .Where(path => Path.GetFileName(path) is var found && found.StartsWith(name, StringComparison.Ordinal) && (found.Length == name.Length || found[name.Length] == '.') && !Staging.IsOwn(found))];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [Partial + Staging.ProofSuffix, Partial, PartialMembers]; // A folder that may be changed and not listed.
        }
    }
}
