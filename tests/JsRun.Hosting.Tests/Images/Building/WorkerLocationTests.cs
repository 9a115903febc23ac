using JsRun.Images.Building;

namespace JsRun.Hosting.Tests.Images.Building;

public sealed class WorkerLocationTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("jsrun-worker-");

    private static string Executable => OperatingSystem.IsWindows() ? "JsRun.Worker.exe" : "JsRun.Worker";

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Find_WorkerWithARuntimeOfItsOwn_IsStartedItself()
    {
        Write("apart/JsRun.Worker.dll", "apart/JsRun.Hosting.dll", $"apart/{Executable}", "JsRun.Worker.dll", "JsRun.Hosting.dll");

        var location = WorkerLocation.Find("", [Path("apart"), null, _folder.FullName]);

        location.Program.ShouldBe(Path($"apart/{Executable}"));
        location.Arguments.ShouldBeEmpty();
    }

    [Fact]
    public void Find_WorkerBesideTheApplication_RunsOnDotnet()
    {
        Write("JsRun.Worker.dll", "JsRun.Hosting.dll");

        var location = WorkerLocation.Find(Path("JsRun.Hosting.dll"), [Path("apart"), _folder.FullName]);

        System.IO.Path.GetFileNameWithoutExtension(location.Program).ShouldBe("dotnet");
        location.Arguments.ShouldBe(["exec", Path("JsRun.Worker.dll")]);
    }

    [Theory]
    [InlineData]
    [InlineData("JsRun.Worker.dll")]
    public void Find_SingleFileWithoutTheFolder_NamesTheFolder(params string[] files)
    {
        Write(files);

        Should.Throw<WorkerException>(() => WorkerLocation.Find("", [Path("apart"), null, _folder.FullName])).Message.ShouldContain("single file, and the folder jsrun-worker is not beside it");
    }

    private string Path(string file) => System.IO.Path.Combine(_folder.FullName, file);

    private void Write(params string[] files)
    {
        foreach (var file in files)
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path(file))!);
            File.WriteAllText(Path(file), "");
        }
    }
}
