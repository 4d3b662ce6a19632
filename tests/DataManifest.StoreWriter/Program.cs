using DataManifest;
using DataManifest.Maintenance;
using DataManifest.State;
using DataManifest.Storage;
using DataManifest.Toml;

// A process of its own that records one dataset in a project's state file: record <project root> <key>
if (args is ["record", var root, var key])
{
    var problem = await new StateFile(new StorageConfiguration(root, null)).UpdateAsync(document => document.RegisterDataset(key, $"data/{key}"), CancellationToken.None);
    Console.WriteLine(problem?.Message ?? "recorded");
    return 0;
}

// A process of its own that adds one dataset to a manifest: add <manifest> <name> <uri>
if (args is ["add", var manifest, var name, var uri])
{
    try
    {
        await new ManifestFile(manifest, new StorageConfiguration("", null)).AddAsync(name, TomlDocument.Parse($"uri = '{uri}'").Root);
        Console.WriteLine("added");
    }
    catch (DataManifestException refused)
    {
        Console.WriteLine($"{refused.Code}: {refused.Message}");
    }

    return 0;
}

// A process of its own that sets a field of the user's configuration: configure <home> <name> <value>
if (args is ["configure", var home, var field, var value])
{
    try
    {
        var user = new StorageConfiguration("", null, HostEnvironment.Capture() with { Variables = new Dictionary<string, string> { ["HOME"] = home } });
        await ConfigurationFile.OfUser(user).SetAsync(field, new TomlString(value));
        Console.WriteLine("set");
    }
    catch (DataManifestException refused)
    {
        Console.WriteLine($"{refused.Code}: {refused.Message}");
    }

    return 0;
}

// A process of its own that moves all data of a manifest to a folder and back for ever, or deletes them once:
// move <manifest> <datasets folder> <folder>; delete <manifest> <datasets folder>
if (args is ["move" or "delete", var moved, var store, ..])
{
    var host = HostEnvironment.Capture() with { Variables = new Dictionary<string, string> { ["HOME"] = Path.Combine(store, "no-home"), ["DATAMANIFEST_DATASETS_DIR"] = store } };
    var everything = ObjectSelection.Of(new ObjectFilter());
    Console.WriteLine("begin");
    if (args[0] == "delete")
    {
        return (await Database.Open(moved, new DatabaseOptions { Host = host }).DeleteAsync(everything)).HasFailures ? 1 : 0;
    }

    while (true)
    {
        var there = await Database.Open(moved, new DatabaseOptions { Host = host }).MoveAsync(everything, args[3]);
        var back = await Database.Open(moved, new DatabaseOptions { Host = host }).NormalizeAsync();
        foreach (var failed in there.Results.Concat(back.Results).Where(result => result.Error is not null))
        {
            Console.WriteLine(failed.Error!.Message);
            return 1;
        }
    }
}

// A process of its own that writes one entry of a store, for tests of contention and of killed writers:
// fetch <manifest> <datasets folder>: prints the outcome, path and error of each dataset; or
// <target> <stale age in seconds> <file|folder> <overwrite|keep> <what it writes> <milliseconds between its two halves> <log that each writer appends a line to>
if (args[0] == "fetch")
{
    using var stop = new CancellationTokenSource();
    using var signal = System.Runtime.InteropServices.PosixSignalRegistration.Create(System.Runtime.InteropServices.PosixSignal.SIGINT, context =>
    {
        context.Cancel = true;
        stop.Cancel();
    });
    var variables = new Dictionary<string, string> { ["HOME"] = Path.Combine(args[2], "no-home"), ["DATAMANIFEST_DATASETS_DIR"] = args[2] };
    Console.WriteLine("begin");
    try
    {
        var report = await Database.Open(args[1], new DatabaseOptions { Host = HostEnvironment.Capture() with { Variables = variables } }).FetchAsync(cancellationToken: stop.Token);
        foreach (var result in report.Results)
        {
            Console.WriteLine($"{result.Outcome}\t{result.Path}\t{result.Error?.Message}");
        }

        return report.HasFailures ? 1 : 0;
    }
    catch (OperationCanceledException)
    {
        return 130;
    }
}

var storage = new StorageConfiguration("", null, HostEnvironment.Capture() with { Variables = new Dictionary<string, string> { ["DATAMANIFEST_LOCK_STALE_AGE"] = args[1] } });
var materialization = new Materialization(new EntryWriter(new EntryPaths(args[0]), storage)) { Overwrite = args[3] == "overwrite" };
var outcome = await materialization.RunAsync(
    async (staging, cancellationToken) =>
    {
        File.AppendAllText(args[6], $"{Environment.ProcessId}\n");
        var isFolder = args[2] == "folder";
        if (isFolder)
        {
            Directory.CreateDirectory(staging);
        }

        await File.WriteAllTextAsync(isFolder ? Path.Combine(staging, "1") : staging, args[4], cancellationToken);
        Console.WriteLine("half");
        await Task.Delay(int.Parse(args[5], System.Globalization.CultureInfo.InvariantCulture), cancellationToken);
        await File.AppendAllTextAsync(isFolder ? Path.Combine(staging, "2") : staging, args[4], cancellationToken);
    },
    CancellationToken.None);
Console.WriteLine(outcome);
return 0;
