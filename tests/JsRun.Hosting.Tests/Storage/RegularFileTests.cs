using System.Diagnostics;
using JsRun.Hosting.Tests.Modules;
using JsRun.Modules.Sources;
using JsRun.Storage;

namespace JsRun.Hosting.Tests.Storage;

public sealed class RegularFileTests : IDisposable
{
    private static readonly TimeSpan Ceiling = TimeSpan.FromSeconds(30);
    private readonly ModuleFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void OpenRead_File_IsRead()
    {
        _folder.With("a.txt", "text");

        using var reader = new StreamReader(RegularFile.OpenRead(RealPath.Resolve(_folder.Full("a.txt"))));

        reader.ReadToEnd().ShouldBe("text");
    }

    [Fact]
    public void OpenRead_Folder_IsRefused() => Should.Throw<Exception>(() => RegularFile.OpenRead(RealPath.Resolve(_folder.Root))).ShouldBeAssignableTo<SystemException>();

    [Fact]
    public void OpenRead_NothingThere_SaysSo() => Should.Throw<IOException>(() => RegularFile.OpenRead(_folder.Full("nothing.txt"))).Message.ShouldNotContain(_folder.Root);

    // What was a file when its path was checked is a link when it is opened.
    [Fact]
    public void OpenRead_LinkInItsPlace_IsRefused()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Links are compared on Linux.");
        _folder.With("../secret.txt", "secret").WithLink("a.txt", "../secret.txt");

        Should.Throw<IOException>(() => RegularFile.OpenRead(_folder.Full("a.txt"))).Message.ShouldBe("It was replaced while it was read.");
    }

    [Fact]
    public void OpenRead_FolderOnTheWayIsALinkNow_IsRefused()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Links are compared on Linux.");
        _folder.With("../outside/a.txt", "secret").WithLink("sub", "../outside");

        Should.Throw<IOException>(() => RegularFile.OpenRead(_folder.Full("sub/a.txt"))).Message.ShouldBe("It was replaced while it was read.");
    }

    [Theory]
    [InlineData("import './data.txt' with { type: 'text' }", "data.txt")]
    [InlineData("import './data.js'", "data.js")]
    [InlineData("import('./data.js')", "data.js")]
    public async Task Build_NamedPipe_IsAnErrorAtOnce(string code, string pipe)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Named pipes are made on Linux.");
        _folder.With("main.js", code);
        MakePipe(_folder.Full(pipe));

        // On a thread of its own: what blocks it would block for ever.
        var build = await Task.Factory.StartNew(() => _folder.BuildAsync().AsTask().Result, TaskCreationOptions.LongRunning).WaitAsync(Ceiling, TestContext.Current.CancellationToken);

        var message = build.Error?.Message ?? build.GraphOrThrow().Modules.Single(m => m.Kind == ModuleKind.Error).Error!.Message;
        message.ShouldBe($"The module '{pipe}' cannot be read: It is not a regular file.");
    }

    private static void MakePipe(string path)
    {
        using var process = Process.Start("mkfifo", path);
        process.WaitForExit(Ceiling).ShouldBeTrue();
        process.ExitCode.ShouldBe(0);
    }
}
