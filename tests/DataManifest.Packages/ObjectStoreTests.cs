namespace DataManifest.Packages;

[TestClass]
public sealed class ObjectStoreTests
{
    [TestMethod]
    public async Task Build_with_an_s3_source_needs_no_further_package()
    {
        await using var work = new Workspace();
        work.Server.Serve("/my-bucket/co2.csv", "year,ppm\n");
        work.SetEnvironment("AWS_ENDPOINT_URL", work.Server.Url("").TrimEnd('/'));
        work.SetEnvironment("AWS_NO_SIGN_REQUEST", "1");
        work.Write("datasets.toml", Text.Dataset("co2", "s3://my-bucket/co2.csv", "year,ppm\n"));
        work.WriteProgram("App", "Console.WriteLine(File.ReadAllText(Datasets.Co2.Path));");

        var first = work.Build("App").MustSucceed();
        Assert.IsEmpty(first.Warnings, first.Output);
        Assert.Contains("year,ppm", work.Run("App"));
        Assert.IsFalse(File.Exists(work.At("App/bin/Debug/net10.0/AWSSDK.S3.dll")), "The build's own libraries are not the program's.");
    }
}
