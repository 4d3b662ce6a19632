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
}
