using System.Runtime.InteropServices;
using System.Threading.Channels;
using JsRun.AspNetCore.Tests.Fakes;
using JsRun.AspNetCore.Watching;

namespace JsRun.AspNetCore.Tests.Watching;

public sealed class FolderWatchTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly Channel<string?> _changes = Channel.CreateUnbounded<string?>();
    private readonly FolderWatch _sut;

    public FolderWatchTests()
    {
        _folder.Write("a.ts", "old").Write("sub/b.ts", "old");
        _sut = new FolderWatch(_folder.Path);
        _sut.Start(path => _changes.Writer.TryWrite(path));
    }

    [Fact]
    public async Task Start_ChangedFile_IsNoticed()
    {
        _folder.Write("sub/b.ts", "new");

        await ShouldNoticeAsync("sub/b.ts");
    }

    [Fact]
    public async Task Start_NewAndRemovedFile_IsNoticed()
    {
        _folder.Write("sub/c.ts", "new");
        await ShouldNoticeAsync("sub/c.ts");

        File.Delete(_folder["a.ts"]);
        await ShouldNoticeAsync("a.ts");
    }

    [Fact]
    public async Task Start_AtomicSave_IsNoticed()
    {
        _folder.Write("a.ts.tmp", "new");
        File.Move(_folder["a.ts.tmp"], _folder["a.ts"], overwrite: true);

        await ShouldNoticeAsync("a.ts");
    }

    [Fact]
    public async Task Start_FolderIsReplaced_IsNoticedAndTheNewOneIsWatched()
    {
        var folder = _folder["sub"];
        using var sut = Watch(folder);
        Directory.Move(folder, _folder["old"]);
        Directory.CreateDirectory(folder);
        await ShouldNoticeAsync(null);

        // The name may have been seen to come and to go: each time it is watched anew, so that one of these is seen.
        await ShouldNoticeWritesAsync("sub/c.ts");
    }

    [Fact]
    public async Task Start_LinkLeadsElsewhere_IsNoticedAndTheNewOneIsWatched()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a privilege on Windows.");
        Directory.CreateDirectory(_folder["releases/1/functions"]);
        Directory.CreateDirectory(_folder["releases/2/functions"]);
        Directory.CreateSymbolicLink(_folder["current"], _folder["releases/1"]);
        using var sut = Watch(_folder["current/functions"]);
        Directory.CreateSymbolicLink(_folder["next"], _folder["releases/2"]);
        // As `mv -T` does it: the one takes the place of the other.
        rename(_folder["next"], _folder["current"]).ShouldBe(0);
        await ShouldNoticeAsync(null);

        await ShouldNoticeWritesAsync("current/functions/c.ts");
    }

    [Fact]
    [Trait("Clock", "real")]
    public async Task Start_FolderIsGoneAndBack_IsWatched()
    {
        var folder = _folder["sub"];
        using var sut = Watch(folder);
        Directory.Move(folder, _folder["old"]);
        await ShouldNoticeAsync(null);
        Directory.Move(_folder["old"], folder);
        await ShouldNoticeAsync(null);

        await ShouldNoticeWritesAsync("sub/c.ts");
    }

    public void Dispose()
    {
        _sut.Dispose();
        _folder.Dispose();
    }

    private FolderWatch Watch(string folder)
    {
        _sut.Dispose();
        var watch = new FolderWatch(folder);
        watch.Start(path => _changes.Writer.TryWrite(path));
        return watch;
    }

    /// <summary>Writes until it is noticed: what happens while the new folder begins to be watched is told as null.</summary>
    private async Task ShouldNoticeWritesAsync(string file)
    {
        var noticed = ShouldNoticeAsync(file);
        for (var i = 0; !noticed.IsCompleted; i++)
        {
            _folder.Write(file, $"new {i}");
            await Task.WhenAny(noticed, Task.Delay(50, TestContext.Current.CancellationToken));
        }

        await noticed;
    }

    [DllImport("libc")]
    private static extern int rename([MarshalAs(UnmanagedType.LPUTF8Str)] string from, [MarshalAs(UnmanagedType.LPUTF8Str)] string to);

    private async Task ShouldNoticeAsync(string? file)
    {
        var path = file is null ? null : _folder[file];
        using var wedged = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        wedged.CancelAfter(TimeSpan.FromSeconds(30));
        while (await _changes.Reader.ReadAsync(wedged.Token) != path)
        {
        }
    }
}
