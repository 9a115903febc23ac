using System.Diagnostics;
using JsRun.Hosting.Tests.Images;
using Microsoft.Extensions.Options;

namespace JsRun.Hosting.Tests.Storage;

/// <summary>An image is code: whose its folder is, is looked at whenever an application starts.</summary>
public sealed class ImageCacheFolderTests : IDisposable
{
    private readonly CacheFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0b111_101_101, "755")]
    [InlineData(0b111_111_000, "770")]
    [InlineData(0b111_000_001, "701")]
    public async Task Start_FolderThatOthersMayEnter_IsRefusedOnEachStart(int mode, string text)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no modes on Windows.");
        await using (await HeapApp.StartAsync(cache: _folder.Path))
        {
            _folder.Mode.ShouldBe((UnixFileMode)0b111_000_000, "the first start made it");
        }

        _folder.Mode = (UnixFileMode)mode;
        var error = await Should.ThrowAsync<OptionsValidationException>(() => HeapApp.StartAsync(cache: _folder.Path));

        error.Message.ShouldContain("JsRun:Images:CachePath");
        error.Message.ShouldContain(text);
        error.Message.ShouldContain("chmod 700");
    }

    [Fact]
    public async Task Start_FolderOfAnotherUser_IsRefused()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.UserName == "root", "Only root can give folders away.");
        _folder.Make();
        using (var process = Process.Start("chown", ["12345", _folder.Path]))
        {
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            process.ExitCode.ShouldBe(0);
        }

        var error = await Should.ThrowAsync<OptionsValidationException>(() => HeapApp.StartAsync(cache: _folder.Path));

        error.Message.ShouldContain("belongs to another user");
        error.Message.ShouldContain("JsRun:Images:CachePath");
    }

    [Fact]
    public async Task Start_FolderThatIsAFile_IsRefused()
    {
        await File.WriteAllTextAsync(_folder.Path, "", TestContext.Current.CancellationToken);

        (await Should.ThrowAsync<OptionsValidationException>(() => HeapApp.StartAsync(cache: _folder.Path))).Message.ShouldContain("JsRun:Images:CachePath");
    }
}
