using System.Threading.Channels;
using JsRun.AspNetCore.Tests.Fakes;
using JsRun.Watching;

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

    public void Dispose()
    {
        _sut.Dispose();
        _folder.Dispose();
    }

    private async Task ShouldNoticeAsync(string file)
    {
        using var wedged = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        wedged.CancelAfter(TimeSpan.FromSeconds(30));
        while (await _changes.Reader.ReadAsync(wedged.Token) != _folder[file])
        {
        }
    }
}
