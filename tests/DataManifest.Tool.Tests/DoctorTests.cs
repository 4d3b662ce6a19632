namespace DataManifest.Tool;

/// <summary><c>doctor</c> in sound and in hostile places.</summary>
[TestClass]
public sealed class DoctorTests : IDisposable
{
    private readonly Playground _ground = new();

    public void Dispose() => _ground.Dispose();

    [TestMethod]
    public void Sound_project_has_nothing_that_would_go_wrong()
    {
        _ground.WriteTemp();
        Assert.EndsWith("Nothing would go wrong.\n", _ground.Print("doctor"));
    }

    [TestMethod]
    [DataRow(null, "There is no manifest")]
    [DataRow("[temp\n", "datamanifest.toml(1,6)")]
    public void Without_a_manifest_the_rest_is_looked_at_all_the_same(string? manifest, string finding)
    {
        if (manifest is not null)
        {
            _ground.Write("proj/datamanifest.toml", manifest);
        }

        _ground.Environment["HTTPS_PROXY"] = ":::bad";
        var result = _ground.Run("doctor");
        Assert.AreEqual(1, result.Code);
        Assert.StartsWith("✗ manifest", result.Output);
        Assert.Contains(finding, result.Output);
        Assert.Contains("✗ proxies   HTTPS_PROXY is no address of a proxy", result.Output);
    }

    [TestMethod]
    public void Password_of_a_proxy_is_not_told()
    {
        _ground.WriteTemp();
        _ground.Environment["HTTP_PROXY"] = "http://me:hush@proxy.example:3128";
        var told = _ground.Print("doctor");
        Assert.Contains("proxy.example:3128", told);
        Assert.DoesNotContain("hush", told);
    }

    [TestMethod]
    public void Missing_program_is_told_with_the_datasets_that_need_it()
    {
        _ground.Write("proj/datamanifest.toml", "[made]\nshell = \"no-such-program-xyz $path\"\nkey = \"made.bin\"\n[clone]\nuri = \"https://h.example/o/r.git\"\n");
        _ground.Environment["PATH"] = Path.GetDirectoryName(Environment.ProcessPath!);
        var result = _ground.Run("doctor");
        Assert.AreEqual(1, result.Code, result.Output);
        Assert.Contains("no-such-program-xyz is not installed, and 'made' needs it.", result.Output);
        Assert.Contains("git is not installed, and 'clone' needs it.", result.Output);
    }

    [TestMethod]
    public void File_in_the_place_of_a_folder_is_told()
    {
        _ground.WriteTemp();
        File.AppendAllText(_ground.Manifest, "[_STORAGE]\ndatasets_dir = \"taken/data\"\n");
        _ground.Write("proj/taken", "");
        var result = _ground.Run("doctor");
        Assert.AreEqual(1, result.Code);
        Assert.Contains($"'{_ground.At("proj/taken")}' is a file.", result.Output);
    }

    [TestMethod]
    public void Lock_of_a_killed_writer_and_a_damaged_state_file_are_things_to_look_at()
    {
        _ground.WriteTemp();
        var path = _ground.Print("path", "temp").TrimEnd();
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path + ".lock", "999999 nowhere");
        File.SetLastWriteTimeUtc(path + ".lock", DateTime.UtcNow.AddHours(-1));
        _ground.Write("proj/.datamanifest/state.toml", "[datasets\n");

        var result = _ground.Run("doctor");

        Assert.AreEqual(0, result.Code, result.Output);
        Assert.Contains("! locks", result.Output);
        Assert.Contains("! state file", result.Output);
        Assert.Contains("0 problems, 2 to look at.", result.Output);
    }
}
