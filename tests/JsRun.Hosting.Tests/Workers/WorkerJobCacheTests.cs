using JsRun.Images;
using JsRun.Images.Building;
using JsRun.Storage;

namespace JsRun.Hosting.Tests.Workers;

public sealed class WorkerJobCacheTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("jsrun-test-").FullName;
    private readonly WorkerJobCache _cache;

    public WorkerJobCacheTests() => _cache = New("engine 1");

    private static WorkerJob Job { get; } = new(WorkerMode.Build, "{}", new WorkerContext("f", [], null, null), [], 1);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Load_OfWhatWasSaved_ReturnsItToLaterProcesses()
    {
        var key = _cache.KeyOf(Job, default);
        _cache.Load(key).ShouldBeNull();

        await _cache.SaveAsync(key, new WorkerReply(null, new Dictionary<int, string> { [3] = "reads the clock" }), new byte[] { 1, 2 });

        var (reply, blob) = New("engine 1").Load(key).ShouldNotBeNull();
        reply.Error.ShouldBeNull();
        reply.Unfit.ShouldHaveSingleItem().Value.ShouldBe("reads the clock");
        blob.ShouldBe([1, 2]);
    }

    [Fact]
    public void KeyOf_AnythingElse_IsAnother()
    {
        string[] keys =
        [
            _cache.KeyOf(Job, default), _cache.KeyOf(Job, [1]), _cache.KeyOf(Job with { Settings = "{ }" }, default), _cache.KeyOf(Job with { Mode = WorkerMode.Verify }, default),
            _cache.KeyOf(Job with { Contexts = [Job.Default] }, default), New("engine 2").KeyOf(Job, default),
        ];

        keys.ShouldBeUnique();
        _cache.KeyOf(Job with { }, default).ShouldBe(keys[0]);
    }

    [Fact]
    public async Task Load_OfAFileThatWasChangedOrRenamed_FindsNothing()
    {
        var key = _cache.KeyOf(Job, default);
        var other = _cache.KeyOf(Job, [1]);
        await _cache.SaveAsync(key, new WorkerReply(null, new Dictionary<int, string>()), new byte[] { 1, 2 });
        var file = Directory.GetFiles(_folder).ShouldHaveSingleItem();
        File.Copy(file, file.Replace(key, other, StringComparison.Ordinal));

        _cache.Load(other).ShouldBeNull();
        var bytes = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(file, bytes, TestContext.Current.CancellationToken);
        _cache.Load(key).ShouldBeNull();
    }

    private WorkerJobCache New(string engine) => new(new TrustedFileCache([_folder], 1 << 20, TimeProvider.System, static (path, why) => throw new InvalidOperationException($"{path}: {why}")), new ImageIdentity(engine));
}
