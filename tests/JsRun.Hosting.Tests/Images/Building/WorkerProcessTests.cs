using System.Diagnostics;
using JsRun.Images.Building;
using Microsoft.Extensions.Time.Testing;

namespace JsRun.Hosting.Tests.Images.Building;

/// <summary>Workers that loop, eat memory, are not there, or are no workers.</summary>
public sealed class WorkerProcessTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RunAsync_EndlessLoop_IsEndedAtTheTimeLimit()
    {
        var time = new FakeTimeProvider();
        var started = new TaskCompletionSource<Process>();
        var worker = new WorkerProcess(WorkerLocation.Find(), time) { Started = id => started.SetResult(Process.GetProcessById(id)) };
        var running = worker.RunAsync(Job("for (;;);"), default, Token);
        using var process = await started.Task.InTime();
        time.Advance(WorkerProcess.TimeLimitOf(Job("")));

        var error = await Should.ThrowAsync<WorkerException>(() => running.InTime());

        error.IsFault.ShouldBeTrue("the same would happen again");
        error.Message.ShouldContain("60 s");
        await process.WaitForExitAsync(Token).InTime();
    }

    [Fact]
    public async Task RunAsync_EatsMemory_IsEndedAtTheLimit()
    {
        var worker = new WorkerProcess(WorkerLocation.Find(), TimeProvider.System);
        var job = Job("const all = []; for (;;) all.push(new Uint8Array(1 << 20).fill(1));") with { MaxMemoryBytes = 400 << 20 };

        var error = await Should.ThrowAsync<WorkerException>(() => worker.RunAsync(job, default, Token).InTime());

        error.IsFault.ShouldBeTrue();
        error.Message.ShouldContain("400 MiB");
    }

    [Fact]
    public async Task RunAsync_Cancelled_EndsTheProcess()
    {
        using var stop = new CancellationTokenSource();
        var started = new TaskCompletionSource<Process>();
        var worker = new WorkerProcess(WorkerLocation.Find(), TimeProvider.System) { Started = id => started.SetResult(Process.GetProcessById(id)) };
        var running = worker.RunAsync(Job("for (;;);"), default, stop.Token);
        using var process = await started.Task.InTime();
        await stop.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => running.InTime());
        await process.WaitForExitAsync(Token).InTime();
    }

    [Fact]
    public async Task RunAsync_Cancelled_TheProcessIsKilledBeforeTheCancellationReturns()
    {
        using var stop = new CancellationTokenSource();
        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        var worker = new WorkerProcess(WorkerLocation.Find(), TimeProvider.System) { Started = id => started.SetResult(Process.GetProcessById(id)) };
        var running = worker.RunAsync(Job("for (;;);"), default, stop.Token);
        using var process = await started.Task.InTime();
#pragma warning disable CA1849, xUnit1030 // It is about what has happened when the synchronous call returns.
        stop.Cancel();
#pragma warning restore CA1849, xUnit1030

        process.WaitForExit(TimeSpan.FromSeconds(30)).ShouldBeTrue();
        await Should.ThrowAsync<OperationCanceledException>(() => running.InTime());
    }

    [Theory]
    [InlineData(0, 60)]
    [InlineData(1000, 560)]
    public void TimeLimitOf_Contexts_GrowsWithThem(int contexts, int seconds)
    {
        var job = Job("1");

        WorkerProcess.TimeLimitOf(job with { Contexts = [.. Enumerable.Repeat(job.Default, contexts)] }).ShouldBe(TimeSpan.FromSeconds(seconds));
    }

    [Fact]
    public async Task RunAsync_ScriptThatThrows_NamesScriptAndPlace()
    {
        var worker = new WorkerProcess(WorkerLocation.Find(), TimeProvider.System);

        var error = await Should.ThrowAsync<WorkerException>(() => worker.RunAsync(Job("\n  null.x"), default, Token).InTime());

        error.Message.ShouldContain("TypeError");
        error.Message.ShouldContain("job.js:2:8");
    }

    [Fact]
    public async Task RunAsync_VerifyGarbage_IsAFaultOfTheWorkersAlone()
    {
        var worker = new WorkerProcess(WorkerLocation.Find(), TimeProvider.System);
        var job = Job("1") with { Mode = WorkerMode.Verify };

        (await Should.ThrowAsync<WorkerException>(() => worker.RunAsync(job, new byte[100_000], Token).InTime())).Message.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task RunAsync_NotExecutable_SaysSo()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no modes on Windows.");
        using var folder = new CacheFolder();
        Directory.CreateDirectory(folder.Path);
        var dotnet = Path.Combine(folder.Path, "dotnet");
        await File.WriteAllTextAsync(dotnet, "no program", Token);

        var error = await Should.ThrowAsync<WorkerException>(() => new WorkerProcess(new WorkerLocation(dotnet, ["exec", "JsRun.Worker.dll"]), TimeProvider.System).RunAsync(Job("1"), default, Token).InTime());

        error.IsFault.ShouldBeFalse("it may be mended");
        error.Message.ShouldContain("JsRun.Worker could not be started");
    }

    [Fact]
    public async Task RunAsync_WorkerThatIsNone_SaysHowItEnded()
    {
        using var folder = new CacheFolder();
        Directory.CreateDirectory(folder.Path);
        var location = WorkerLocation.Find();
        var worker = Path.Combine(folder.Path, "JsRun.Worker.dll");
        await File.WriteAllTextAsync(worker, "no assembly", Token);

        var error = await Should.ThrowAsync<WorkerException>(() => new WorkerProcess(location with { Arguments = ["exec", worker] }, TimeProvider.System).RunAsync(Job("1"), default, Token).InTime());

        error.Message.ShouldContain("the worker ");
        error.Message.ShouldContain("ended");
    }

    [Fact]
    public void Find_NoWorker_NamesWhereItLooked()
    {
        using var folder = new CacheFolder();
        Directory.CreateDirectory(folder.Path);

        var error = Should.Throw<WorkerException>(() => WorkerLocation.Find(Path.Combine(folder.Path, "JsRun.Hosting.dll"), [folder.Path, null]));

        error.Message.ShouldContain("JsRun.Worker.dll is not beside JsRun.Hosting.dll");
        error.Message.ShouldContain(folder.Path);
        Should.Throw<WorkerException>(() => WorkerLocation.Find("", [folder.Path])).Message.ShouldContain("single file");
    }

    private static WorkerJob Job(string script) =>
        new(WorkerMode.Build, "{}", new WorkerContext("job", [new WorkerScript("job.js", script)], null, null), [], WorkerProcess.MaxMemoryBytes);
}
