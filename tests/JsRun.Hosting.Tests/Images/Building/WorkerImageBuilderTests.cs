using JsRun.Engine.Scripts;
using JsRun.Images;
using JsRun.Images.Building;

namespace JsRun.Hosting.Tests.Images.Building;

/// <summary>What becomes of an image where some functions, or all together, are too much for a worker. The worker is a fake.</summary>
public sealed class WorkerImageBuilderTests : IDisposable
{
    private readonly LogCollector _logs = new();
    private int _builds;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _logs.Dispose();

    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(1000)]
    public async Task BuildAsync_OneFunctionEndsTheWorker_IsFoundInHalves(int count)
    {
        var image = await BuildAsync(Names(count), job => job.Contexts.Any(c => c.Name == "f1") ? Crash() : null);

        image.Functions.Count.ShouldBe(count - 1);
        image.Unfit.Single().Key.Name.ShouldBe("f1");
        image.Unfit.Single().Value.ShouldBe("crashed");
        image.LeftOut.ShouldBeEmpty();
        _builds.ShouldBeLessThanOrEqualTo(2 + (2 * (int)Math.Ceiling(Math.Log2(count))));
        _logs.Entries.Count(e => e.Id == 158).ShouldBe(1);
    }

    [Fact]
    public async Task BuildAsync_TogetherTooMuch_IsAnImageOfTheMostThatFit()
    {
        var image = await BuildAsync(Names(10), job => job.Contexts.Count > 5 ? Crash() : null);

        image.Functions.Count.ShouldBe(5);
        image.Unfit.ShouldBeEmpty();
        image.LeftOut.Count.ShouldBe(5);
        image.LeftOut.Values.ShouldAllBe(r => r.Contains("too many", StringComparison.Ordinal));
        _builds.ShouldBe(4);
    }

    [Fact]
    public async Task BuildAsync_OneTakesTooLong_IsLeftOutAndNotCalledUnfit()
    {
        var image = await BuildAsync(Names(4), job => job.Contexts.Any(c => c.Name == "f2") ? new WorkerException("took long", isFault: true) { IsTimeout = true } : null);

        image.Functions.Select(f => f.Name).ShouldBe(["f0", "f1", "f3"]);
        image.Unfit.ShouldBeEmpty();
        image.LeftOut.Single().Key.Name.ShouldBe("f2");
    }

    [Fact]
    public async Task BuildAsync_AllEndTheWorker_StopsAfterABoundedNumberOfBuilds()
    {
        var image = await BuildAsync(Names(1000), job => job.Contexts.Count > 0 ? Crash() : null);

        image.Functions.ShouldBeEmpty();
        (image.Unfit.Count + image.LeftOut.Count).ShouldBe(1000);
        image.LeftOut.ShouldNotBeEmpty();
        _builds.ShouldBeLessThan(50);
    }

    [Fact]
    public async Task BuildAsync_NoFaultOfAFunction_IsNotSplit()
    {
        await Should.ThrowAsync<WorkerException>(() => BuildAsync(Names(4), _ => new WorkerException("no dotnet", isFault: false)));

        _builds.ShouldBe(1);
    }

    [Fact]
    public async Task BuildAsync_AnotherGroupHangs_GoesOn()
    {
        var hang = new TaskCompletionSource<(WorkerReply, byte[])>(TaskCreationOptions.RunContinuationsAsynchronously);
        var builder = new WorkerImageBuilder(
            (job, _, _) => job.Contexts.Any(c => c.Name == "f0") ? hang.Task : Task.FromResult((Fine(), new byte[1])),
            _logs.CreateLogger("images"));
        var hanging = builder.BuildAsync(Recipe("a", ["f0"]), Token);

        (await builder.BuildAsync(Recipe("b", ["f1"]), Token).InTime()).Functions.Count.ShouldBe(1);

        hanging.IsCompleted.ShouldBeFalse();
        hang.SetResult((Fine(), new byte[1]));
        await hanging.InTime();
    }

    private static string[] Names(int count) => [.. Enumerable.Range(0, count).Select(i => $"f{i}")];

    private static WorkerException Crash() => new("crashed", isFault: true);

    private static WorkerReply Fine() => new(null, new Dictionary<int, string>());

    private static ImageRecipe Recipe(string scope, string[] names) => new(scope, "{}", [.. names.Select(n => new ImageFunction(n, new ScriptGraph("{}", [], $"file:///{n}.js")))]);

    private Task<BuiltImage> BuildAsync(string[] names, Func<WorkerJob, WorkerException?> fail)
    {
        var builder = new WorkerImageBuilder(
            (job, _, _) =>
            {
                if (job.Mode == WorkerMode.Build)
                {
                    _builds++;
                }

                return fail(job) is { } error ? Task.FromException<(WorkerReply, byte[])>(error) : Task.FromResult((Fine(), new byte[1]));
            },
            _logs.CreateLogger("images"));
        return builder.BuildAsync(Recipe("the default group", names), Token).InTime();
    }
}
