namespace DataManifest.Diagnostics;

/// <summary>
/// Every finding that any face of the product reports; <c>docs/diagnostics.md</c> explains each. DM01xx: the text; DM02xx: what it declares;
/// DM03xx: places on disk; DM04xx: fetching; DM05xx: checksums and archives; DM06xx: the build; DM07xx: generated code; DM08xx: loading; DM11xx: the command line.
/// </summary>
public static class DiagnosticRules
{
    /// <summary>The manifest is not TOML 1.0.</summary>
    public static readonly DiagnosticRule InvalidToml = Error("DM0101", "The manifest is not valid TOML");

    /// <summary>The manifest is not UTF-8 text.</summary>
    public static readonly DiagnosticRule NotUtf8 = Error("DM0102", "The manifest is not UTF-8 text");

    /// <summary>A file that is larger than any manifest.</summary>
    public static readonly DiagnosticRule ManifestTooLarge = Error("DM0103", "The manifest is too large");

    /// <summary>The canonical form turns host patterns of which the first that fits counts.</summary>
    public static readonly DiagnosticRule HostsTurned = Warning("DM0104", "Sorting changes which host pattern counts");

    /// <summary>A top-level key that is no table: neither a dataset nor a structural table.</summary>
    public static readonly DiagnosticRule NotATable = Error("DM0201", "A top-level value is not a table");

    /// <summary>A dataset has both <c>uri</c> and <c>uris</c>.</summary>
    public static readonly DiagnosticRule UriAndUris = Error("DM0202", "A dataset has both uri and uris");

    /// <summary>A URI whose host cannot be read.</summary>
    public static readonly DiagnosticRule InvalidUri = Error("DM0203", "A URI cannot be read");

    /// <summary>A field that decides what is fetched, or where to, has the wrong type.</summary>
    public static readonly DiagnosticRule FieldType = Error("DM0204", "A field has the wrong type");

    /// <summary>A field that decides nothing about the data has the wrong type.</summary>
    public static readonly DiagnosticRule DescriptiveFieldType = Warning("DM0205", "A descriptive field has the wrong type");

    /// <summary>A digest that is not hexadecimal or not as long as its algorithm's digests are.</summary>
    public static readonly DiagnosticRule InvalidChecksum = Error("DM0206", "A checksum is malformed");

    /// <summary>A digest of an algorithm that is not implemented; the dataset cannot be fetched.</summary>
    public static readonly DiagnosticRule UnknownAlgorithm = Warning("DM0207", "A checksum's algorithm is not supported");

    /// <summary>An unknown field with a name close to a known one.</summary>
    public static readonly DiagnosticRule UnknownField = Warning("DM0208", "A field is probably misspelt");

    /// <summary>A field of an older format that has no effect any more.</summary>
    public static readonly DiagnosticRule LegacyField = Warning("DM0209", "A retired field is ignored");

    /// <summary>Something that cannot be unpacked is to be unpacked.</summary>
    public static readonly DiagnosticRule ExtractWithoutArchive = Warning("DM0210", "extract has no effect");

    /// <summary>No key comes out of a dataset's URI.</summary>
    public static readonly DiagnosticRule EmptyKey = Error("DM0211", "A dataset has an empty key");

    /// <summary>A key that is no relative path below the datasets folder.</summary>
    public static readonly DiagnosticRule KeyLeavesStore = Error("DM0212", "A key leaves the store");

    /// <summary>Two datasets with the same key whose sources differ.</summary>
    public static readonly DiagnosticRule KeyShared = Error("DM0213", "Two different sources share one key");

    /// <summary>A key below another dataset's key.</summary>
    public static readonly DiagnosticRule KeyNested = Error("DM0214", "A key lies inside another dataset's folder");

    /// <summary>A key with a segment that some file system does not take.</summary>
    public static readonly DiagnosticRule KeyNotPortable = Warning("DM0215", "A key cannot be stored on every system");

    /// <summary>Two datasets whose names differ only in case.</summary>
    public static readonly DiagnosticRule NamesDifferInCase = Warning("DM0216", "Two names differ only in case");

    /// <summary>An alias that equals the name of another dataset.</summary>
    public static readonly DiagnosticRule AliasIsName = Warning("DM0217", "An alias is another dataset's name");

    /// <summary>An entry of <c>requires</c> that names no dataset, or several.</summary>
    public static readonly DiagnosticRule UnknownRequirement = Error("DM0218", "A required dataset does not exist");

    /// <summary>A circle in <c>requires</c>.</summary>
    public static readonly DiagnosticRule RequirementCycle = Error("DM0219", "Datasets require each other in a circle");

    /// <summary>Two members of a batch with the same place in its folder, or one without any.</summary>
    public static readonly DiagnosticRule BatchMembers = Error("DM0220", "Members of a batch do not fit into one folder");

    /// <summary>An identifier that finds no dataset.</summary>
    public static readonly DiagnosticRule DatasetNotFound = Error("DM0221", "No such dataset");

    /// <summary>An identifier that must name one dataset and matches several.</summary>
    public static readonly DiagnosticRule DatasetAmbiguous = Error("DM0222", "Several datasets match");

    /// <summary>A URI with a password, a token or a signature in it.</summary>
    public static readonly DiagnosticRule CredentialsInUri = Warning("DM0223", "A URI has credentials in it");

    /// <summary>An alias that two datasets have.</summary>
    public static readonly DiagnosticRule AliasShared = Warning("DM0224", "Two datasets share an alias");

    /// <summary>A dataset cannot be added under the name of another one, or under a name that no dataset can have.</summary>
    public static readonly DiagnosticRule NameTaken = Error("DM0225", "A dataset cannot have that name");

    /// <summary>An unpinned dataset that comes over a connection on which anybody may change it.</summary>
    public static readonly DiagnosticRule PlainHttp = Warning("DM0226", "An unpinned dataset comes over plain http");

    /// <summary>A binding that is there but names no function, or whose arguments have the wrong type.</summary>
    public static readonly DiagnosticRule InvalidBinding = Error("DM0241", "A binding is malformed");

    /// <summary>A command template that cannot be split into words, or that names no program.</summary>
    public static readonly DiagnosticRule InvalidTemplate = Error("DM0242", "A command template is malformed");

    /// <summary>Data that are opened where they are, without a loader that could.</summary>
    public static readonly DiagnosticRule LazyWithoutLoader = Error("DM0243", "lazy_access without a loader");

    /// <summary>The data of a declared dataset are not on this machine, or not wholly.</summary>
    public static readonly DiagnosticRule DataMissing = Error("DM0301", "The data of a dataset are missing");

    /// <summary>A symbol of the storage configuration stands, directly or through others, for itself.</summary>
    public static readonly DiagnosticRule SymbolCycle = Error("DM0302", "A storage symbol refers to itself");

    /// <summary>The path that comes out of a key lies outside the folder that it should be in, or is that folder.</summary>
    public static readonly DiagnosticRule PathLeavesFolder = Error("DM0303", "A dataset's path leaves its folder");

    /// <summary>A configuration file cannot be read or is not TOML; it is ignored.</summary>
    public static readonly DiagnosticRule UnreadableConfiguration = Warning("DM0304", "A storage configuration file is ignored");

    /// <summary>No manifest was found, or the named one does not exist.</summary>
    public static readonly DiagnosticRule ManifestMissing = Error("DM0305", "There is no manifest");

    /// <summary>A store entry cannot be locked, written or put in its place.</summary>
    public static readonly DiagnosticRule EntryNotWritable = Error("DM0306", "A dataset cannot be stored");

    /// <summary>A folder, or a dataset that is opened where it is, was asked for as a file.</summary>
    public static readonly DiagnosticRule NotAFile = Error("DM0307", "A dataset is not a single local file");

    /// <summary>A configuration file, or the manifest's <c>_STORAGE</c>, cannot be changed.</summary>
    public static readonly DiagnosticRule ConfigurationNotWritable = Error("DM0308", "The storage configuration cannot be changed");

    /// <summary>A name that no storage field has, or more or fewer values than the field takes.</summary>
    public static readonly DiagnosticRule InvalidStorageField = Error("DM0309", "A storage field cannot have that name or value");

    /// <summary>A manifest is to be made where there is one.</summary>
    public static readonly DiagnosticRule ManifestExists = Error("DM0310", "There is a manifest already");

    /// <summary>A path names something that is neither a symbol nor a variable of the environment; a folder of that name is used.</summary>
    public static readonly DiagnosticRule UnknownSymbol = Warning("DM0311", "A path names a symbol that there is not");

    /// <summary>The state file cannot be read or is not TOML; its records count as missing.</summary>
    public static readonly DiagnosticRule UnreadableState = Warning("DM0341", "The state file cannot be read");

    /// <summary>The state file cannot be written; where data are was not recorded.</summary>
    public static readonly DiagnosticRule StateNotRecorded = Warning("DM0342", "The state file cannot be written");

    /// <summary>A server could not be reached, or did not deliver after every attempt.</summary>
    public static readonly DiagnosticRule DownloadFailed = Error("DM0401", "The download failed");

    /// <summary>A server answered with a status that no further attempt changes.</summary>
    public static readonly DiagnosticRule DownloadRefused = Error("DM0402", "The server refused the download");

    /// <summary>A redirect loops, has too many hops, or leads to something that is not fetched.</summary>
    public static readonly DiagnosticRule BadRedirect = Error("DM0403", "The redirects lead nowhere");

    /// <summary>The server's certificate is not trusted.</summary>
    public static readonly DiagnosticRule UntrustedServer = Error("DM0404", "The server's certificate is not trusted");

    /// <summary>A web page came where data were expected.</summary>
    public static readonly DiagnosticRule WebPageInsteadOfData = Error("DM0405", "The server sent a web page instead of data");

    /// <summary>A source's scheme is not supported by this version.</summary>
    public static readonly DiagnosticRule UnsupportedScheme = Error("DM0406", "The source's scheme is not supported");

    /// <summary>A local source does not exist or cannot be copied.</summary>
    public static readonly DiagnosticRule LocalSourceUnusable = Error("DM0408", "The local source cannot be used");

    /// <summary>A dataset that must be there first could not be fetched.</summary>
    public static readonly DiagnosticRule RequirementFailed = Error("DM0409", "A required dataset is missing");

    /// <summary>The volume has no room for the data.</summary>
    public static readonly DiagnosticRule DiskFull = Error("DM0410", "The disk is full");

    /// <summary>The manifest file cannot be changed.</summary>
    public static readonly DiagnosticRule ManifestNotWritable = Error("DM0411", "The manifest cannot be written");

    /// <summary>A dataset that somebody else provides is not there.</summary>
    public static readonly DiagnosticRule ProvidedDataMissing = Warning("DM0412", "Data provided by others are missing");

    /// <summary>The program of a command is not there or cannot be started.</summary>
    public static readonly DiagnosticRule CommandNotStarted = Error("DM0414", "A program cannot be started");

    /// <summary>A program that makes or brings a dataset ended with an error.</summary>
    public static readonly DiagnosticRule CommandFailed = Error("DM0415", "A program failed");

    /// <summary>A program that makes or brings a dataset left nothing where it should.</summary>
    public static readonly DiagnosticRule CommandMadeNothing = Error("DM0416", "A program made no data");

    /// <summary>A program that makes or brings a dataset ran longer than it may.</summary>
    public static readonly DiagnosticRule CommandTooSlow = Error("DM0417", "A program took too long");

    /// <summary>A clone of a repository has no checksum, and none is written down, since none would hold.</summary>
    public static readonly DiagnosticRule CloneNotPinned = Warning("DM0418", "A clone cannot be pinned");

    /// <summary>A dataset that is to be fetched, and nothing says from where or how.</summary>
    public static readonly DiagnosticRule NoFetcher = Error("DM0430", "Nothing fetches a dataset");

    /// <summary>A fetcher's type, method or assembly is not there.</summary>
    public static readonly DiagnosticRule FetcherNotFound = Error("DM0440", "A fetcher was not found");

    /// <summary>A fetcher's method has parameters or a result that do not fit its binding.</summary>
    public static readonly DiagnosticRule FetcherNotCallable = Error("DM0441", "A fetcher cannot be called");

    /// <summary>A fetcher threw an exception, or left nothing where it should.</summary>
    public static readonly DiagnosticRule FetcherFailed = Error("DM0442", "A fetcher failed");

    /// <summary>A dataset that only the program itself can fetch, since the fetcher is part of what is being built.</summary>
    public static readonly DiagnosticRule FetchedByProgram = Warning("DM0443", "A dataset is left to the program");

    /// <summary>A dataset is not there, and nothing may be asked of a network or another program.</summary>
    public static readonly DiagnosticRule Offline = Error("DM0444", "A dataset is missing in offline mode");

    /// <summary>A mirror, or the list of mirrors, that cannot be used as it is written.</summary>
    public static readonly DiagnosticRule MalformedMirror = Warning("DM0450", "A mirror is malformed");

    /// <summary>Mirrors of a dataset without a checksum.</summary>
    public static readonly DiagnosticRule MirrorsUnpinned = Warning("DM0451", "Mirrors without a checksum");

    /// <summary>A source failed or gave wrong data, and another one was used.</summary>
    public static readonly DiagnosticRule SourcePassedOver = Warning("DM0452", "A source was passed over");

    /// <summary>An object store has nothing under the name that a source gives.</summary>
    public static readonly DiagnosticRule ObjectNotFound = Error("DM0460", "The object does not exist");

    /// <summary>The package that reads a kind of object store is not there.</summary>
    public static readonly DiagnosticRule StorePackageMissing = Error("DM0461", "A package for the object store is missing");

    /// <summary>An object store did not accept the request or its credentials.</summary>
    public static readonly DiagnosticRule StoreRefused = Error("DM0462", "The object store refused the request");

    /// <summary>The address of an object store's object is not one.</summary>
    public static readonly DiagnosticRule InvalidStoreUri = Error("DM0463", "The address of an object is malformed");

    /// <summary>Objects below a prefix that cannot be the files of one folder.</summary>
    public static readonly DiagnosticRule ObjectsDoNotFit = Error("DM0464", "Objects do not fit into one folder");

    /// <summary>An object store could not be reached, or failed on every attempt.</summary>
    public static readonly DiagnosticRule StoreUnreachable = Error("DM0465", "The object store cannot be reached");

    /// <summary>Data have the wrong digest.</summary>
    public static readonly DiagnosticRule ChecksumMismatch = Error("DM0501", "The checksum does not match");

    /// <summary>A checksum's algorithm is not implemented.</summary>
    public static readonly DiagnosticRule UnsupportedChecksum = Error("DM0502", "The checksum's algorithm is not supported");

    /// <summary>Data on disk cannot be read to be verified.</summary>
    public static readonly DiagnosticRule ContentUnreadable = Error("DM0503", "The data cannot be read");

    /// <summary>An archive entry would be written outside its folder, or is no file, folder or harmless link.</summary>
    public static readonly DiagnosticRule UnsafeArchive = Error("DM0511", "The archive is not safe to unpack");

    /// <summary>An archive is cut short or damaged.</summary>
    public static readonly DiagnosticRule DamagedArchive = Error("DM0512", "The archive is damaged");

    /// <summary>An archive would unpack to more than the limits allow.</summary>
    public static readonly DiagnosticRule ArchiveTooLarge = Error("DM0513", "The archive unpacks to more than the limit");

    /// <summary>A project uses the build package and no manifest is found.</summary>
    public static readonly DiagnosticRule NoManifest = Warning("DM0601", "No manifest was found");

    /// <summary>The manifest that a project names does not exist.</summary>
    public static readonly DiagnosticRule NamedManifestMissing = Error("DM0602", "The manifest does not exist");

    /// <summary>A dataset has no checksum, so that nothing tells whether it is the right one. An error where the manifest is locked.</summary>
    public static readonly DiagnosticRule Unpinned = Warning("DM0603", "A dataset is not pinned");

    /// <summary>The build's MSBuild is older than the tasks.</summary>
    public static readonly DiagnosticRule BuildTooOld = Error("DM0604", "This MSBuild is too old");

    /// <summary>A C# project targets a framework for which there is no runtime library.</summary>
    public static readonly DiagnosticRule FrameworkTooOld = Error("DM0605", "The target framework is too old");

    /// <summary>An MSBuild property of the package has a value that it cannot have.</summary>
    public static readonly DiagnosticRule InvalidValue = Error("DM0606", "A property cannot have this value");

    /// <summary>A manifest that nobody reads, because there is another one in its folder.</summary>
    public static readonly DiagnosticRule ManifestPassedOver = Warning("DM0607", "A manifest is not used");

    /// <summary>A dataset whose data a build would have to fetch, where it may not.</summary>
    public static readonly DiagnosticRule DataNotHere = Error("DM0610", "The data are not on this machine");

    /// <summary>Data would be deleted that nobody has named.</summary>
    public static readonly DiagnosticRule NothingNamed = Error("DM0611", "DataClean must be told what to delete");

    /// <summary>A way to link data that there is not.</summary>
    public static readonly DiagnosticRule InvalidLinkKind = Error("DM0612", "A link kind is not one");

    /// <summary>A package that carries its manifest and keeps from its consumers what would fetch the data.</summary>
    public static readonly DiagnosticRule PrivateManifest = Warning("DM0613", "A package's manifest reaches nobody");

    /// <summary>Metadata of an item with nearly the name of one that counts.</summary>
    public static readonly DiagnosticRule UnknownMetadata = Warning("DM0614", "Metadata of a DatasetReference are probably misspelt");

    /// <summary>A dataset has a licence that the project does not accept.</summary>
    public static readonly DiagnosticRule LicenseNotAllowed = Error("DM0640", "A dataset's licence is not allowed");

    /// <summary>A project accepts certain licences only, and a dataset has none, or none that SPDX knows.</summary>
    public static readonly DiagnosticRule LicenseUnknown = Error("DM0641", "A dataset's licence is not known");

    /// <summary>The list of licences that a project accepts names none, or something that is none.</summary>
    public static readonly DiagnosticRule LicensePolicyInvalid = Error("DM0642", "The list of allowed licences is wrong");

    /// <summary>A project asks for a document about its data that there is not.</summary>
    public static readonly DiagnosticRule ProvenanceUnknown = Error("DM0643", "No such document about data");

    /// <summary>A document about data cannot be written.</summary>
    public static readonly DiagnosticRule ProvenanceNotWritten = Error("DM0644", "A document about data cannot be written");

    /// <summary>A dataset whose plain name in C# is taken.</summary>
    public static readonly DiagnosticRule PropertyRenamed = Warning("DM0701", "A dataset has another name in C#");

    /// <summary>A name that two manifests of one project declare.</summary>
    public static readonly DiagnosticRule DatasetInTwoManifests = Error("DM0702", "Two manifests declare one dataset");

    /// <summary>A text names a dataset for which there is a property.</summary>
    public static readonly DiagnosticRule NameInCode = Suggestion("DM0703", "A dataset is named by a text");

    /// <summary>A text is the path of a dataset for which there is a property.</summary>
    public static readonly DiagnosticRule PathInCode = Suggestion("DM0704", "A dataset's path is written in code");

    /// <summary>Code uses a dataset that the project's build does not fetch.</summary>
    public static readonly DiagnosticRule NotReferenced = Warning("DM0705", "A dataset that is used is not referenced");

    /// <summary>Code uses a dataset that is obsolete, and through which it reaches others.</summary>
    public static readonly DiagnosticRule ObsoleteGroup = Warning("DM0706", "An obsolete dataset is used");

    /// <summary>The project has a type with the name of the generated class.</summary>
    public static readonly DiagnosticRule ClassNameTaken = Error("DM0707", "The project has a type of the generated class's name");

    /// <summary>A dataset that is to be loaded, and neither the manifest nor the tool has a loader for it.</summary>
    public static readonly DiagnosticRule NoLoader = Error("DM0801", "Nothing loads a dataset");

    /// <summary>A binding whose type is not in the project.</summary>
    public static readonly DiagnosticRule LoaderTypeNotFound = Error("DM0802", "The type of a loader was not found");

    /// <summary>A binding whose type has no such method.</summary>
    public static readonly DiagnosticRule LoaderMethodNotFound = Error("DM0803", "The method of a loader was not found");

    /// <summary>A loader that the generated code must not call.</summary>
    public static readonly DiagnosticRule LoaderNotAccessible = Error("DM0804", "A loader cannot be reached");

    /// <summary>A method that is no loader, or takes something else than the binding gives it.</summary>
    public static readonly DiagnosticRule LoaderNotCallable = Error("DM0805", "A loader cannot be called");

    /// <summary>An argument in a binding that the loader has no parameter for, or whose parameter cannot hold it.</summary>
    public static readonly DiagnosticRule LoaderArgument = Error("DM0806", "An argument of a loader does not fit");

    /// <summary>A loader whose signature mentions generated code.</summary>
    public static readonly DiagnosticRule LoaderNeedsGeneratedType = Error("DM0807", "A loader mentions generated code");

    /// <summary>Data that are not what their format says.</summary>
    public static readonly DiagnosticRule DataMalformed = Error("DM0808", "Data are not in their format");

    /// <summary>The tables of a dataset have other columns than they had.</summary>
    public static readonly DiagnosticRule SchemaChanged = Warning("DM0830", "A table's columns have changed");

    /// <summary>What the manifest says of tables and columns is malformed and ignored.</summary>
    public static readonly DiagnosticRule MalformedTableOption = Warning("DM0831", "An option of a table is malformed");

    /// <summary>The manifest says something of a column that the data contradict.</summary>
    public static readonly DiagnosticRule ColumnContradicted = Warning("DM0832", "The data contradict what is declared of a column");

    /// <summary>A value of a table does not have the type that generated code was made for.</summary>
    public static readonly DiagnosticRule ValueDoesNotFit = Error("DM0833", "A value does not fit its column");

    /// <summary>A table cannot be read, or has other columns than generated code was made for.</summary>
    public static readonly DiagnosticRule TableUnreadable = Error("DM0834", "A table cannot be read");

    /// <summary>What a dataset contains is not known yet, so that generated code has nothing of it.</summary>
    public static readonly DiagnosticRule ContentsUnknown = Warning("DM0835", "What a dataset contains is not known yet");

    /// <summary>What datasets contain cannot be written down.</summary>
    public static readonly DiagnosticRule ContentsNotRecorded = Warning("DM0836", "What datasets contain cannot be recorded");

    /// <summary>A command line with an unknown command, option or argument, or one that lacks something.</summary>
    public static readonly DiagnosticRule CommandLineInvalid = Error("DM1101", "The command line cannot be understood");

    /// <summary>A file or folder that a command was given is not there, or cannot be read or written.</summary>
    public static readonly DiagnosticRule FileNotUsable = Error("DM1102", "A file or folder cannot be used");

    /// <summary>A setting was written that is probably not what was meant.</summary>
    public static readonly DiagnosticRule SettingDoubtful = Warning("DM1110", "A setting is probably not what was meant");

    /// <summary>A mistake of the tool itself.</summary>
    public static readonly DiagnosticRule UnexpectedError = Error("DM1103", "The tool made a mistake");

    /// <summary>Nothing that is stored has the identifier.</summary>
    public static readonly DiagnosticRule StoredObjectNotFound = Error("DM1001", "No stored object matches");

    /// <summary>An identifier stands for several stored objects where one was asked for.</summary>
    public static readonly DiagnosticRule StoredObjectAmbiguous = Error("DM1002", "Several stored objects match");

    /// <summary>Data cannot be deleted or moved without touching what belongs to something else.</summary>
    public static readonly DiagnosticRule PlaceNotOwn = Error("DM1003", "The data's place is not theirs alone");

    /// <summary>There is something else at the place where data are to go.</summary>
    public static readonly DiagnosticRule PlaceTaken = Error("DM1004", "The target is taken");

    /// <summary>Data cannot be moved, copied or deleted.</summary>
    public static readonly DiagnosticRule ObjectNotChanged = Error("DM1005", "A stored object cannot be changed");

    /// <summary>A copy does not have the bytes of its source, or not the declared ones.</summary>
    public static readonly DiagnosticRule CopyDiffers = Error("DM1006", "A copy has the wrong content");

    /// <summary>A folder cannot take an export, since it is a project of its own.</summary>
    public static readonly DiagnosticRule ExportTargetTaken = Error("DM1007", "The export's folder is another project");

    /// <summary>The <c>config.toml</c> of a produced artifact cannot be read; the artifact is not used.</summary>
    public static readonly DiagnosticRule DamagedSidecar = Warning("DM1010", "A produced artifact's config.toml is damaged");

    /// <summary>A parameter of a produced artifact has a value that has no hash.</summary>
    public static readonly DiagnosticRule ParameterNotHashable = Error("DM1011", "A parameter cannot be hashed");

    /// <summary>A text is no age.</summary>
    public static readonly DiagnosticRule InvalidAge = Error("DM1012", "An age is malformed");

    /// <summary>What is to be added is no address, no DOI and no record that can be found.</summary>
    public static readonly DiagnosticRule UnknownReference = Error("DM0901", "A reference names no data");

    /// <summary>A repository answered something that cannot be used, or must not be.</summary>
    public static readonly DiagnosticRule UnusableAnswer = Error("DM0902", "A repository's answer cannot be used");

    /// <summary>A record whose files are not for everybody.</summary>
    public static readonly DiagnosticRule RecordNotOpen = Error("DM0903", "A record is not open to everybody");

    /// <summary>A file of another tool cannot be read, or is no such file.</summary>
    public static readonly DiagnosticRule CatalogUnreadable = Error("DM0911", "Another tool's file cannot be imported");

    /// <summary>A file of another tool has relative addresses only.</summary>
    public static readonly DiagnosticRule BaseUrlMissing = Error("DM0912", "Imported entries have no address");

    private static DiagnosticRule Error(string code, string title) => new(code, DiagnosticSeverity.Error, title);

    private static DiagnosticRule Suggestion(string code, string title) => new(code, DiagnosticSeverity.Suggestion, title);

    private static DiagnosticRule Warning(string code, string title) => new(code, DiagnosticSeverity.Warning, title);
}
