using JsRun.Functions;

namespace JsRun.Hosting.Tests.Functions;

/// <summary>Each transition of a request on its way to its end.</summary>
public sealed class InvocationStateTests
{
    // What has happened before, what is tried, and whether it counts.
    [Theory]
    [InlineData("", "Leave", true)]
    [InlineData("Leave", "Leave", false)]
    [InlineData("Stop", "Leave", false)]
    [InlineData("Finish", "Leave", false)]
    [InlineData("CleanUp End", "Leave", true)]
    [InlineData("", "Stop", true)]
    [InlineData("Leave", "Stop", true)]
    [InlineData("Stop", "Stop", false)]
    [InlineData("Finish", "Stop", true)]
    [InlineData("", "CleanUp", true)]
    [InlineData("CleanUp", "CleanUp", false)]
    [InlineData("End", "CleanUp", false)]
    [InlineData("Finish", "CleanUp", false)]
    [InlineData("", "End", true)]
    [InlineData("CleanUp", "End", true)]
    [InlineData("End", "End", false)]
    [InlineData("Finish", "End", false)]
    [InlineData("", "Finish", true)]
    [InlineData("CleanUp", "Finish", true)]
    [InlineData("End", "Finish", true)]
    [InlineData("Finish", "Finish", false)]
    public void Transition_State_CountsAsTheTableSays(string before, string tried, bool expected)
    {
        var state = After(before);

        Try(state, tried).ShouldBe(expected);
    }

    [Theory]
    [InlineData("", true, false, true, false)]
    [InlineData("Leave Stop", true, false, true, false)]
    [InlineData("CleanUp", false, true, true, false)]
    [InlineData("End", false, false, false, false)]
    [InlineData("CleanUp End", false, false, false, false)]
    [InlineData("Finish", false, false, false, true)]
    public void Properties_State_SayWhereItIs(string before, bool serving, bool cleaningUp, bool goesOn, bool finished)
    {
        var state = After(before);

        (state.IsServing, state.IsCleaningUp, state.GoesOn, state.IsFinished).ShouldBe((serving, cleaningUp, goesOn, finished));
    }

    [Theory]
    [InlineData("Leave")]
    [InlineData("Stop")]
    [InlineData("CleanUp")]
    [InlineData("End")]
    [InlineData("Finish")]
    public async Task Transition_TriedAtTheSameTime_CountsOnce(string tried)
    {
        for (var i = 0; i < 200; i++)
        {
            var state = new InvocationState();
            using var start = new Barrier(2);
            var attempts = Enumerable.Range(0, 2).Select(_ => Task.Factory.StartNew(
                () =>
                {
                    start.SignalAndWait(TestContext.Current.CancellationToken);
                    return Try(state, tried);
                },
                TestContext.Current.CancellationToken,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default));

            (await Task.WhenAll(attempts).InTime()).Count(static made => made).ShouldBe(1);
        }
    }

    private static InvocationState After(string before)
    {
        var state = new InvocationState();
        foreach (var step in before.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            Try(state, step).ShouldBeTrue();
        }

        return state;
    }

    private static bool Try(InvocationState state, string transition) => transition switch
    {
        "Leave" => state.TryLeave(),
        "Stop" => state.TryStop(),
        "CleanUp" => state.TryCleanUp(),
        "End" => state.TryEnd(),
        _ => state.TryFinish(),
    };
}
